"""What is said of others' services, or of one that is out of order: no application (隔壁装了天然气, 宽带断了找谁修)."""

import re

from dialogs.understanding.fillable import fillable
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once

_OTHERS = re.compile(
    r"(?<![跟和像从给照同比学离])(?:隔壁|邻居|对门|别人|人家(?![说让要叫讲问都]|[^\s,。;]{0,8}[有得]空)|(?:楼[上下]|旁边|对面|前面|后面|附近|周围)(?:那|的)?[^\s,。;]{0,3}?(?:家|店|户|厂)|楼[上下](?:的|家)?(?:暖气|水管|水|空调)?(?:老是?|又|总是?)?(?:漏|跑水|滴水|爆))"
    r"|[二三四大小表堂](?:叔|伯|舅|姨|姑|哥|弟)(?:他们?)?(?:家|自己)?(?:家里?|房顶上?|屋顶上?|楼顶上?|院里?|厂里?|店里?)(?:也|倒|都|是)?(?:有|装了|上了)"
)
_MINE = re.compile("我|俺|咱|自己|本[人店厂]|也(?:想|要)")
_APPLIES = re.compile(
    r"(?:来电|来人|要|想|替|给|帮)[^。;\n]{0,14}?报(?!修)(?:装|个)?用?[水电气网暖]|(?:想|要|得)(?:换|增|加|扩|升)(?:成|到|个|一?台)"
)
"""替他爹报用电 … 想换成一百二的: one may apply and speak of bills."""
_BROKEN = re.compile(
    r"断网|断了|掉线|没信号|坏了|漏水|爆管|停[水电气]|报修|维修|[找谁来]修|修一?[下修]|欠费|[水电气网话]费(?!一?直?(?:走|按|归|照)的?)|(?<!套费)缴费(?!的?(?:面积|金额))|充值|[水电气网]{1,3}卡|网速?太?[慢卡]|老掉|老断"
)


@once
def others_talk(marked: Marked) -> tuple[tuple[int, int], ...]:
    """The stretches in which others are spoken of, each up to the end of its piece."""
    return tuple(
        (found.start(), piece.end)
        for piece in marked.pieces
        if (found := _OTHERS.search(marked.text, piece.start, piece.end))
        and not _MINE.search(marked.text, found.end(), piece.end)
    )


@once
def is_others(marked: Marked, at: int, chosen: bool) -> bool:
    """Whether what is said here is of somebody else's: the only service named, with none `chosen`, is wanted all the same."""
    return in_others_talk(marked, at) and (
        chosen or any(not in_others_talk(marked, start) for start, _, _ in marked.services)
    )


def in_others_talk(marked: Marked, at: int) -> bool:
    """Whether others are spoken of at this place."""
    return any(start <= at < end for start, end in others_talk(marked))


@once
def only_complains(marked: Marked) -> bool:
    """Whether something is out of order or to be paid, and nothing is to be done that the form knows."""
    if not _BROKEN.search(marked.text) or _APPLIES.search(marked.text):
        return False
    doings = fillable(marked.form).doings
    return not any(sense.field.id in doings for hit in marked.hits for sense in hit.of("option", "fact"))
