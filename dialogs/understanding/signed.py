"""Whoever signs: a name that stands alone at the end of what is told (家里想装煤气,李示例)."""

import re

from dialogs.understanding.marked import Marked
from dialogs.understanding.names import Name
from dialogs.understanding.once import once

_BEFORE = re.compile(r"[,。;!?\n ]\s?$|(?:落款|签名|署名)[:\s]\s?$")
_AFTER = re.compile(r"[\s,]?(?:[男女]|(?:\d{4}年)?\d{1,2}月\d{1,2}[日号])?[\s。.!]*$")
_SAYS = re.compile(r"谢谢|多谢|[啦哈哦喽呀啊哟嘛呗噢咯用开装接换弄搞看说]$")
"""What ends a message and is no name: 谢谢啦."""
_LEAST = 3


@once
def signs(marked: Marked, name: Name) -> bool:
    """Whether this is such a name, and of all the others it is said what they are."""
    if name.kind != "person" or name.cue or len(name.text) < _LEAST or _SAYS.search(name.text):
        return False
    if not name.start or not _BEFORE.search(marked.said(max(0, name.start - 4), name.start)):
        return False
    others = (one for one in marked.people if one is not name and one.kind == "person")
    return bool(_AFTER.match(marked.text, name.end)) and all(one.cue for one in others)
