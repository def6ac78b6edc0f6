"""Options that are named and not meant: denied, asked about, moved away from."""

import re

from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once

_NOT_MEANT = re.compile(
    r"(?:不是|不属于|不算|非|没有|不含)[^是,。]{0,4}$|(?<![要是能算])不(?:再?[写填选报按勾走记登]成?)?$"
)


_DENIAL = 8
"""Characters of it, at most, and one more."""


@once
def denied(marked: Marked, at: int) -> bool:
    """Whether an option here is said not to be meant: 不是住宅, 也不是商用工业."""
    before = marked.said(max(marked.piece_at(at).start, at - _THOUGHT), at)
    if _SAID_FIRST.search(before) and _SAID_THEN.search(marked.text, at, marked.sentence_end(at)):
        return True
    return bool(_NOT_MEANT.search(before[-_DENIAL:]) or _ONLY_THOUGHT.search(before))


_THOUGHT = 16
_SAID_FIRST = re.compile(
    r"(?:先|一?开始|起先|起初|刚才|刚刚|本来|原先)[^,。;\s\d]{0,2}[说讲报填选勾写][的了是成]?[^,。;\s\d]{0,2}$"
)
_SAID_THEN = re.compile(r"改口|改主意|改成|改为|改[报选填]|又[说讲改换]|后来|回头又|现在又|[这现]会?儿?又|想想又")
"""他先说工业 又改口 按商业: what was said first is not meant."""
_ONLY_THOUGHT = re.compile(
    r"(?:起先|起初|原先|本来|原本|一?开始|最早|先前|之前|原来)[^,。;\s就]{0,2}(?:想|打算|准备|考虑|觉得|填|选|勾)[^,。;\s]{0,6}$"
    r"|(?:以为|当成?是|当作)[^,。;\s]{0,6}$|(?:列着|列有|印着|选项里?有)$"
)
"""起先想填工业, 本以为属特种行业: what was thought before; 里头列着餐饮: what is on offer."""


_REFUSED = re.compile(
    r"(?:不用|不需要?|不要|不必|甭|用不着|没必要|无需|先不|暂不|暂时不|别)(?:再|去|来|给我|帮我|派人)?$"
)


@once
def refused(marked: Marked, at: int) -> bool:
    """Whether what is named here is said not to be wanted: 不用上门, 先不开峰谷."""
    return bool(_REFUSED.search(marked.said(max(marked.piece_at(at).start, at - _DENIAL), at)))


@once
def asked_whether(marked: Marked, at: int) -> bool:
    """Whether the words here are a question of the form 要不要, or something one moves away from (从移动换到)."""
    before, after = marked.said(max(0, at - 3), at), marked.text[at : at + 10]
    if before[-1:] and after[:1] in "不没" and before[-1] == after[1:2]:
        return True  # 算|不算非线性, 有|没有发电机: neither
    if _OR_NOT.match(marked.text, at) or _OR_NOT.match(marked.text, max(0, at - 2)):
        return True  # 变频|不变频他不懂: neither
    if re.match(r"[^\s,。;]{2,8}?(?:(?:不|么)(?=$|[\s,。;?!])|吗)", marked.text[at : at + 12]):
        return True  # 算非线性不
    if (
        re.match(r"[^\s,。;]{1,4}?([装要用开换])不\1", marked.text[at : at + 8])
        or re.search(r"(?:老板|法人)是我$", marked.said(max(0, at), at + 4))
        and re.match(r"[^\s]{4}(?:姐|哥|爸|妈|爱人|老公|老婆|弟|妹|叔|舅|朋友|同学|们|家)", marked.text[at : at + 6])
    ):
        return True
    if re.match(r"[^\s,。;]{1,4}?(?:是不是|能不能|行不行|好不好|便宜(?!点))", after):
        return True
    if re.search(r"(?:要不|是不|有没|能不|算不|属不)$", before) or re.match(
        r"(?:要不要|是不是|有没有|能不能|算不算)", after
    ):
        return True
    moved = re.match(r"[^\s,。;]{1,6}?(?:换|改|转|变|携|到)", after)
    return bool(re.search(r"(?:从|由)$", before) and moved and not re.match(r"[^\s,。;]{1,4}改成", after))


_OR_NOT = re.compile(r"(?P<word>[\u4e00-\u9fff]{2})不(?P=word)")
_WORD = re.compile(r"电[视话梯影脑商]|气[象味]")


def in_a_word(marked: Marked, end: int) -> bool:
    """Whether what ends here ends inside another word: 通电视 brings no power."""
    return bool(_WORD.match(marked.text, end - 1))
