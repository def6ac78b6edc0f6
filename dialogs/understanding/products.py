"""Numbers told by parts: 2×500kW, 9个班每班1台 门厅再1台."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dialogs.numerals import NUMBER, read_number
from dialogs.sought import Sought

_TIMES = Sought(
    r"(?<![\dA-Za-z.\-])(?P<many>\d{1,3})\s?(?:台|个)?\s?[x×*X]\s?(?P<each>\d{1,5})\s?(?P<unit>千瓦|千伏安|kw|kva)",
    re.IGNORECASE,
)
_TRANSFORMERS = Sought(
    rf"(?P<many>{NUMBER})台(?:(?:箱变|变压器|干变)?[\s,、]?(?:都是|均为|各是?|每台|单台)|(?=\d{{2,4}}(?:千伏安|kva)?的?(?:箱变|变压器|干变|$|[\s,。;])))"
    r"(?P<each>\d{2,4})(?!\d|\s?(?:千瓦|kw))\s?(?:千伏安|kva)?",
    re.IGNORECASE,
)
_TRANSFORMER = re.compile("箱变|变压器|干变")
_COUNTERS = "台|门|部|套|口|块|个"
_EACH = Sought(
    rf"(?P<many>{NUMBER})\s?个?(?P<of>[\u4e00-\u9fff]{{1,3}}?)[\s,、]?(?P<told>每)个?(?P=of)(?:都|各|就)?(?:是|有|要|装|配|放|上)?"
    rf"\s?(?P<each>{NUMBER})\s?(?P<unit>{_COUNTERS})(?![方吨兆千])"
)
_HOMES = Sought(
    rf"(?P<many>{NUMBER})\s?个?(?P<of>栋|幢|层|单元)楼?(?:[\s,、]{{0,2}}(?P<told>(?:每|一|1)个?(?P=of)楼?(?:都|各|就)?(?:是|有|住)?\s?"
    rf"(?P<each>{NUMBER})\s?户)|(?P<crossed>\s?[x×*]\s?(?P<times>{NUMBER})\s?户))"
)
"""12栋楼 每栋40户: what comes to 480, and 12 still."""
_BLOCKS = re.compile(
    rf"(?P<many>{NUMBER})\s?(?:栋|幢|座)楼?[\s,、]{{0,2}}(?:每|一|1)(?:栋|幢|座)楼?(?:都|各|就)?(?:是|有)?\s?$"
)
"""三栋楼每栋两个单元 每单元24户: as many times again."""
_ROOMS = Sought(
    rf"(?P<many>{NUMBER})\s?(?:间|个|层|栋|户)[\u4e00-\u9fff]{{1,4}}?各(?:有|要|装|配|放|上)?(?P<each>{NUMBER})\s?(?P<unit>台|门|部)"
)
_ROOM = r"[\u4e00-\u9fff]{0,3}(?:[厅室间房层科办处厨院堂区]|[柜前吧]台|门口|门卫|包厢)"
_IN_ROOMS = re.compile(
    rf"(?:{_ROOM}(?:要|装|放|各)?\s?{NUMBER}\s?(?P<unit>门|部)\s?[、, ]\s?(?:再|还有|另)?)"
    rf"(?:{_ROOM}(?:要|装|放|各)?\s?{NUMBER}\s?(?P=unit)(?:\s?[、, ]\s?|(?=$|[,。;]))){{1,8}}"
)
"""座机大厅2门、柜台4门、办公室3门."""
_MORE = re.compile(
    rf"[\s,、]{{0,2}}(?:[\u4e00-\u9fff]{{1,6}}?(?:再|另外?|还|又)(?:有|要|加|装|来|放|上)?"
    rf"|(?:再|另|外|还|又)?(?:加上?|有)[\u4e00-\u9fff]{{1,6}}?)\s?(?P<more>{NUMBER})\s?(?P<unit>{_COUNTERS})"
)
_BUILT = ("栋", "幢", "座", "层", "单元", "楼")
"""五栋,每栋一个电信间: five buildings still."""
_MOST_MORE = 6
"""So many times something is added to it."""


@dataclass(frozen=True, slots=True)
class Product:
    """The span, what it comes to, and its unit."""

    start: int
    end: int
    number: Decimal
    unit: str


def products(text: str) -> Iterator[Product]:
    """All of them, left to right."""
    for match in _TIMES.finditer(text):
        yield Product(*match.span(), Decimal(match["many"]) * Decimal(match["each"]), match["unit"].lower())
    for match in _TRANSFORMERS.finditer(text) if _TRANSFORMER.search(text) else ():
        several = read_number(match["many"])
        if several is not None and several > 1:
            yield Product(*match.span(), several * Decimal(match["each"]), "千伏安")
    for match in _ROOMS.finditer(text) if "各" in text else ():
        rooms, one = read_number(match["many"]), read_number(match["each"])
        if rooms is not None and one is not None:
            yield _with_more(text, match, rooms * one, match.start())
    for match in _IN_ROOMS.finditer(text):
        parts = list(re.finditer(rf"({NUMBER})\s?{match['unit']}", match[0]))
        told = [number for one in parts if (number := read_number(one[1])) is not None]
        if len(told) == len(parts):
            start = match.start()
            yield Product(start + parts[0].start(), start + parts[-1].end(), sum(told, Decimal(0)), match["unit"])
    for match in _HOMES.finditer(text) if "户" in text else ():
        many, each = read_number(match["many"]), read_number(match["each"] or match["times"])
        if many is not None and each is not None:
            blocks = _BLOCKS.search(text, max(0, match.start() - 16), match.start())
            times = (read_number(blocks["many"]) or 1) if blocks else 1
            yield Product(*match.span("told" if match["told"] else "crossed"), times * many * each, "户")
    for match in _EACH.finditer(text) if "每" in text else ():
        many, each = read_number(match["many"]), read_number(match["each"])
        if many is None or each is None:
            continue
        kept = match.start("told") if match["of"] in _BUILT else match.start()
        yield _with_more(text, match, many * each, kept)


def _with_more(text: str, match: re.Match[str], total: Decimal, start: int) -> Product:
    """What is added behind the many that are alike: 9个班每班1台 门厅再1台, 另加门厅1台."""
    end = match.end()
    for _ in range(_MOST_MORE):
        more = _MORE.match(text, end)
        number = read_number(more["more"]) if more and more["unit"] == match["unit"] else None
        if more is None or number is None:
            break
        total, end = total + number, more.end()
    return Product(start, end, total, match["unit"])
