"""Of two amounts the former one and the one that takes its place: 现在250 要400, 315升630, 从80提到120千瓦, 800→1250."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from dialogs.understanding.atoms import Atom
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.within.grown_apart import grown_apart

_FORMER = re.compile(
    r"(?:原来?|原先|原有|现有?|现用|在用|现在|目前|眼下|本来|已有|之前|以前|从|由|老|旧)[^\d,。;]{0,10}$"
)
_OF_IT = (
    r"(?:千伏安|kva)?\s?的?(?:变压器|箱变|变|容量|电|表)?(?:已经|根本|都|就)?(?:不够用?了?|带不动了?|太小了?|不行了?)?"
)
_WISH = r"(?:这次|现在|这回|直接|想|要|打算|准备|得|需要?|申请|希望|计划|预计|都|也|给我|帮我|给|把它|再)*"
_VERB = r"(?:增|加|扩|升|提|换|涨|变|改|调|降|减|弄|搞|整|做|放|上(?=[到至]))(?:容量?|大|高|级|压|少|小|低|换|加)?"
_INTO = re.compile(
    rf"{_OF_IT}[\s,]{{0,2}}{_WISH}(?:{_VERB}(?:成|到|为|至)(?:了)?|(?:升|换|改|变|扩)|\s?(?:→|[-=]{{1,3}}>|>{{1,2}})\s?)"
    r"(?:一台|个|台|一个)?\s?",
    re.IGNORECASE,
)
_THEN = re.compile(
    rf"{_OF_IT}[^\d,。;]{{0,4}}[\s,/]{{0,2}}[^\d,。;]{{0,4}}(?:要|想|申请?|报|换|上|新|用|需要?|到|至|改|加完)"
    rf"(?:{_VERB})?(?:成|到|为|至|容量?|装|请|台|一台|一个|个|用|上|的|变压器|\s|:)*",
    re.IGNORECASE,
)
_TOO_LITTLE = (
    r"(?:已经|根本|都|就|也|有点|老是?|总是?|嫌|现在)*(?:不够|不敷|带不动|太?小|[偏嫌]小|不行|跳闸|[撑扛顶吃]不住|吃紧|用不[完了掉]|太?大)"
    r"(?:用|使|带)?(?:不了|了)?"
)
_COMPLAINED = re.compile(
    rf"(?:千伏安|kva)?\s?的?(?:变压器|箱变|变|容量|电|表)?[\s,]{{0,2}}{_TOO_LITTLE}[\s,]{{0,2}}{_WISH}(?:{_VERB})?"
    r"(?:成|到|为|至|换|上|报|装|用|申请|一台|一个|个|台|\s|:)*",
    re.IGNORECASE,
)
"""160的变压器太小了,上315的; 8千瓦不够 想要15: what is too small is what there is."""
_WISHED = re.compile(
    rf"(?:的)?[\s,]{{1,2}}(?:现在|这回|这次)?(?P<wish>想|打算|准备|希望|要|得|需要?|申请|报){_WISH}(?:{_VERB})?(?:成|到|为|至|个|\s)*"
)
"""8个千瓦 想要15."""
_SIZE = re.compile(r"\s?(?:的|个|千伏安|kva)?\s?(?:千伏安|kva|变压器|箱变|变)", re.IGNORECASE)
_APPLIED = re.compile(rf"{_OF_IT}[\s,]{{0,2}}{_WISH}申?[请报]到\s?", re.IGNORECASE)
_LOAD = re.compile(r"(?:负荷|负载|功率)[^\d,。;]{0,4}$")
_LOADS_AHEAD = re.compile(r"(?:千瓦|kw)数?[\s:]?(?:现在|现|眼下|目前|原来?|以前|从)(?:是|有)?\s?$", re.IGNORECASE)
"""千瓦 眼下560 加完980."""
_ASIDE = re.compile(r"[\s,][^\d,。;\s]{2,8}(?=[\s,])")
"""变压器现在是200的,跑不动了,换成400的: what is put between."""
_PLAIN_TO = re.compile(r"[\s,]{0,2}(?:增加?|加|扩)?(?:到|至)\s?")
_MORE = re.compile(r"(?:再|另外?|还)(?:要|想|得)?(?:加|增|添|上|要|来)|(?:加|增加|添|多)(?:个|一台|台|了)?\s?$|从|由")
_ELSE = re.compile(
    r"负荷|负载|功率|千瓦|压力|每天|日用|户|光伏|发电|备|第?[二两2]路|第?[一1]路|那路|另外?一?[路条]|[12]#"
)
POWER = ("千瓦", "千伏安", "kw", "kva", "个千瓦", "个千伏安")
_SIZES = ("千伏安", "kva", "个千伏安")
_GROWING = ("", *POWER, "兆", "m", "mb", "吨", "吨/日", "吨/天", "方", "户", "门", "部", "台")
_LOAD_UNITS = ("千瓦", "kw", "个千瓦")
_OF_TRANSFORMER = re.compile(r"\s?的?(?:变压器|箱变)")
_NOW = re.compile(r"(?:千伏安|kva|千瓦|kw)?[\s,/]{0,2}(?:现|新|今)(?:在|报|请|要|为|是|到){0,2}\s?", re.IGNORECASE)
_ONCE = re.compile(r"原(?:来|有|先)?\s?$")
_GROWS = re.compile(r"增容|扩容|加大|提容|升级|提速")
_SETS = re.compile(r"改|变|调|换")
_LONG, _SHORT = 24, 6


@dataclass(frozen=True, slots=True)
class Grown:
    """The two amounts, the second with the unit of the first where it has none; `sets`: it may be a correction of the first."""

    old: Atom
    new: Atom
    sets: bool


@once
def grown(marked: Marked) -> list[Grown]:
    """All pairs of amounts in the message of which one takes the place of the other."""
    found, amounts = list[Grown](), [one for one in marked.amounts[1] if one.unit in _GROWING and not one.vague]
    least = 0
    for one, other in pairwise(amounts):
        after, least = least, one.end
        if one.number is None or other.number is None:
            continue
        if one.unit and other.unit and one.unit != other.unit:
            continue
        if one.unit in _LOAD_UNITS and not other.unit and _OF_TRANSFORMER.match(marked.text, other.end):
            continue  # 九十千瓦,得换成160的变压器: two things
        between = marked.said(one.end, other.start)
        apart = _SHORT if one.unit not in POWER and one.unit and not other.unit else _LONG
        if len(between) > apart or _ELSE.search(between) or not _becomes(marked, one, other, between, after):
            continue
        unit = one.unit or other.unit or _unit_ahead(marked, one.start)
        told = replace(other, unit=other.unit or unit)
        found.append(Grown(replace(one, unit=unit), told, bool(_SETS.search(between))))
    if not found and (apart_sizes := grown_apart(marked)) is not None:
        found.append(Grown(*apart_sizes, sets=False))
    return found


def _unit_ahead(marked: Marked, at: int) -> str:
    return "千瓦" if _LOADS_AHEAD.search(marked.said(max(0, at - 8), at)) else ""


def _becomes(marked: Marked, one: Atom, other: Atom, between: str, least: int) -> bool:
    former = bool(_FORMER.search(marked.said(max(marked.sentence_start(one.start), one.start - 14, least), one.start)))
    if _MORE.search(between):
        return False
    if former:
        between = _ASIDE.sub("", between, count=1)
    if _INTO.fullmatch(between) or _COMPLAINED.fullmatch(between):
        return True
    if one.unit in POWER and _is_wished(marked, one, other, between):
        return True
    if _APPLIED.fullmatch(between) and not _LOAD.search(marked.said(max(0, one.start - 8), one.start)):
        return True  # 两路各630 都申请到1250
    if _ONCE.search(marked.said(max(0, one.start - 3), one.start)) and _NOW.fullmatch(between):
        return True  # 原400现630
    if one.unit and _PLAIN_TO.fullmatch(between):
        if one.unit in _SIZES and marked.text[: one.end].lower().endswith(one.unit):
            return True  # 30千伏安到80千伏安: a range has its unit once
        return former or bool(_GROWS.search(marked.text, marked.sentence_start(one.start), one.start))
    return former and bool(_PLAIN_TO.fullmatch(between) or _THEN.fullmatch(between))


def _is_wished(marked: Marked, one: Atom, other: Atom, between: str) -> bool:
    """Whether more of the same is wished for behind what there is; 负荷100千瓦 要160的变压器 tells two things."""
    if (wish := _WISHED.fullmatch(between)) is None or _SIZE.match(marked.text, other.end):
        return False
    start = marked.sentence_start(one.start)
    if _LOAD.search(marked.said(max(start, one.start - 8), one.start)):
        return False
    return wish["wish"] in ("想", "打算", "希望") or bool(_GROWS.search(marked.text, start, one.start))
