"""Options that are named and let go of again (安广不要了), or only weighed (移动的太慢)."""

import re

from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once

_DROPPED = re.compile(
    r"(?:(?:[和跟与、]|还有)[^,。;\s和跟与、]{2,6})?(?:\s?:\s?)?(?:那个|这个|那块|这块|的话|[两这那][栏格项])?(?:就|也|先|都|暂时|目前)?(?:不要|不用|不需要|不装|不办|去掉|取消|不上|免了|不填|作罢|拉倒|算了)了?(?![\d一两二三四五六七八九十]{1,3}[部台个门条])"
)
_OWN_WELL = re.compile(
    r"(?:的?水)?(?:都|就|一直)?(?:是|用|靠|有)?的?(?:自家|自己|自打|院里|山上)[^,。;\s]{0,3}?(?:井|泉)"
)
_LEAVES = re.compile("销|拆|停|迁|搬")
_COMPARED = re.compile(
    r"(?:的|那边|这边|信号|网络?|宽带|家)*(?:太|老是?|总是?)(?:慢|卡|贵|差|掉|断)|(?:的|[和或跟、还是]{1,2}[^,。;\s]{2,4})?都(?:可以|行|中|成|无所谓)"
)

_LEFT_THERE = re.compile(r"\s?(?:[不别甭](?:用|要|需要?)?(?:动|[挪移搬](?:动|走)?)|照旧|留着)(?=$|[ ,。;]|还?[就在])")


@once
def is_left_there(marked: Marked, at: int) -> bool:
    """Whether what is named before this place stays where it is: 表不动 光动管子."""
    return bool(_LEFT_THERE.match(marked.text, at))


@once
def is_dropped(marked: Marked, at: int) -> bool:
    """Whether what is named before this place is not wanted any more."""
    return bool(_DROPPED.match(marked.text, at))


@once
def tells_of_leaving(marked: Marked) -> bool:
    """Whether something is given up or moved: what is dropped then is no option."""
    return bool(_LEAVES.search(marked.text))


@once
def is_compared(marked: Marked, at: int) -> bool:
    """Whether what is named is only weighed, or found wanting: 移动的太慢, 电信和移动都可以."""
    return bool(_COMPARED.match(marked.text, at))


@once
def has_own_well(marked: Marked, at: int) -> bool:
    """Whether what is named before this place comes from a well of theirs: 吃水是自家井."""
    return bool(_OWN_WELL.match(marked.text, at))
