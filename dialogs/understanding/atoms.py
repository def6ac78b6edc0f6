"""Spans whose shape alone says what they are: numbers with units, telephone and other numbers, buildings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from stdnum.cn import ric, uscc

from dialogs.kinds.code import IDENTITY
from dialogs.kinds.number import SCALED, SPELLINGS
from dialogs.numerals import DIGITS, LONGEST, NUMBER, RUN, read_number
from dialogs.sought import Sought
from dialogs.understanding.phones_in_pieces import phones_in_pieces
from dialogs.understanding.products import products
from dialogs.understanding.settled import settled

Shape = Literal["identity", "organisation", "project", "phone", "amount", "buildings", "serial"]

_SPOKEN = "".join(char for char, digit in DIGITS.items() if char not in "两俩") + "0123456789"
_GLUE = r"[ .\-,、]?"
_EIGHTEEN = Sought(r"(?<![0-9A-Za-z])(?:[0-9A-Za-z](?: (?![ \n]))?){17}[0-9A-Za-z](?![0-9A-Za-z])")
_IN_FOURS = Sought(r"(?<![0-9A-Za-z\-])\d{4}(?:[- ]\d{4}){3}[- ]\d[\dXx](?![0-9A-Za-z\-])")
"""An identity number read out in groups of four: 4107-2119-5203-1600-04."""
_PROJECT = Sought(
    r"(?<![0-9A-Za-z])(?:\d{4}[- ]?\d{6}[- ]?\d{2}[- ]?\d{2}[- ]?\d{6}"
    r"|(?:20[1-3]\d|[12]\d(?:0[1-9]|1[0-2]))[- ]?[1-6](?:[- ]?\d){15})(?![0-9A-Za-z])"
)
"""Said in groups of four too: 2510 4107 2104 0140 5736."""
_MOBILE = Sought(
    rf"(?<![{_SPOKEN}])(?:\+?86[- ]?)?[1一幺壹]{_GLUE}[3-9三四五六七八九]{_GLUE}(?:[{_SPOKEN}]{_GLUE}){{8}}[{_SPOKEN}](?![{_SPOKEN}])"
    rf"(?!(?:{_GLUE}[{_SPOKEN}]){{0,40}}\s?(?:号楼|#|[栋幢]))"
)
_LANDLINE = Sought(
    rf"(?<![{_SPOKEN}])\(?[0零〇](?![0零〇])(?:[{_SPOKEN}]){{2,3}}\)?[ \-]?(?:[{_SPOKEN}] ?){{6,7}}[{_SPOKEN}](?:\s?(?:转|"
    rf"分机|-)\s*[{_SPOKEN}]{{1,6}})?(?![{_SPOKEN}])"
)
_LOCAL = Sought(
    rf"(?<![{_SPOKEN}.\-A-Za-z])(?!\d{{2,4}} \d \d)"
    rf"[2-8二三四五六七八](?:[{_SPOKEN}] ?){{2,3}}[ \-]?(?:[{_SPOKEN}] ?){{3}}[{_SPOKEN}](?:\s?(?:转|"
    rf"分机)\s*[{_SPOKEN}]{{1,6}}|-[{_SPOKEN}]{{1,4}}(?![\d\-]))?(?![{_SPOKEN}.万千百平㎡户元吨])"
)
_NO_BUILDING = r"(?:[A-Za-z]?\d{1,3}[A-Za-z]?|[一二三四五六七八九十]{1,3})"
_INNER_SIGN = r"(?:号楼|#楼?|号)?"
_UP_TO = r"(?:一直|顺着|挨着|连着)?[排数]?[到至]"
_BUILDINGS = re.compile(
    rf"(?<![\dA-Za-z.])(?!m[23] ){_NO_BUILDING}{_INNER_SIGN}"
    rf"(?:(?:(?<=楼)(?![^号#\s]{{1,3}}号(?!楼))|(?<=#)|"
    rf"\s*(?:-|~|至|{_UP_TO}|、|,|和|跟|与|及|还有|[再另]外?加|加上?|外加|以及|连同|另有|\.| ){{1,4}}\s*)"
    rf"{_NO_BUILDING}{_INNER_SIGN}){{0,80}}"
    rf"(?<!#)(?<!楼)(?:号?楼|#楼?|栋楼?|幢楼?|(?<=号)|(?<=#)|(?<=楼))(?![\d院路街巷线变进回])"
)
_SIGN = re.compile(r"[号#栋幢楼]")
"""Without one of these there is no building."""
_IN_ADDRESS = re.compile(r"[路街巷弄组村道段线屯]\s*$")
_GOES_ON = re.compile(r"\s*(?:院|\d*单元)|\d{3,4}(?!\d)")
_OF_A_DATE = re.compile(r"(?:月|星期)\s*$")
_OF_A_DAY = re.compile(r"(?:上午|下午|之?前|以前|早上|晚上)")
_LINE = re.compile(r"(?<![\d#\-])[12]#(?=[^\d,。;\n#]{0,6}\d[\d.]{0,8}\s?(?:kva|kw|千伏安|千瓦))", re.IGNORECASE)
"""1#现630kVA is a line, and no building."""
_SCALE = re.compile(r"\s?(万|亿)")
_BEFORE_SIGN = 8
_ABOUT_BEFORE = re.compile(
    r"(?:大[概约致体]|约莫?|差不多|差不离|估计|估摸着?|左右|将近|不到|近|也就|可能|兴许|好像|怕是|掐算|掐着算)[是有要用得]{0,2}$"
)
_ABOUT_AFTER = re.compile(r"\s*(?:左右|上下|多点|的?样子|吧|出头|光景|往上|来去)")
_VAGUE = Sought(
    r"(?:(?:[一二三四五六七八九]百零?)?(?:[二三四五六七八九]?十)?[一二三四五六七八九][一二三四五六七八九](?:十|百|千|万)?(?=[户栋台个吨块间层门口家张号千兆平米]|$)"
    r"|[几十百千]{0,6}几[十百千万]{0,6}(?=[户栋台个吨块间层门口家]|千瓦|千伏安)|(?:(?<!\d)\d+|[一二三四五六七八九]?十|[一二三四五六七八九]百)几(?=[户栋台个吨块间门口家]))"
)
_TENTHS = re.compile(r"(?<=[里方吨平米兆帕瓦])[一二三四五六七八九](?=$|[\s,。;!?、的吧左就够])")
_PAIR = re.compile(r"[^我你他她咱们口老]?[俩倆](?=$|[\s,。;!?、各每都]|[一1][台个口只])")
"""煮面炉俩 are two of them; 我们俩 counts nothing of the form's."""
_HALF = re.compile(r"(?<![一二三四五六七八九十百两\d])半个?(吨|方)(?![米水])")
"""一天半吨 is half a ton a day."""
_WIDE = 20
_LAST_DIGITS = re.compile(r"(?:[末尾后][一二三四五六七八\d]?位|尾号|尾数)[是为:]?\s?$")
"""账号末四位6681: a part of a number, which counts nothing."""
_BY_NO_MEANS = re.compile(r"[千万]万(?=[别不要记得注意可给把让莫勿])")
"""千万别晚 counts nothing."""
_SOME_MORE = re.compile(r"(?:来|多|余|把)(?=[\u4e00-\u9fff㎡])")
_UNITS = sorted(
    {
        *(name.lower() for name in SPELLINGS),
        *(one for names in SPELLINGS.values() for one in names if "宽带" not in one),
        *(one for names in SCALED.values() for one in names),
        "亩", "兆帕", "mpa", "层", "天", "个月", "年", "岁", "楼", "号", "室", "单元", "组", "路", "点", "月", "日", "%", "号楼",
        "千伏", "kv", "安", "寸", "公分", "厘米",
        "床", "张", "条", "口", "只", "个小时", "个钟头", "辆", "头", "人", "把", "口井", "遍", "次", "期", "位", "点钟", "分钟", "小时",
    },
    key=len,
    reverse=True,
)  # fmt: skip
_UNIT = re.compile(
    "|".join(rf"{one}(?![头底][炉灶锅])" if one == "平" else re.escape(one) for one in _UNITS), re.IGNORECASE
)
"""单台2.5 平头炉一个: the next thing of the list, and no area."""
_YUAN = {"人民币": "元", "元人民币": "元"}
_OF_NEXT = re.compile(
    r"(?:千瓦|千伏安|kw|kva)数?(?:跟着|相应|也|就|都|则){0,2}(?:(?:[改写变降升减加]?[成为到]|改|写|[填报按是要]|:)\s?)?(?:\d{2,5}|[一二三四五六七八九两][百十千][一二三四五六七八九十百零]{0,4})"
    r"(?![\d.]|\s?(?:千|个千|kw|kva|[台路条个]))",
    re.IGNORECASE,
)
"""申请800 千瓦640: the unit stands before its number."""
_STAYS_AS_IT_IS = re.compile(
    r"(?:千瓦|千伏安|kw|kva)数?(?:那[个边栏])?(?:也|还|都|就|照)*(?:不[变动改]|照旧|照原)", re.IGNORECASE
)
"""写三十六 千伏安不变: what stays is named behind it."""
_OF_MEASURE = re.compile(
    r"平方米|平方|平米|平(?![台房板层顶常])|㎡|m2|kva|kw|千伏安|千瓦|兆|吨|千[帕怕]|kpa", re.IGNORECASE
)
"""36个平方, 200个kVA: they are counted like things."""
_ENUMERATED = re.compile(r"(?:^|[\s,。;:!?])(?P<number>[1-9]|1\d)(?:\)|、(?!\d|[一二三四五六七八九十]))(?!\s*$)")
"""1)管径应为100;2)…: which of several."""
_QUANTITY = Sought(
    rf"(?:(?<![A-Za-z\d\-.#])|(?<=[\s\u4e00-\u9fff][xX]))({NUMBER})(?!(?!m[23])[A-Za-z]*\d)|(?:(?<=\d)|(?<=[kK][wW]))([一两二三四五六七八九十]{{1,3}})(?=台)"
)


