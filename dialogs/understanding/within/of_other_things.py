"""Amounts that count or measure something else of ours: firms and services (两家一起报), the speed of a line of its own (专线50兆)."""

import re

from dialogs.understanding.atoms import Atom
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from model.fields import ChoiceField, TextField


@once
def is_no_home(marked: Marked, start: int, end: int) -> bool:
    """Whether 家 counts firms or services, and no households: 开了一家饭馆, 电和通信两家一起报."""
    return bool(_FIRM.match(marked.text, end) or _OF_SERVICES.search(marked.said(max(0, start - 4), start)))


_OF_SERVICES = re.compile(r"(?:水|电|气|暖|网|视|通信|电信|移动|联通|广电|供热|热力)[这那]?$")
_FIRM = re.compile(r"[一-鿿A-Za-z]{0,6}?(?:店|馆|铺|厂|公司|坊|园|院|吧|KTV|超市|企业)")
"""新开了一家饭馆 is no household."""


_LINE_FAR = 24


@once
def is_of_line(marked: Marked, start: int, end: int) -> bool:
    """Whether a speed is that of a line for which the form has a cell of free words: 到宣城的专线,带宽100M."""
    begin = max(marked.sentence_start(start), start - _LINE_FAR)
    found = False
    for hit in marked.hits_from(begin, min(end + 6, marked.sentence_end(start))):
        behind = hit.start >= end
        if behind and marked.said(end, hit.start).strip(" 的"):
            break
        if any(isinstance(one.field, ChoiceField) for one in hit.of("option")):
            found = found and behind  # 专线50M 宽带500M
        elif any(isinstance(one.field, TextField) and one.field.cell and one.field.facts for one in hit.of("label")):
            found = True
    return found


_METERS = re.compile(r"表(?![示明])[^。;费钱交缴付元价]{0,24}$")


def is_of_meters(marked: Marked, atom: Atom) -> bool:
    """Whether 块 counts meters, and no money: 表是恒泰的,共28块."""
    if atom.unit != "块":
        return False
    before = marked.said(max(marked.sentence_start(atom.start), atom.start - 26), atom.start)
    return bool(_METERS.search(before))


_SPEED = re.compile(r"(?:宽带|带宽|网速)(?:要|装|办|用|开)?\s?$")


def is_speed(marked: Marked, atom: Atom) -> bool:
    """Whether M is a speed, and no length in metres: 宽带200M, where the form has no cell for it."""
    return atom.unit == "m" and bool(_SPEED.search(marked.said(max(0, atom.start - 5), atom.start)))
