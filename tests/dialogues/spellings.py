"""Valid values with the ways people write them down, for every kind of field."""

import datetime as dt
from decimal import Decimal

from hypothesis import strategies as st

from dialogs.kinds.number import SCALED, SPELLINGS
from model.county import County
from model.fields import (
    AddressField,
    BuildingsField,
    ChoiceField,
    CodeField,
    ContactField,
    DateField,
    Field,
    NumberField,
    PhoneField,
    TextField,
    YesNoField,
)
from model.values import Address, Amount, Buildings, Code, Contact, Day, Phone, Pick, Picks, Value, Words, YesNo
from tests.dialogues.people import DIGITS, NOW, identities, in_chinese, mobiles, organisations, plain, projects, schemes

WIDE = {48 + n: 0xFF10 + n for n in range(10)}
NAMES = ("王示例", "李国示", "欧阳示例", "赵例", "侯示强", "申示兰")
FIRMS = (
    "新乡县示例置业有限公司",
    "泾县示例宣纸厂有限公司",
    "示例县第三中学",
    "示范镇示例村村民委员会",
    "河南示例物流股份有限公司",
)
WEEKDAYS = "一二三四五六日"

Said = tuple[Value, str]
"""A value and one way to write it."""


def answers(county: County, field: Field) -> st.SearchStrategy[Said] | None:
    """Values of a field as people write them; None for a kind that is not answered in one line."""
    match field:
        case NumberField():
            return amounts(field)
        case ChoiceField():
            return choices(field)
        case YesNoField():
            return yes_or_no(field)
        case PhoneField():
            return phones(county)
        case ContactField():
            return contacts()
        case CodeField():
            return st.one_of([codes(scheme) for scheme in sorted(schemes(field))])
        case AddressField():
            return addresses(county)
        case DateField():
            return days(field)
        case BuildingsField():
            return buildings()
        case TextField(name_only=True, names="person"):
            return st.sampled_from(NAMES).map(lambda name: (Words(text=name), name))
        case TextField(name_only=True):
            return st.sampled_from(FIRMS).map(lambda name: (Words(text=name), name))
        case _:
            return None


def spelt(draw: st.DrawFn, number: int) -> str:
    """A whole number in Arabic, Chinese or mixed figures."""
    chinese = in_chinese(number)
    ways = [
        str(number),
        f"{number:,}",
        str(number).translate(WIDE),
        chinese,
        chinese.replace("二千", "两千").replace("二万", "两万"),
    ]
    ways.append(chinese.removeprefix("一") if chinese.startswith("一十") else chinese)
    if number >= 1000 and number % 100 == 0 and number % 1000 and number < 10_000:
        ways.append(f"{in_chinese(number // 1000)}千{DIGITS[number // 100 % 10]}")
    if number > 10_000 and number % 1000 == 0 and number % 10_000:
        ways += [f"{number // 10_000}万{number // 1000 % 10}", f"{plain(Decimal(number) / 10_000)}万"]
        if number < 100_000_000:
            ways.append(f"{in_chinese(number // 10_000)}万{DIGITS[number // 1000 % 10]}")
    if number and number % 10_000 == 0:
        ways.append(f"{number // 10_000}万")
    return draw(st.sampled_from(ways))