@dataclass(frozen=True, slots=True)
class Atom:
    """A span of one shape; `number` and `unit` of an amount, `about` if it was said to be approximate.

    `vague`: no number that could be written down (十五六, 几十).
    """

    start: int
    end: int
    shape: Shape
    text: str
    number: Decimal | None = None
    unit: str = ""
    about: bool = False
    vague: bool = False


def atoms(text: str) -> tuple[Atom, ...]:
    """All atoms of a folded text, left to right; longer shapes win over shorter ones."""
    taken = bytearray(len(text))
    found = list[Atom]()
    for line in _LINE.finditer(text) if "#" in text else ():
        taken[line.start() : line.end()] = b"\x01" * 2
    for shape, spans in (
        ("project", _matches(_PROJECT, text)),
        ("code", _codes(text)),
        ("phone", _matches(_MOBILE, text)),
        ("phone", _matches(_LANDLINE, text)),
        ("buildings", _matches(_BUILDINGS, text) if _SIGN.search(text) else ()),
        ("buildings", _ranges(text)),
        ("phone", _locals(text)),
    ):
        for start, end in spans:
            if any(taken[start:end]):
                continue
            said = text[start:end]
            kind = _kind(said) if shape == "code" else shape
            if kind == "buildings" and not _is_buildings(text, start, end):
                continue
            taken[start:end] = b"\x01" * (end - start)
            found.append(Atom(start, end, kind, said))  # type: ignore[arg-type]
    for start, end, number in phones_in_pieces(text):
        if not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            found.append(Atom(start, end, "phone", number))
    for which in _ENUMERATED.finditer(text) if ")" in text or "、" in text else ():
        taken[which.start("number") : which.end("number")] = b"\x01" * len(which["number"])
    found += _amounts(text, taken)
    return tuple(settled(text, sorted(found, key=lambda one: one.start)))


