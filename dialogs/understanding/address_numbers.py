"""The numbers of an address, put right by somebody who has noticed it: 26号，噢不，62号; 地址更正：是6排5号，4号为伯父家."""

import re

from dialogs.numerals import read_number

NOTICED = re.compile(
    r"[噢哦啊呃哎]?不对|[噢哦啊呃哎]不|不不|不是(?!\d|[同一这那][一个处家码块回里儿边])|慢着|等等|且慢|口误|更正|勘误|[讲说写报打敲念登填记看]错|错了|"
    r"[写说报念打记]反|颠倒|反了|才(?:是|对)"
)
"""What people say when they notice it."""
_UNIT = r"(?:号楼|号(?!楼)|排|组|队|栋|幢|座|单元|室|层|户|家|间)"
_PART = re.compile(
    rf"(?P<number>\d{{1,4}}|[一二三四五六七八九十百零]{{1,6}})(?P<unit>{_UNIT})"
    r"|(?<=[栋幢座楼元\-])(?P<room>\d{3,4})室?(?![\d号栋幢])"
)
"""Also the number of a flat that stands without a word for it: 12栋903."""
_WRONG_ONE = re.compile(r"(?:[写说报念打讲填登记]成|不是|不叫|先头|刚才|原写|误写|误报)[是为了的]?\s?$")
"""Before the number that was wrong: 写成十六号."""
_OTHERS = re.compile(r"(?:[是为属]|那是|住的?是?|那[家户])(?!我|俺|咱|自|对|才|正|新|老?家)[一-鿿]")
"""Behind the number of somebody else's house: 4号为伯父家, 26号是卖化肥的."""
_BESIDE = re.compile(r"(?:旁边|隔壁|对门|对面|邻居)[一-鿿]{0,2}$")
_OF_MONTH = re.compile(r"(?:\d|[一二三四五六七八九十]|[这本下上当]个?)月份?的?\s?$")
_OF_DAY = re.compile(r"\s?(?:[上下中]午|早[上晨]|晚上|[以之][前后]|前[要得]|左右)")
"""Before and behind the number of a day: 下月8号, 8号上午."""


def put_right(address: str, said: str) -> str | None:
    """The address with the one number of a kind that it has otherwise in `said`; None if nothing, or more than one, is meant."""
    if NOTICED.search(said) is None:
        return None
    numbers = {_unit(one): one for one in _PART.finditer(address)}
    meant = dict[str, set[str]]()
    for part in _PART.finditer(said):
        old = numbers.get(_unit(part))
        if old is None or _WRONG_ONE.search(said, max(0, part.start() - 6), part.start()):
            continue
        if _same(_number(part), _number(old)) or _is_elsewhere(said, part):
            continue
        meant.setdefault(_unit(part), set()).add(_number(part))
    made = address
    for unit, old in sorted(numbers.items(), key=lambda one: -one[1].start()):
        if len(meant.get(unit, ())) == 1:
            (new,) = meant[unit]
            start, end = old.span("room" if old["room"] else "number")
            made = f"{made[:start]}{new}{made[end:]}"
    return None if made == address else made


def _unit(part: re.Match[str]) -> str:
    return "室" if part["room"] else part["unit"]


def _number(part: re.Match[str]) -> str:
    return part["room"] or part["number"]


def _is_elsewhere(said: str, part: re.Match[str]) -> bool:
    return bool(
        _OTHERS.match(said, part.end())
        or _BESIDE.search(said, max(0, part.start() - 6), part.start())
        or (part["unit"] == "号" and (_is_day(said, part) or _is_building(said, part)))
    )


def _is_day(said: str, part: re.Match[str]) -> bool:
    return bool(_OF_DAY.match(said, part.end()) or _OF_MONTH.search(said, max(0, part.start() - 6), part.start()))


def _is_building(said: str, part: re.Match[str]) -> bool:
    """Whether the same number is a building beside it: 7号楼挪下期 都不报7号."""
    return re.search(rf"(?<!\d){re.escape(_number(part))}(?:号楼|#|栋|幢)", said) is not None


def _same(one: str, other: str) -> bool:
    return one == other or read_number(one) == read_number(other)
