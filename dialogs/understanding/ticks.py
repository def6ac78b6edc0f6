"""Ticks, crosses and boxes as they stand on forms, in words: 换热站√ 庭院管网×, 热量表 ☑已装 □未装, 外线(√)."""

import re

_TICKED, _EMPTY = "√✓✔☑✅■☒", "□☐▢○◻"
_CROSS = re.compile(r"(?<=[\u4e00-\u9fff)）:：\s])(?<!\d\s)[×✗✘✕❌](?=\s?(?:$|[,，。;；、/()（）]|\s))")
_TICK = re.compile(r"(?<=[\u4e00-\u9fff:：)）\s])[(（\[]?\s?[√✓✔☑✅]\s?[)）\]]?(?=\s?(?:$|[,，。;；、/()（）]|\s))")
_BEHIND_WORD = re.compile(rf"[^\s{_TICKED}{_EMPTY},，。;；:：]{{1,8}}\s?[{_EMPTY}]")
_BEFORE_WORD = re.compile(rf"[{_EMPTY}]\s?[^\s{_TICKED}{_EMPTY},，。;；:：]{{1,8}}")
_BOX_FIRST = re.compile(rf"(?:^|[\s:：,，;；(（])[{_TICKED}{_EMPTY}]\s?[\u4e00-\u9fff]")
_MARK = re.compile(rf"[{_TICKED}]")
_ANY = re.compile(rf"[×✗✘✕❌{_TICKED}]")


def unticked(line: str) -> str:
    """The line with 是 and 否 for ticks and crosses, and of words beside boxes those alone that are ticked."""
    if not _ANY.search(line):
        return line
    if any(box in line for box in _EMPTY):
        line = (_BEFORE_WORD if _BOX_FIRST.search(line) else _BEHIND_WORD).sub(" ", line)
        return _MARK.sub(" ", line)
    return _CROSS.sub("否", _TICK.sub("是", line))