def _matches(pattern: re.Pattern[str] | Sought, text: str) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text):
        yield match.start(), match.start() + len(match[0].rstrip(" .-,、"))


def _codes(text: str) -> Iterator[tuple[int, int]]:
    for match in _IN_FOURS.finditer(text):
        yield match.span()
    for match in IDENTITY.finditer(text):
        yield match.span()
    for match in _EIGHTEEN.finditer(text):
        plain = match[0].replace(" ", "").upper()
        if len(plain) == 18 and sum(char.isdigit() for char in plain) >= 9:
            yield match.span()
    for match in re.finditer(r"(?<![0-9A-Za-z])[0-9A-Za-z]{15,20}(?![0-9A-Za-z])", text):
        if sum(char.isdigit() for char in match[0]) >= 12:
            yield match.span()


def _kind(said: str) -> Shape:
    plain = re.sub(r"[ \-]", "", said).upper()
    if re.fullmatch(r"\d{15,17}[\dX]|\d{18}", plain) and not (
        len(plain) == 18 and uscc.is_valid(plain) and not _born(plain)
    ):
        return "identity"
    return "organisation" if len(plain) >= 15 else "serial"


def _born(number: str) -> bool:
    try:
        ric.get_birth_date(number)
    except Exception:
        return False
    return True


