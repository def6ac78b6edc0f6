"""What a person writes for a valid value gives that value back: as the direct answer, and as a line among others."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogs.focus import focus
from dialogs.folding import fold
from dialogs.kinds import parse
from dialogs.moments import read_moment, vague
from dialogs.numerals import read_number
from dialogs.reading import Understood
from dialogs.understanding.atoms import atoms
from dialogs.understanding.understand import understand
from dialogs.visible import visible_fields
from model.draft import Answer, Draft
from model.fields import CodeField, NumberField
from model.values import Pick, Picks, YesNo
from tests.dialogues.people import NOW, context, deciding, fields
from tests.dialogues.spellings import answers
from tests.shipped import shipped

PAIRS = [(county, field) for county, field in fields() if answers(county, field) is not None]


@pytest.mark.parametrize(("county", "field"), [pytest.param(*one, id=f"{one[0].id}-{one[1].id}") for one in PAIRS])
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_direct_answer_gives_its_value_back(county, field, data):
    value, said = data.draw(answers(county, field))
    before = deciding(field.by, value.scheme) if isinstance(field, CodeField) and field.by else {}
    reading = parse(said, field, context(county, before))
    assert isinstance(reading, Understood), (said, reading)
    assert reading.value == value, said


def everything_chosen(county):
    """A draft in which every service is chosen, so that most of the form is shown."""
    services = county.form.fields[county.places.services]
    picks = Picks(picks=tuple(Pick(option=option.text) for option in services.options))
    given_before = {services.id: Answer(value=picks, by="o", at=NOW)}
    return Draft(
        id="x#1", form=county.form.id, form_version=county.form.version, opened_at=NOW, changed_at=NOW,
        answers=given_before, trail=(services.id,),
    )  # fmt: skip


def askable(county):
    """Fields that no other answer hides, and whose name is nobody else's, nor another name of somebody else's."""
    names = [name for one in county.form.fields.values() for name in {one.called, *one.words}]
    return [
        one
        for one in visible_fields(county.form, everything_chosen(county).answers)
        if one.filler == "applicant" and one.when is None and one.id != county.places.services
        and not (isinstance(one, CodeField) and one.by) and answers(county, one) is not None and names.count(one.called) == 1
    ]  # fmt: skip


ASKABLE = {county.id: askable(county) for county in shipped().values()}


@pytest.mark.parametrize("county", sorted(shipped()))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_labelled_line_among_others_gives_its_value_back(county, data):
    county = shipped()[county]
    asked = data.draw(
        st.lists(st.sampled_from(ASKABLE[county.id]), min_size=1, max_size=4, unique_by=lambda one: one.id)
    )
    said = {field.id: data.draw(answers(county, field)) for field in asked}
    between = data.draw(st.sampled_from(("\n", "；", "。")))
    glue = data.draw(st.sampled_from(("：", ":", "： ")))
    text = between.join(f"{field.called}{glue}{said[field.id][1]}" for field in asked)
    draft = everything_chosen(county)
    found = understand(county, county.form, draft, focus(county.form, draft), context(county, draft.answers), text)
    values = {one.field: one.reading.value for one in found.taken if one.understood}
    for field in asked:
        assert values.get(field.id) == said[field.id][0], (text, field.called)


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("一千二", 1200), ("三万五千六", 35600), ("两千四百五", 2450), ("8万2", 82000), ("5万4千6百", 54600), ("1万2千5", 12500), ("3千2百", 3200),
        ("1万零5", 10005), ("1千零20", 1020), ("3万4000", 34000), ("四万万", 400_000_000), ("一亿零一万", 100_010_000), ("五萬二", 52000), ("贰佰伍拾", 250),
    ],
)  # fmt: skip
def test_mixed_numbers(said, number):
    assert read_number(said) == number
    atom, *more = atoms(f"{said}平方米")
    assert (atom.number, atom.unit, more) == (number, "平方米", [])


@pytest.mark.parametrize("said", ["6万人民币", "6万元人民币", "人民币6万元", "￥60000"])
def test_money(said):
    atom, *more = atoms(fold(said))
    assert (atom.number, atom.unit, more) == (60000, "元", [])


@pytest.mark.parametrize("said", ["6万", "6万人民币", "6万元人民币"])
def test_money_as_the_answer(said):
    county = shipped()["xinxiang"]
    field = next(one for one in county.form.fields.values() if isinstance(one, NumberField) and one.unit == "元")
    reading = parse(said, field, context(county, {}))
    assert isinstance(reading, Understood)
    assert reading.value.number == 60000


@pytest.mark.parametrize("said", ["万", "亿", "亿亿", "1百2百", "3百2千", "12 3百4千", "1万20000"])
def test_what_is_no_number(said):
    assert read_number(said) is None


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("下下周一", "2026-12-07"), ("下周周六", "2026-12-05"), ("大后天", "2026-11-26"), ("大大后天", "2026-11-27"), ("月底", "2026-11-30"), ("下个月底", "2026-12-31"),
        ("本月20号", "2026-11-20"), ("上个月15号", "2026-10-15"), ("12月3日", "2026-12-03"), ("2026-3-5", "2026-03-05"), ("12/20", "2026-12-20"), ("1/5", "2027-01-05"),
        ("20261225", "2026-12-25"), ("二〇二七年八月十五", "2027-08-15"), ("两千零二十七年三月一日", "2027-03-01"), ("上周一", "2026-11-16"), ("这周一", "2026-11-23"),
        ("周一", "2026-11-23"), ("去年10月5日", "2025-10-05"), ("2月29日", "2028-02-29"), ("31号", "2026-12-31"), ("週三", "2026-11-25"), ("后天下午", "2026-11-25"),
        ("二七年三月六号", "2027-03-06"), ("零八年三月六号", "2008-03-06"), ("九八年三月六号", "1998-03-06"), ("98年3月6日", "1998-03-06"), ("本日", "2026-11-23"),
    ],
)  # fmt: skip
def test_days_counted_from_a_monday(said, date):
    moment = read_moment(said, NOW)
    assert moment is not None
    assert moment.date.isoformat() == date


@pytest.mark.parametrize(
    ("said", "half", "time"),
    [
        ("今晚6点", "下午", "18:00"),
        ("明早", "上午", None),
        ("明天两点半", "下午", "14:30"),
        ("后天上午九点一刻", "上午", "09:15"),
        ("明晚8点", "下午", "20:00"),
    ],
)
def test_times_beside_a_day(said, half, time):
    moment = read_moment(said, NOW)
    assert moment is not None
    assert (moment.half, moment.time and f"{moment.time:%H:%M}") == (half, time)


@pytest.mark.parametrize("said", ["下个月中旬", "这两天", "尽快"])
def test_what_is_too_vague_for_a_day(said):
    assert read_moment(said, NOW) is None
    assert vague(said)


@pytest.mark.parametrize("said", ["1、3、5、6、7、8、9、10、11号楼", "13-14、1-2、1-2、6-10号楼"])
def test_a_list_of_buildings_is_no_telephone(said):
    assert [one.shape for one in atoms(said)] == ["buildings"]


def test_a_wider_capital_moves_nothing():
    county = shipped()["xinxiang"]
    draft = everything_chosen(county)
    found = understand(
        county, county.form, draft, focus(county.form, draft), context(county), "ßßß 联系电话：13800000001"
    )
    assert [one.reading.value.number for one in found.taken] == ["13800000001"]


def test_no_person_is_read_out_of_the_name_of_a_field():
    county = shipped()["xinxiang"]
    draft = everything_chosen(county)
    said = "建设单位(自然人)名称：新乡县示例置业有限公司\n总规划面积(平方米)：20000"
    found = understand(county, county.form, draft, focus(county.form, draft), context(county), said)
    assert {one.field for one in found.taken} == {"applicant_name", "heat_total_area"}


@pytest.mark.parametrize("above", ["非线性负荷：非线性设备有", "非线性设备有", "有"])
def test_what_the_line_above_ends_in_is_not_said_of_the_next(above):
    county = shipped()["xinxiang"]
    draft = everything_chosen(county)
    text = f"{above}\n自备电源：否"
    found = understand(county, county.form, draft, focus(county.form, draft), context(county, draft.answers), text)
    values = {one.field: one.reading.value for one in found.taken if one.understood}
    assert values["own_supply"] == YesNo(yes=False), text