@st.composite
def amounts(draw: st.DrawFn, field: NumberField) -> Said:
    """Round and odd numbers in one of the field's units, under any of its names."""
    most = int(min(field.most, 1_999_999))
    least = max(int(field.least), 1)
    step = draw(st.sampled_from([one for one in (1, 100, 1000, 10_000) if one <= most - least]))
    number = min(most, max(least, draw(st.integers(least // step, most // step)) * step))
    unit = draw(st.sampled_from(field.units)) if field.units else field.unit
    value = Amount(number=Decimal(number), unit=unit)
    names = [unit, *SPELLINGS.get(unit, ())] if field.units else ["", unit, *SPELLINGS.get(unit, ())]
    name = draw(st.sampled_from(names))
    said = spelt(draw, number)
    gap = draw(st.sampled_from(("", " "))) if name and said[-1] in "0123456789" else ""
    scaled = [f"{number // factor}{other}" for other, factor in SCALED.get(unit, {}).items() if number % factor == 0]
    return value, draw(st.sampled_from([said + gap + name, *scaled]))


@st.composite
def phones(draw: st.DrawFn, county: County) -> Said:
    """Mobiles and landlines, spoken or with something between their digits."""
    if draw(st.booleans()):
        number = draw(mobiles())
        spoken = number.translate({48 + n: char for n, char in enumerate("零幺二三四五六七八九")})
        parts = (number[:3], number[3:7], number[7:])
        ways = (
            number,
            number.translate(WIDE),
            spoken,
            spoken.replace("幺", "一"),
            " ".join(parts),
            "-".join(parts),
            f"+86{number}",
        )
        return Phone(number=number), draw(st.sampled_from(ways))
    local = str(draw(st.integers(2_000_000, 8_999_999)))
    tail = draw(st.sampled_from(("", "转8", "转605")))
    ways = (
        f"{county.area_code}-{local}{tail}",
        f"（{county.area_code}）{local}{tail}",
        f"{county.area_code}{local}{tail}",
        local + tail,
    )
    return Phone(number=f"{county.area_code}-{local}{tail}"), draw(st.sampled_from(ways))


@st.composite
def contacts(draw: st.DrawFn) -> Said:
    """A name and a mobile, either first."""
    name, phone = draw(st.sampled_from(NAMES)), draw(mobiles())
    ways = (f"{name} {phone}", f"{name}{phone}", f"{name}，{phone}", f"{name} 电话{phone}", f"{phone} {name}")
    return Contact(name=name, phone=phone), draw(st.sampled_from(ways))


@st.composite
def codes(draw: st.DrawFn, scheme: str) -> Said:
    """Numbers in capitals or not, in one piece or in blocks, with any dash."""
    match scheme:
        case "identity":
            number = draw(identities())
            ways = [number, number.lower(), number.translate(WIDE), f"{number[:6]} {number[6:14]} {number[14:]}"]
            ways.append(" ".join((number[:4], number[4:8], number[8:12], number[12:16], number[16:])))
        case "organisation":
            number = draw(organisations())
            ways = [number, number.lower(), number.translate(WIDE), f"{number[:8]} {number[8:]}"]
        case "project":
            number = draw(projects())
            ways = [number, *(number.replace("-", dash) for dash in ("", "—", "－", "–", " ", "−"))]
        case "account":
            number = draw(st.sampled_from(("", "0"))) + str(draw(st.integers(100_000, 9_999_999_999)))
            ways = [number, number.translate(WIDE)]
        case _:
            number = f"{draw(st.sampled_from('EGHKP'))}{draw(st.integers(10_000_000, 99_999_999))}"
            ways = [number, number.lower()]
    return Code(scheme=scheme, number=number), draw(st.sampled_from(ways))


@st.composite
def addresses(draw: st.DrawFn, county: County) -> Said:
    """A town of the county, a road, a number, and perhaps a corner of it."""
    town = draw(st.sampled_from(county.towns))
    before = draw(st.sampled_from(("", county.name)))
    road = draw(st.sampled_from(("示范路", "育才大道", "建设东街", "示例村")))
    spot = draw(st.sampled_from((f"{draw(st.integers(1, 199))}号", "与工业路交叉口东北角", "西头路南")))
    said = f"{before}{town}{road}{spot}"
    return Address(text=said), said


@st.composite
def days(draw: st.DrawFn, field: DateField) -> Said:
    """A day to come, or one that is over, by its numbers or counted from today, with a half of it or an hour where the field
    asks for one.
    """
    way = -1 if field.past else 1
    day = NOW.date() + way * dt.timedelta(days=draw(st.integers(1, 300)))
    ways = [
        f"{day.year}年{day.month}月{day.day}日",
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y/%m/%d}",
    ]
    ways += [f"{day.month}月{day.day}号", f"{figures(day.month)}月{figures(day.day)}号", f"{day.month}月{day.day}日"]
    if draw(st.booleans()):
        away = draw(st.integers(1, 7 if field.past else 13))
        day = NOW.date() + way * dt.timedelta(days=away)
        week = "上" if field.past else ("这", "下")[away // 7]  # today is a Monday
        ways = [f"{week}{name}{WEEKDAYS[day.weekday()]}" for name in ("周", "星期", "礼拜")]
        ways.append({-1: "昨天", -2: "前天", -3: "大前天", 1: "明天", 2: "后天", 3: "大后天"}.get(way * away, ways[0]))
    said = draw(st.sampled_from(ways))
    if field.hours:
        hour = draw(st.sampled_from((8, 9, 10, 14, 15, 16)))
        half = "上午" if hour < 12 else "下午"
        spoken = f"{half}{figures((hour - 1) % 12 + 1)}点"
        said += draw(st.sampled_from((f" {hour}:00", spoken, f"{half}{(hour - 1) % 12 + 1}点")))
        return Day(date=day, half=half, time=dt.time(hour)), said
    if field.halves:
        half = draw(st.sampled_from(("上午", "下午")))
        return Day(date=day, half=half), f"{said}{half}"
    return Day(date=day), said


def figures(number: int) -> str:
    """12 as 十二, the way days and hours are said."""
    said = in_chinese(number)
    return said.removeprefix("一") if said.startswith("一十") else said


@st.composite
def buildings(draw: st.DrawFn) -> Said:
    """Single buildings and ranges of them, each with its sign or one for all."""
    ranges = draw(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 4)), min_size=1, max_size=4))
    numbers = dict.fromkeys(str(n) for first, more in ranges for n in range(first, first + more + 1))
    dash = draw(st.sampled_from(("-", "—", "至", "到", "~")))
    sign = draw(st.sampled_from(("号楼", "#楼", "#")))
    parts = [f"{first}{dash}{first + more}" if more else f"{first}" for first, more in ranges]
    between = draw(st.sampled_from(("、", "，", "和")))
    said = between.join(f"{part}{sign}" for part in parts) if draw(st.booleans()) else "、".join(parts) + "号楼"
    return Buildings(numbers=tuple(numbers)), said


def choices(field: ChoiceField) -> st.SearchStrategy[Said]:
    """An option by its text, one of its words, or its number."""
    plainly = [(number, option) for number, option in enumerate(field.options, 1) if option.blank != "required"]
    return st.sampled_from(
        [
            (Picks(picks=(Pick(option=option.text),)), said)
            for number, option in plainly
            for said in (option.text, *(word for word in option.words if "…" not in word), str(number))
        ]
    )


def yes_or_no(field: YesNoField) -> st.SearchStrategy[Said]:
    """The printed words, what people say instead, and the number beside 是."""
    noes = [(YesNo(yes=False), said) for said in (field.no, *field.no_words, "2") if "…" not in said]
    if field.count_unit:
        yeses = [
            (YesNo(yes=True, count=12), f"{field.yes}{between}12{field.count_unit}") for between in ("，", " ", "")
        ]
    else:
        yeses = [(YesNo(yes=True), said) for said in (field.yes, *field.yes_words, "1") if "…" not in said]
    return st.sampled_from(yeses + noes)
