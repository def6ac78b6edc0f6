"""Reading answers: nothing a person types raises, what is understood fits its field, and valid values come back."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.kinds import parse, table
from dialogs.migration import fits
from dialogs.reading import Partial, Refusal, Understood
from dialogs.understanding.lexicon import GAP
from model.draft import Answer
from model.fields import (
    AddressField,
    BuildingsField,
    ChoiceField,
    CodeField,
    Column,
    ContactField,
    DateField,
    NumberField,
    Option,
    PhoneField,
    TableField,
    TextField,
    YesNoField,
)
from model.values import Address, Amount, Buildings, Code, Contact, Day, Phone, Picks, Words
from tests.dialogues.people import (
    NOW,
    context,
    deciding,
    fields,
    identities,
    in_chinese,
    mobiles,
    organisations,
    plain,
    projects,
    schemes,
)
from tests.shipped import shipped

COUNTY = shipped()["xinxiang"]
HERE = context(COUNTY)
FIELDS = fields()
#: What people do type, to be mixed with what nobody does.
PIECES = st.sampled_from(
    [*"0123456789一二三四五六七八九十百千万亿零两半点年月日号楼栋幢座上下午周星期前后天明今大时分刻",
     *"是否有没无不要的和跟与、，,。.;；：:（）()-—~～ \n\t　①Ⅷ²½٣\u200b\u202e\ud7ff\U0001f600",
     "千瓦", "千伏安", "kVA", "平方米", "万元", "m³/时", "户", "台", "410721199001010006", "91410721MA000901X3",
     "13800000000", "0373-5080217", "2501-410721-04-01-100014", "示范路10号", "第", "至", "到", "其他", "都要", "双眼灶"]
)  # fmt: skip
ANYTHING = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join))


@settings(max_examples=250)
@given(st.sampled_from(FIELDS), ANYTHING)
def test_no_text_raises_and_what_is_understood_fits(asked, text):
    county, field = asked
    reading = parse(text, field, context(county))
    assert isinstance(reading, Understood | Partial | Refusal)
    if isinstance(reading, Refusal):
        assert f"reasons.{reading.code}" in county.messages
    if isinstance(reading, Partial):
        assert f"want.{reading.want}" in county.messages
    if isinstance(reading, Understood):
        assert fits(field, Answer(value=reading.value, by="o", at=NOW)), reading
        assert all(f"warnings.{one}" in county.messages for one in reading.warnings)
        within_limits(field, reading.value)


@settings(max_examples=20)
@given(
    st.text(min_size=2000, max_size=2000),
    st.lists(PIECES, min_size=400, max_size=900).map(lambda some: "".join(some)[:2000]),
)
def test_two_thousand_characters_are_read(strange, usual):
    for county, field in FIELDS[::5]:
        for text in (strange, usual):
            parse(text, field, context(county))
            if isinstance(field, TableField):
                table.rows(text, field)


@pytest.mark.parametrize(
    "text",
    [
        "9" * 2000,
        "一" * 2000,
        "-" * 2000,
        "（" * 2000,
        "1-" * 1000,
        "号楼" * 1000,
        "亿" * 2000,
        "١" * 20,
        "1" + "0" * 400 + "亿" * 300,
        "12," * 600 + "层",
    ],
)
def test_long_runs_are_read(text):
    for county, field in FIELDS:
        parse(text, field, context(county))
        if isinstance(field, TableField):
            table.rows(text, field)


def within_limits(field, value, least=4):
    """`least`: characters of an address."""
    match field, value:
        case NumberField(), Amount(number=number):
            assert field.least <= number <= field.most
            assert not field.whole or number == number.to_integral_value()
        case TextField(), Words(text=text):
            assert 0 < len(text) <= field.most
        case AddressField(), Address(text=text):
            assert least <= len(text) <= field.most
        case BuildingsField(), Buildings(numbers=numbers):
            assert 0 < len(numbers) <= 200
            assert len(set(numbers)) == len(numbers)
        case DateField(future=True), Day(date=date):
            assert date >= NOW.date()
        case ChoiceField(), Picks(picks=picks):
            blank = {option.text for option in field.options if option.blank == "required"}
            assert all(pick.note for pick in picks if pick.option in blank)
        case CodeField(), Code(scheme=scheme):
            assert scheme in schemes(field)


# --- Valid values in the spellings people use ---------------------------------------------------------------------------


def understood(text, field, here=HERE):
    reading = parse(text, field, here)
    assert isinstance(reading, Understood), (text, reading)
    return reading.value


def number_field(**more):
    return NumberField(kind="number", id="n", label="n", **more)


@given(st.integers(0, 999_999_999), st.sampled_from(("千瓦", "户", "平方米", "米", "")))
def test_whole_numbers_come_back(number, unit):
    field = number_field(unit=unit, whole=True)
    for said in (
        f"{number}",
        f"{number:,}",
        in_chinese(number),
        f"大概{number}{unit}左右",
        f" {number} {unit}。",
        f"{number}{unit}".translate({48 + n: 0xFF10 + n for n in range(10)}),
    ):
        assert understood(said, field) == Amount(number=Decimal(number), unit=unit), said


@pytest.mark.parametrize(
    ("county", "field"),
    [pytest.param(*one, id=f"{one[0].id}-{one[1].id}") for one in FIELDS if one[1].kind == "number"],
)
def test_numbers_outside_the_cell_are_refused(county, field):
    unit = field.unit or field.units[0]
    for number, code in (
        (field.least - 1, "small"),
        (field.most + 1, "large"),
        (field.least + Decimal("0.5"), "whole"),
    ):
        if number < 0 or (code == "whole" and not field.whole):
            continue
        reading = parse(f"{plain(number)}{unit}", field, context(county))
        assert isinstance(reading, Refusal), number
        assert reading.code == f"number.{code}"


@given(st.decimals(0, 99999, places=2))
def test_decimals_come_back(number):
    assert understood(f"{plain(number)}平方米", number_field(unit="平方米")) == Amount(number=number, unit="平方米")


@given(st.integers(1, 9999))
def test_myriads_are_read(number):
    field = number_field(unit="平方米")
    for said in (f"{number}万平方米", f"{in_chinese(number)}万平", f"{number} 万"):
        assert understood(said, field) == Amount(number=Decimal(number) * 10000, unit="平方米"), said


@given(
    st.integers(1, 9999), st.sampled_from((("千伏安", "kVA"), ("千瓦", "KW"), ("千瓦", "个千瓦"), ("千伏安", "千伏安")))
)
def test_the_unit_named_is_kept_and_nothing_converted(number, unit):
    field = number_field(units=("千伏安", "千瓦"))
    assert understood(f"{number}{unit[1]}", field) == Amount(number=Decimal(number), unit=unit[0])
    assert parse(f"{number}", field, HERE) == Partial("unit", {"number": str(number)})


@given(mobiles())
def test_mobiles_come_back(number):
    field = PhoneField(kind="phone", id="p", label="p")
    spoken = number.translate({48 + n: char for n, char in enumerate("零幺二三四五六七八九")})
    for said in (
        number,
        f"{number[:3]} {number[3:7]} {number[7:]}",
        f"+86{number}",
        f"我的手机是{number}。",
        spoken,
        f"电话：{number[:3]}-{number[3:7]}-{number[7:]}",
    ):
        assert understood(said, field) == Phone(number=number), said


@given(st.integers(2_000_000, 8_999_999), st.one_of(st.none(), st.integers(1, 9999)))
def test_landlines_come_back(number, extension):
    field = PhoneField(kind="phone", id="p", label="p")
    kept = Phone(number=f"0373-{number}" + (f"转{extension}" if extension else ""))
    tail = f"转{extension}" if extension else ""
    for said in (f"0373-{number}{tail}", f"（0373）{number}{tail}", f"0373{number}{tail}", f"{number}{tail}"):
        assert understood(said, field) == kept, said


@given(st.sampled_from(("李示例", "王示例", "欧阳示例", "阿依古丽·示例")), mobiles())
def test_contacts_come_back(name, phone):
    field = ContactField(kind="contact", id="c", label="c")
    for said in (
        f"{name} {phone}",
        f"{phone}{name}",
        f"{name}，电话{phone}",
        f"姓名：{name} 电话：{phone}",
        f"{name}\n{phone}",
    ):
        assert understood(said, field) == Contact(name=name, phone=phone), said
    assert parse(phone, field, HERE) == Partial("name", {"phone": phone})
    assert parse(name, field, HERE) == Partial("phone", {"name": name})


@given(identities())
def test_identities_come_back(number):
    field = CodeField(kind="code", id="c", label="c", scheme="identity")
    spaced = f"{number[:6]} {number[6:14]} {number[14:]}"
    for said in (
        number,
        number.lower(),
        spaced,
        f"身份证号：{number}",
        f"我的身份证是{number}。",
        number.replace("X", "×"),
    ):
        assert understood(said, field) == Code(scheme="identity", number=number), said


@given(identities(), st.integers(0, 16), st.integers(1, 9))
def test_a_wrong_digit_of_an_identity_is_noticed(number, place, by):
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    field = CodeField(kind="code", id="c", label="c", scheme="identity")
    assert isinstance(parse(wrong, field, HERE), Refusal)


@given(organisations())
def test_organisations_come_back_without_a_remark(number):
    field = CodeField(kind="code", id="c", label="c", scheme="organisation")
    for said in (number, number.lower(), f"{number[:8]}-{number[8:]}", f"统一社会信用代码：{number}"):
        assert parse(said, field, HERE) == Understood(Code(scheme="organisation", number=number)), said


@given(projects())
def test_projects_come_back_without_a_remark(number):
    field = CodeField(kind="code", id="c", label="c", scheme="project")
    for said in (
        number,
        number.replace("-", ""),
        number.replace("-", "—"),
        f"项目代码 {number}",
        number.replace("-", " - "),
    ):
        assert parse(said, field, HERE) == Understood(Code(scheme="project", number=number)), said


@given(st.text("0123456789", min_size=4, max_size=20))
def test_account_numbers_keep_their_zeros(number):
    field = CodeField(kind="code", id="c", label="c", scheme="account")
    assert understood(f"户号是{number}", field) == Code(scheme="account", number=number)


@given(st.dates(NOW.date(), NOW.date() + dt.timedelta(days=3000)))
def test_dates_come_back(date):
    field = DateField(kind="date", id="d", label="d")
    month, day = in_chinese(date.month), in_chinese(date.day)
    month, day = (one.removeprefix("一") if one.startswith("一十") else one for one in (month, day))
    for said in (
        f"{date.year}年{date.month}月{date.day}日",
        date.isoformat(),
        f"{date.year}.{date.month}.{date.day}",
        f"{date:%Y/%m/%d}之前",
        f"{date.year}年{month}月{day}号",
    ):
        assert understood(said, field) == Day(date=date), said


@given(
    st.dates(NOW.date() + dt.timedelta(days=1), NOW.date() + dt.timedelta(days=50)), st.sampled_from(("上午", "下午"))
)
def test_half_days_come_back(date, half):
    field = DateField(kind="date", id="d", label="d", halves=True, future=True)
    for said in (f"{date.month}月{date.day}日{half}", f"{half}，{date.month}月{date.day}号"):
        assert understood(said, field) == Day(date=date, half=half), said


@given(
    st.dates(NOW.date() + dt.timedelta(days=1), NOW.date() + dt.timedelta(days=50)),
    st.integers(7, 19),
    st.sampled_from((0, 15, 30)),
)
def test_hours_come_back(date, hour, minute):
    field = DateField(kind="date", id="d", label="d", hours=True, future=True)
    value = understood(f"{date.month}月{date.day}日 {hour}:{minute:02}", field)
    assert (value.date, value.time) == (date, dt.time(hour, minute))
    spoken = f"{date.month}月{date.day}日{'上午' if hour < 12 else '下午'}{in_chinese((hour - 1) % 12 + 1).removeprefix('一') or '一'}点"
    if hour not in (11, 12):
        assert understood(spoken, field).time == dt.time(hour), spoken


@given(
    st.lists(st.tuples(st.integers(1, 40), st.integers(0, 6)), min_size=1, max_size=6),
    st.sampled_from(("-", "—", "至", "到", "~")),
)
def test_buildings_open_their_ranges(ranges, dash):
    said = "、".join(f"{first}{dash}{first + more}号楼" if more else f"{first}号楼" for first, more in ranges)
    wanted = dict.fromkeys(str(n) for first, more in ranges for n in range(first, first + more + 1))
    assert understood(said, BuildingsField(kind="buildings", id="b", label="b")) == Buildings(numbers=tuple(wanted)), (
        said
    )


OPTIONS = tuple(Option(text=text) for text in ("用水", "用电", "燃气", "热力", "通信", "有线电视"))


@given(st.sets(st.integers(1, 6), min_size=1), st.sampled_from((" ", "、", "，", "和", "")))
def test_several_choices_by_number_and_words(numbers, between):
    field = ChoiceField(kind="choice", id="c", label="c", several=True, options=OPTIONS)
    texts = tuple(OPTIONS[n - 1].text for n in sorted(numbers))
    assert understood(between.join(map(str, sorted(numbers))), field).options == texts
    assert understood(between.join(reversed(texts)), field).options == texts


TABLE = TableField(
    kind="table",
    id="t",
    label="t",
    columns=(
        Column(id="device", label="设备名称"),
        Column(id="count", label="台数", unit="台", number=True, whole=True),
        Column(id="flow", label="单台额定流量", unit="m³/时", number=True),
    ),
)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(("双眼灶", "大锅灶", "蒸箱", "燃烧机")),
            st.integers(1, 99),
            st.decimals("0.1", 500, places=1),
        ),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(("\n", "；")),
)
def test_rows_come_back(rows, between):
    said = between.join(f"{name} {count}台 每台{plain(flow)}方" for name, count, flow in rows)
    read = table.rows(said, TABLE)
    assert all(not one.missing for one in read)
    kept = [(one.cells["device"].text, one.cells["count"].number, one.cells["flow"].number) for one in read]
    assert kept == rows


@given(st.sampled_from([(county, field) for county, field in FIELDS if isinstance(field, YesNoField)]))
def test_printed_words_of_a_yes_or_no_are_understood(asked):
    county, field = asked
    for yes in (field.yes, *field.yes_words, "1", "是的"):
        reading = parse(yes, field, context(county))
        assert isinstance(reading, Partial if field.count_unit else Understood), yes
    for no in (field.no, *field.no_words, "2"):
        assert understood(no, field).yes is False, no


@pytest.mark.parametrize(
    ("county", "field"), [pytest.param(*one, id=f"{one[0].id}-{one[1].id}") for one in FIELDS if one[1].example]
)
def test_every_example_is_accepted(county, field):
    if isinstance(field, TableField):
        assert all(not one.missing for one in table.rows(field.example, field))
        return
    accepted = [
        parse(field.example, field, context(county, deciding(field.by, scheme) if isinstance(field, CodeField) else {}))
        for scheme in (schemes(field) if isinstance(field, CodeField) else {""})
    ]
    assert any(isinstance(one, Understood) for one in accepted), accepted


@pytest.mark.parametrize(
    ("county", "field"),
    [pytest.param(*one, id=f"{one[0].id}-{one[1].id}") for one in FIELDS if one[1].kind == "choice"],
)
def test_every_option_is_chosen_by_each_of_its_words(county, field):
    for number, option in enumerate(field.options, 1):
        for said in (str(number), option.text, *(word for word in option.words if GAP not in word)):
            reading = parse(said, field, context(county))
            if option.blank == "required":
                assert isinstance(reading, Partial), (said, reading)
            else:
                assert isinstance(reading, Understood), (said, reading)
                assert reading.value.options == (option.text,), said
