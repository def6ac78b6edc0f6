"""Whoever signs: a name that stands alone at the end of what is told (家里想装煤气,李示例), or beside what is said of oneself."""

import re

from dialogs.understanding.marked import Marked
from dialogs.understanding.names import Name
from dialogs.understanding.once import once

_BEFORE = re.compile(r"[,。;!?\n ]\s?$|(?:落款|签名|署名)[:\s]\s?$")
_AFTER = re.compile(r"[\s,]?(?:[男女]|(?:\d{4}年)?\d{1,2}月\d{1,2}[日号])?[\s。.!]*$")
_SAYS = re.compile(r"谢谢|多谢|[啦哈哦喽呀啊哟嘛呗噢咯用开装接换弄搞看说]$")
"""What ends a message and is no name: 谢谢啦."""
_ENDS = re.compile(r"[\s,。;\d]|$")
_LEAST = 3
_OF_MYSELF = re.compile(
    r"(?:^|[\s,。;])(?!(?:联系|打|找|给|叫|帮|问|告诉|通知|加)[我俺])[^,。;\s]{0,6}[我俺][^,。;\s]{0,6}?"
    r"(?:(?<!爸)(?<!妈)(?<!他)(?<!她)的|来|跑|去|办|当家|做主|开|弄|名下?|经手|签字?|就行)[\s,]$"
)
"""委托我来的 李示例, 房子是我的 李示例."""
_BEGINS = re.compile(
    r"[\s,](?:[我俺](?![爸妈们老爱媳儿女哥弟姐妹])|(?:来|想|要|申请|给家里|家里?要?)?(?:[报办装接过改换](?!的)|新装|增容|销户|临时用))"
)
"""李示例 报电: who wants it, first of all."""


@once
def signs(marked: Marked, name: Name) -> bool:
    """Whether this is such a name, and of all the others it is said what they are."""
    if name.kind != "person" or name.cue or len(name.text) < _LEAST or _SAYS.search(name.text):
        return False
    others = [one for one in marked.people if one is not name and one.kind == "person"]
    if not name.start:
        return not others and bool(_BEGINS.match(marked.text, name.end))
    if _OF_MYSELF.search(marked.text, max(0, name.start - 20), name.start):
        return bool(_ENDS.match(marked.text, name.end))
    if not _BEFORE.search(marked.said(max(0, name.start - 4), name.start)):
        return False
    return bool(_AFTER.match(marked.text, name.end)) and all(one.cue for one in others)
