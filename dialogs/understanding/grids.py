"""Tables pasted from elsewhere, written as one line for each name of a field and its value."""

import re
from collections.abc import Callable, Iterator

_CELLS = re.compile(r"\s*[\t|｜¦│]\s*")
_RULE = re.compile(r"[\s\-—=+|:_│┼]+")
_BOXED = re.compile(r"[【\[〔〖]\s*([^】\]〕〗\n]{2,16})\s*[】\]〕〗]\s*[:：]?\s*")
_ITEMS = re.compile(
    r"(?:^|(?<=[\s;；,，。]))[(（]?(\d{1,2})(?:[、)）]|[.．](?!\d))\s*(?=[\u4e00-\u9fff])", re.MULTILINE
)
_LISTED = re.compile(r"([^:：\n]{5,60})[:：]\s*([^\n:：]{5,400})")
_BETWEEN = re.compile(r"\s*[、,，/;；+]\s*|\s+")
_AND = re.compile(r"\s*[、,，/;；+和及与]\s*|\s+")
_NUMBER = re.compile(r"[\d\-]{7,}")
_NUMBERED = re.compile(r"电话|手机|号|码|座机|方式")
_FIGURE = re.compile(r"\d{1,4}(?:\.\d{1,4})?")
_SHARED = ("地址", "电话")
_SHORT = 16
_ROWS = 400
"""Lines below a head that may belong to it."""
_HEADS = re.compile(r"序号|项目|栏目|内容|填写内容|名称|信息|备注|填报内容|值")
_STROKE = re.compile(r"\s*([^\s:：]{2,12}?)\s*(?:[-=]>|→|～|~|…+|\.{3,}|_{2,}|[:：]{2,})\s*(\S.*)")
_END = re.compile(r"\s*[:：]\s*$")
_OF_SERVICE = re.compile(r"[^\s:：]{1,4}[:：]")


def unrolled(message: str, is_name: Callable[[str], bool]) -> str:
    """The message with its tables in lines of their own: 姓名:吴小梅. What is no table stays as it is."""
    if "\n" not in message and not re.search(r"[\t|｜¦│【\[〔〖:：、>→～~…_]", message):
        return message
    return "\n".join(_lines(_items(_BOXED.sub(lambda box: _own_line(box, is_name), message)).splitlines(), is_name))


def _own_line(box: re.Match[str], is_name: Callable[[str], bool]) -> str:
    return f"\n{box[1]}:" if is_name(box[1]) else box[0]


def _items(message: str) -> str:
    """1、… 2、… 3、… in one line as lines."""
    numbers = [int(one[1]) for one in _ITEMS.finditer(message)]
    return _ITEMS.sub("\n", message) if len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1)) else message


def _lines(lines: list[str], is_name: Callable[[str], bool]) -> Iterator[str]:
    at = 0
    while at < len(lines):
        line, rest = lines[at], lines[at + 1 : at + 1 + _ROWS]
        cells = (
            [one for one in _CELLS.split(line.strip().strip("|｜¦│").strip(" ")) if one] if _CELLS.search(line) else []
        )
        if len(cells) > 2 and re.fullmatch(r"\d{1,2}[.、]?", cells[0]):
            cells = cells[1:]
        named = [is_name(one) for one in cells]
        used = 1
        if len(cells) > 1 and rest and all(map(_HEADS.fullmatch, cells)):
            pass  # 序号 项目 内容
        elif len(cells) > 1 and all(named) and (found := _columns(cells, rest, is_name)):
            yield from found[0]
            used += found[1]
        elif len(cells) > 1 and named[0] and all(named[0::2]) and not any(named[1::2]):
            yield from (f"{name}:{value}" for name, value in zip(cells[0::2], [*cells[1::2], ""], strict=False))
        elif len(cells) > 2 and not named[0] and all(map(_FIGURE.fullmatch, cells[1:])):
            yield " ".join(cells)  # 1|燃烧机|3|80
        elif (stroke := _STROKE.fullmatch(line)) and is_name(stroke[1]):
            yield f"{stroke[1]}:{stroke[2]}"
        elif (
            (listed := _LISTED.fullmatch(line.strip()))
            and not is_name(listed[1])
            and (pairs := _pairs(listed, is_name))
        ):  # 经办人及联系电话 is one name
            yield from (f"{name}:{value}" for name, value in pairs)
        elif rest and len(line) < _SHORT and is_name(_END.sub("", line.strip())) and (below := _below(rest, is_name)):
            yield f"{_END.sub('', line.strip())}:{','.join(below)}"
            used += len(below)
        else:
            yield line
        at += used


def _columns(names: list[str], rest: list[str], is_name: Callable[[str], bool]) -> tuple[list[str], int] | None:
    """A line of names over a line of values."""
    skipped = 1 if rest and _RULE.fullmatch(rest[0]) and rest[0].strip() else 0
    values = (
        [one.strip() for one in re.split(r"[\t|｜¦│]", rest[skipped].strip("\n").strip("|｜¦│"))]
        if rest[skipped:]
        else []
    )
    if len(values) != len(names) or any(is_name(one) for one in values):
        return None
    return [f"{name}:{value}" for name, value in zip(names, values, strict=True) if value], skipped + 1


def _pairs(listed: re.Match[str], is_name: Callable[[str], bool]) -> list[tuple[str, str]]:
    """姓名、电话、地址:吴小梅、139…、谢园路88号."""
    names = [one for one in _AND.split(listed[1].strip()) if one]
    values = [one for one in _BETWEEN.split(listed[2].strip()) if one]
    if len(names) < 2:
        return []
    if (end := names[-1][-2:]) in _SHARED and len(values) == 1:  # 单位/项目地址:…
        names = [one if one.endswith(end) else f"{one}{end}" for one in names]
        values *= len(names)
    if len(names) != len(values) or not all(map(is_name, names)):
        return []
    if any(_NUMBER.fullmatch(value) and not _NUMBERED.search(name) for name, value in zip(names, values, strict=True)):
        return []  # 法人、项目负责人:杜金水 138…
    return list(zip(names, values, strict=True))


def _below(rest: list[str], is_name: Callable[[str], bool]) -> list[str]:
    """What stands in the next line below a name; below a name of several services, a line for each."""
    first = rest[0].strip()
    if not first or is_name(_END.sub("", first)) or _CELLS.search(first):
        return []
    if not _OF_SERVICE.match(first):
        return [first] if not re.search(r"[:：]", first) else []
    several = [first]
    for line in rest[1:]:
        if not _OF_SERVICE.match(line.strip()) or is_name(re.split(r"[:：]", line.strip())[0]):
            break
        several.append(line.strip())
    return several if not is_name(re.split(r"[:：]", first)[0]) else []
