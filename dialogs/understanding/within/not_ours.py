"""Amounts that are nobody's answer: those of which a price is asked (200兆多少钱一个月), and those of others (隔壁厂报的500)."""

import re

from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.whose import is_anothers

_HOW_MUCH = (
    r"(?:多少钱|多少一|几块钱|几毛|[什啥]么?价|啥价|价格|怎么收费|咋收费|怎么收钱|咋收钱|怎么算钱|贵不贵|贵吗"
    r"|[收交缴]多少|[收交缴要]几个钱|多少费)"
)
_PRICE_OF = re.compile(rf"[^\s,。;\d]{{0,8}}{_HOW_MUCH}")
_PRICED = re.compile(rf"{_HOW_MUCH}\s?$")
"""多少钱一吨: the one of which the price is asked."""
_ONE = re.compile(r"[一1](?:户|家|个平方|平方?米?|吨|方|度|台|门)$")
"""装一户收多少: one of what a price is asked of is no number of them, whatever is wanted."""
_WANTED = re.compile(r"要(?!是|问|打听)|(?<!要)想(?!问|打听|了解|知道|咨询|晓得)|申请|报(?!个价)|装|办|换|改")
"""What is wished for; 想问下 and 要是 wish for nothing."""
_FAR = 24
_MONTHLY = re.compile(
    r"(?:每个?月|[一1]个?月|月均|全年|[一1]年|每年)[用要得]?[水气电]?(?:量|就|也)?(?:大概|大约|差不多|要|用|得|需|是|约|在)*\s?$"
)
"""一个月三百吨: forms ask for a day or an hour."""


@once
def is_not_ours(marked: Marked, start: int, end: int) -> bool:
    """Whether the amount here is only asked about, or said of somebody else."""
    piece = marked.piece_at(start)
    before = marked.said(max(piece.start, start - _FAR), start)
    priced = _PRICE_OF.match(marked.text, end)
    if priced and (not _WANTED.search(before) or _ONE.match(marked.said(start, end))):
        return True
    if _PRICED.search(before) or _MONTHLY.search(before):
        return True
    return is_anothers(marked, start, end)
