"""Signs between the parts of a note, written as other people write them."""

import re

from dialogs.sought import Sought

_NUMBERED = re.compile(r"[\u2460-\u2473\u2474-\u2487]")
_BARS = re.compile(r"\s*(?:[|｜¦]|//+)\s*")
_APART = re.compile(r"(?<=\d)，(?=\d)(?!\d{3}，\d{3})")
"""Φ110，740米 are two numbers; thousands are set apart by a narrow sign."""
_TOGETHER = re.compile(r"(?<=[\d百千万一二三四五六七八九十])(?=(?:一共|总共|合计|共计)[^\s])")
"""四万五千二一共一百八十万: no number ends in 一 there."""
_SLASH = re.compile(r"[/／]")
_ITEM = re.compile(r"^\s*(?:[(（]?\d{1,2}[)）、]|\d{1,2}[.．](?!\d)|[-*•·])\s*(?=[\u4e00-\u9fff])")
_SERVICE = r"(?:用?[水电气网暖]|自来水|天然气|燃气|煤气|热力|暖气|供暖|通信|网络|宽带|有线电视|有线|电视)"
_LISTED = Sought(
    rf"(?<![\d.#])1[.、)]?\s?{_SERVICE}(?:[\s,，;；、]{{0,2}}[2-6][.、)]?\s?{_SERVICE})+(?![\u4e00-\u9fff\d])"
)
_PLACE = re.compile(r"[1-6][.、)]?\s?")
"""要办:1水 2电 3气."""
_CUT = re.compile(r"(?<=[\u4e00-\u9fff)）])[-—–](?=[\u4e00-\u9fffA-Za-z\d])|(?<=[\dA-Za-z])[-—–](?=[\u4e00-\u9fff])")
_MANY_HYPHENS, _NAMED = 3, re.compile(r"[\u4e00-\u9fff]{1,5}[-—–]")
"""项目-印刷废气治理-无代码-翟坡镇创新路12号: a note that is cut by hyphens."""
_DASH = re.compile(r"((?:^|[;；])\s*[^\s\-—–:：,，;；]{2,10})\s*[—–]{1,2}\s*")
_HYPHEN = re.compile(r"((?:^|[;；\s])[\u4e00-\u9fff]{2,5})-(?=[\u4e00-\u9fff]{2,4}(?:-\d{7}|[(（]))")
_BEFORE_NUMBER = re.compile(r"(?<=[\u4e00-\u9fff)）])-(?=\d{11})")
"""法人-李示例-4107…."""
_OF_SUPPLIES = re.compile(r"[两双二2](?:条线|路|回)|双电源|主供|备供|[一二12]路")
_FIRST, _SECOND = re.compile(r"[①⑴]"), re.compile(r"[②⑵]")
_ALONE = Sought(r"(?<![\u4e00-\u9fffA-Za-z\d])([主备])(?=[:：]?\s?(?:[现原]\S{0,2})?\d)")
_NEAR = 12
"""Where a note is written with strokes, one stands so often in as many characters."""
_PER = re.compile(r"(?:吨|方|立方|m3|m³|立方米|兆|mb|MB|平方)$")
_TIME = re.compile(r"(?:日|天|小时|时|h|H|s|S|月|d)(?![\u4e00-\u9fff])")


def separated(line: str) -> str:
    """The line with 主 1100千瓦 as 主路, with circled numbers and bars as full stops, a tab as a colon behind a name, strokes as commas."""
    line = _ALONE.sub(r"\1路", _DASH.sub(r"\1:", line))
    line = _LISTED.sub(lambda listed: _PLACE.sub("", listed[0]), line)
    if len(_CUT.findall(line)) >= _MANY_HYPHENS:
        line = _CUT.sub(",", _CUT.sub(":", line, count=1)) if _NAMED.match(line) else _CUT.sub(",", line)
    line = _BEFORE_NUMBER.sub(" ", _HYPHEN.sub(r"\1:", line))
    if _OF_SUPPLIES.search(line):
        line = _SECOND.sub(";第二路 ", _FIRST.sub(";第一路 ", line))
    line = _TOGETHER.sub(",", _APART.sub(", ", line))
    line = _ITEM.sub("", _BARS.sub(";", _NUMBERED.sub(";", line)))
    if "\t" in line:
        line = line.replace("\t", ":" if line.count("\t") == 1 else ",")
    strokes = [match.start() for match in _SLASH.finditer(line) if _divides(line, match.start())]
    if len(strokes) >= max(2, len(line) // (_NEAR * 3)):
        for at in strokes:
            line = line[:at] + "," + line[at + 1 :]
    return line


def _divides(line: str, at: int) -> bool:
    """Whether a stroke stands between two parts: not in a date, a unit or a pair of numbers or letters."""
    before, after = line[:at], line[at + 1 :]
    if before[-1:].isdigit() and after[:1].isdigit():
        return bool(re.search(r"\d{6}$", before) or re.match(r"\d{6}", after))
    return not (_PER.search(before) and _TIME.match(after))