_RANGE = r"[A-Za-z]?\d{1,2}\s?[-~至到]\s?[A-Za-z]?\d{1,2}"
_NO_UNIT = r"(?!\s?(?:[点时天日月年层间米吨方千兆台人块元万平度岁周]|户(?!数)|个(?!是)))(?![\d\-.%:])"
_ADDED = r"(?:[再另]外?加?|还有|加上|外加|连同|另有)?"
_SO_MANY = r"\s?(?:[这那共]|一共|总共|合计|总计)\s?[\d一二两三四五六七八九十]{1,3}[栋幢座]"
_RANGES = re.compile(
    rf"(?:楼号|楼栋|栋|楼|报|就是|也是|是|分别)[\s:]{{0,4}}"
    rf"(?P<list>{_RANGE}(?:\s?[、,和跟及 ]?{_ADDED}\s?(?:{_RANGE}|(?<=[、,和跟及再加有外])\d{{1,2}})){{0,80}}){_NO_UNIT}"
    rf"|(?<![^\s,。;:(])(?P<runs>{_RANGE}(?:\s?[、,和跟及 ]?(?:再|还有|加上)?\s?{_RANGE}){{1,20}}){_NO_UNIT}"
    rf"|(?<![\d.、])(?P<these>\d{{1,2}}(?:[、, 和]\s?\d{{1,2}}){{1,40}})(?={_SO_MANY}|[一二三四五六七八九十]{{1,2}}[栋幢]楼?)"
    rf"|(?:楼号|楼栋|栋|楼)[\s:]{{1,4}}(?P<row>\d{{1,2}}(?:[ 、,]\d{{1,2}}){{2,80}}){_NO_UNIT}"
)
"""1-3、5-10 behind a word for buildings; ranges beside each other alone; 楼 1 2 3 5."""
_OF_BUILDINGS = re.compile(r"[栋幢]|号楼|楼号|#|楼[是报:]\s?\d")


def _ranges(text: str) -> Iterator[tuple[int, int]]:
    """1-3、5-10 behind a word for buildings, in a text that speaks of buildings."""
    if _OF_BUILDINGS.search(text):
        for match in _RANGES.finditer(text):
            name = match.lastgroup or "list"
            numbers = [int(one) for one in re.findall(r"\d+", match[name])] if name != "list" else []
            if numbers == sorted(set(numbers)):
                yield match.span(name)


_IN_GROUPS = re.compile(r"(?<!\d)\d{2,4}[ -]$")
"""Before seven digits: they are the rest of a longer number, 005 640 1279."""
_COUNTED = re.compile(
    r"(?:面积|规模|容量|金额|费用?|数量|数|长度|长|户号|表号|编号)(?:\([^()]*\))?\s*[:=]?\s*(?:是|为|共|一共)?\s*$"
)
"""Names of what is counted: the seven digits behind are no telephone number."""


_EXTENSION = re.compile(rf"转|分机|(?<=[{_SPOKEN}]{{4}})-")


def _locals(text: str) -> Iterator[tuple[int, int]]:
    """Seven digits alone: a local telephone number, unless a unit follows."""
    for start, end in _matches(_LOCAL, text):
        digits = re.sub(rf"[^{_SPOKEN}]", "", re.split(_EXTENSION, text[start:end])[0])
        counted = _COUNTED.search(text, max(0, start - 12), start) and "转" not in text[start:end]
        if _IN_GROUPS.search(text, max(0, start - 6), start):
            continue
        if len(digits) == 7 and not _UNIT.match(text, end) and not counted:
            yield start, end


def _is_buildings(text: str, start: int, end: int) -> bool:
    """Not the 6号 of an address (凤村路6号), nor a day of a month (25号), nor a single number that counts."""
    said = text[start:end]
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+[栋幢]楼?", said):
        return False  # 1,000栋 is how many
    before = text[max(0, start - _BEFORE_SIGN) : start]
    if re.fullmatch(r"\d{1,3}号", said) and _NAMED_SO.search(before):
        return True  # 楼是2号
    if _IN_ADDRESS.search(before) or _GOES_ON.match(text, end):
        return False
    if _OF_A_DATE.search(before) or _OF_A_DAY.match(text, end):
        return False
    if said.endswith("楼") and not re.search(r"[号#栋幢]楼$", said):
        return False  # 一楼 is a floor
    if said.endswith(("栋", "幢", "栋楼", "幢楼")) and re.fullmatch(rf"{_NO_BUILDING}[栋幢]楼?", said):
        return bool(re.search(r"第\s*$", before))
    return not (
        said.endswith("号") and not said.endswith("号楼") and "号楼" not in said and len(re.findall(r"\d+", said)) < 2
    )


