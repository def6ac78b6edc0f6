"""Places that are spoken of and are nobody's here: where others are, and what is asked about."""

import re

from dialogs.asking import asks
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once

_OF_OTHERS = re.compile(
    r"(?:房东|邻居|隔壁|别人|人家|告知|答复|上次|上回|去年|前年|营业厅|大厅|供电所|水厂|你们)[^,。;\n]{0,8}$"
)
_OF_KIN = re.compile(
    r"(?:[我俺咱](?:表|堂)?[姐哥弟妹舅姨姑叔]{1,2}|亲戚|朋友|同学|同事|老乡)(?:他|她)?们?家?[^,。;\n]{0,6}$"
)
_BEFORE = 16
_QUESTION = 40
"""A longer piece, without any sign in it, says more than it asks."""


@once
def is_elsewhere(marked: Marked, start: int, end: int, told: bool) -> bool:
    """Whether the place here is another's, or asked about; relatives may be applied for until an address was `told`."""
    piece = marked.piece_at(start)
    before = marked.said(max(piece.start, start - _BEFORE), start)
    if _OF_OTHERS.search(before) or (told and _OF_KIN.search(before)):
        return True
    said = marked.said(piece.start, max(piece.end, end) + 1)
    return len(said) <= _QUESTION and asks(said)
