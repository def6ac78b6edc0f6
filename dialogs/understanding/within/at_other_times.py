"""Amounts of another time than the one the form asks for: 平常60千瓦 忙时能到110, 去年用80 今年要150, 实际用350."""

import re
from itertools import pairwise

from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once

_USUAL = re.compile(r"(?:平常|平时|平日|平素|往常|日常|淡季|闲时|闲的时候|不忙的?时候?|正常)[^\d,。;\n]{0,10}$")
_AT_MOST = re.compile(
    r"(?:忙时|忙的时候|忙起来|忙的?时节?候?|旺季|高峰|顶峰|尖峰|最高|最大|最多|顶多|满负荷|满载|全开|开全|开足|开满|都开|冲到)[^\d,。;\n]{0,12}$"
)
_PAST = re.compile(r"(?:去年|前年|往年|头年|上年|早几年|前几年|上回|上次)[^\d,。;\n]{0,10}$")
_NOW = re.compile(r"(?:今年|现在|眼下|如今|这回|这次|本次|今后|往后)[^\d,。;\n]{0,10}$")
_FAR = 18
_POWER = ("千瓦", "千伏安", "kw", "kva", "个千瓦", "个千伏安")
"""A supply must bear the most there will be; of water the usual day is asked."""


@once
def _outdone(marked: Marked) -> frozenset[int]:
    """Where the amounts begin that one of the time asked for follows, or stands before."""
    found = set[int]()
    for one, other in pairwise(marked.amounts[1]):
        if one.number is None or other.number is None or one.unit not in ("", other.unit) or other.unit not in _POWER:
            continue
        start = marked.sentence_start(one.start)
        ahead = marked.said(max(start, one.start - _FAR), one.start)
        between = marked.said(one.end, other.start)
        if _USUAL.search(ahead) and _AT_MOST.search(between) or _PAST.search(ahead) and _NOW.search(between):
            found.add(one.start)
        elif _AT_MOST.search(ahead) and _USUAL.search(between):
            found.add(other.start)
    return frozenset(found)


def is_of_another_time(marked: Marked, start: int) -> bool:
    """Whether the amount here is what is usual, or was once, beside what will be at most."""
    return start in _outdone(marked)