_NAMED_SO = re.compile(r"楼(?:号|栋)?(?:就|只)?[是为:]\s?$|楼号\s?$")


def _span(quantity: re.Match[str]) -> tuple[int, int]:
    """Where a number stands; 俩 is a number of its own: 八眼灶俩一个是十方."""
    start, end = quantity.span()
    return start, start + 1 if quantity[0][0] in "俩倆" else end


def _bores(text: str, taken: bytearray) -> Iterator[Atom]:
    for match in re.finditer(r"(?<![A-Za-z])DN ?(\d{2,4})(?!\d)", text, re.IGNORECASE):
        if not any(taken[match.start() : match.end()]):
            taken[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
            yield Atom(match.start(), match.end(), "amount", match[0], Decimal(match[1]), "dn")


def _halves(text: str, taken: bytearray) -> Iterator[Atom]:
    for match in _HALF.finditer(text) if "半" in text else ():
        taken[match.start() : match.end()] = b"\x01" * len(match[0])
        yield Atom(match.start(), match.end(), "amount", match[0], Decimal("0.5"), match[1])


def _amounts(text: str, taken: bytearray) -> Iterator[Atom]:
    yield from _bores(text, taken)
    for match in _VAGUE.finditer(text):
        start, end = match.span()
        if not any(taken[start:end]):
            unit = _UNIT.match(text, end)
            stop = unit.end() if unit else end
            taken[start:stop] = b"\x01" * (stop - start)
            yield Atom(start, stop, "amount", text[start:stop], None, unit[0] if unit else "", about=True, vague=True)
    for one in products(text):
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\x01" * (one.end - one.start)
            yield Atom(one.start, one.end, "amount", text[one.start : one.end], one.number, one.unit, about=True)
    yield from _halves(text, taken)
    at = 0
    while (quantity := _QUANTITY.search(text, at)) is not None:
        start, end = _span(quantity)
        at = max(end, start + 1)
        if any(taken[start:end]) or _LAST_DIGITS.search(text, max(0, start - 8), start):
            continue
        number = None if _BY_NO_MEANS.match(text, start) else read_number(text[start:end])
        if number is None:
            if len(quantity[0]) > LONGEST and (rest := RUN.match(text, at)):
                at = rest.end()
            continue
        stop, about = end, bool(_ABOUT_BEFORE.search(text[max(0, start - 8) : start]))
        if more := _SOME_MORE.match(text, stop):
            stop, about = more.end(), True
        scale = _SCALE.match(text, stop) if about and stop > end else None
        if scale:
            number, stop = number * (10_000 if scale[1] == "万" else 100_000_000), scale.end()
        blank = 1 if text[stop : stop + 1] == " " else 0
        unit = _UNIT.match(text, stop + blank)
        unit = (_OF_MEASURE.match(text, unit.end()) if unit and unit[0] == "个" else None) or unit
        said = unit[0] if unit else "元" if text[start - 1 : start] == "¥" else ""
        if (
            unit
            and blank
            and (
                text[unit.end() : unit.end() + 1] == "数"
                or (len(said) == 1 and said in "号楼层路组点月日位口")
                or _OF_NEXT.match(text, unit.start())
                or _STAYS_AS_IT_IS.match(text, unit.start())
            )
        ):
            unit, said = None, ""
        if not unit and end == start + 1 and not text[start].isdigit():
            if not _PAIR.match(text, max(0, start - 1)):
                continue  # 一起, 一样: no number
            said = "个"
        stop = unit.end() if unit else stop
        if said == "孔" and text[stop : stop + 1] == "径" and number >= _WIDE:
            stop, said = stop + 1, "毫米"  # 110孔径: how wide
        if unit and text[stop : stop + 1] == "半" and not taken[stop] and number == int(number):
            number, stop = number + Decimal("0.5"), stop + 1  # 六平半
        elif unit and number == int(number) and number < 100 and (tenths := _TENTHS.match(text, stop)):
            stop, number = tenths.end(), number + (read_number(tenths[0]) or Decimal(0)) / 10  # 两方五
        about = about or bool(_ABOUT_AFTER.match(text, stop)) and "吧" not in text[stop : stop + 1]
        at = max(at, stop)
        taken[start:stop] = b"\x01" * (stop - start)
        yield Atom(start, stop, "amount", text[start:stop], number, _YUAN.get(said, said.lower()), about=about)
