"""Tables of several phases of a project, 一期 beside 二期 or above it: only the phase that is applied for is read."""

import re
from collections.abc import Callable, Mapping

from dialogs.numerals import read_number
from model.draft import Answer
from model.fields import NumberField
from model.form import Form
from model.values import Amount

_N = r"(?:[一二三四五六七八九十]|\d{1,2})"
_PHASE = re.compile(rf"第?(?P<number>{_N})期(?P<said>(?:工程|项目)?\s?(?:[(（][^()（）\n]{{0,16}}[)）])?)")
_AT = re.compile(rf"\s{{0,4}}{_PHASE.pattern}(?=$|[\s|｜:：])")
_NOW = re.compile(
    rf"(?<!不)(?:这次|本次|这回|此次|这趟|眼下|目前|只|仅|先)[^\n。,，;；\d一二三四五六七八九十]{{0,6}}第?(?P<one>{_N})期"
    rf"|(?<![不没])(?:报|申请|办理?)(?:的|装)?(?:是|就是|只|就)?第?(?P<two>{_N})期"
    rf"|(?P<three>{_N})期(?:那|这)?一?[列行栏]?(?:才|就)?是?(?:这次|本次|这回|要报)"
)
_OURS, _DONE = (
    re.compile(r"[这本此][次回期]|要报|在报"),
    re.compile(r"已|完|过|前年|去年|年|不报|未开|未动|没开|没动|待建|规划中"),
)
_CUT = re.compile(r"\s*[\t|｜]\s*|\s{2,}")
_EMPTY = re.compile(r"[\s\-—–/无空]*|未开工|未动工|没开工|待建|规划中|暂无")
_RULE = re.compile(r"[\s\-—=+|:_]+")
_UNIT = re.compile(r"\s?[(（]\s?(?P<unit>㎡|m2|平方?米?|万平方?米?|万?元|块|栋|期)\s?[)）]\s?$")
_BARE = re.compile(r"[\d.,]+")
_MOST = 400


def one_phase(message: str, known: int | None = None) -> str:
    """The message with its table of phases as lines for the one that is meant: 楼号:6#-9#. What is no such table stays.

    Meant is the phase that is named as this one, else the one `known` before, else the last that has numbers and is not
    told to be done already.
    """
    if message.count("期") < 2 or message.count("\n") < 2:
        return message
    lines = message.split("\n")[:_MOST]
    for make in (_columns, _rows):
        if made := make(lines, lambda phases: _meant(message, phases, known)):
            first, last, told = made
            return "\n".join([*lines[:first], *told, *lines[last:]])
    return message


def _meant(message: str, phases: dict[int, str], known: int | None) -> int | None:
    """The number of the phase; `phases` are those with numbers and what is said of them."""
    named = [read_number(one["one"] or one["two"] or one["three"]) for one in _NOW.finditer(message)]
    marked = [number for number, said in phases.items() if _OURS.search(said)]
    for number in (*marked, *(int(one) for one in named if one is not None), known):
        if number in phases:
            return number
    left = [number for number, said in phases.items() if not _DONE.search(said)]
    return left[-1] if left else None


def this_phase(form: Form, answers: Mapping[str, Answer]) -> int | None:
    """The phase that was told before to be the one applied for."""
    for name, answer in answers.items():
        field = form.fields.get(name)
        counts = isinstance(field, NumberField) and field.unit == "期" and "次" in field.called
        if counts and isinstance(answer.value, Amount):
            return int(answer.value.number)
    return None


_Meant = Callable[[dict[int, str]], int | None]


def _columns(lines: list[str], meant: _Meant) -> tuple[int, int, list[str]] | None:
    """A column for each phase below a line of their names."""
    for at, line in enumerate(lines):
        heads = list(_PHASE.finditer(line))
        if len(heads) < 2 or _PHASE.sub("", line).strip(" \t|｜:：").strip() not in _CORNERS:
            continue
        rows, end = list[list[str]](), at + 1
        while end < len(lines) and (cells := _cells(lines[end], len(heads) + 1)) is not None:
            rows += [cells] if cells else []
            end += 1
        phases = {_number(one): one["said"] for one in heads}
        if not rows or (number := meant(phases)) is None:
            return None
        column = list(phases).index(number) + 1
        return at, end, [_line(cells[0], cells[column]) for cells in rows if not _EMPTY.fullmatch(cells[column])]
    return None


_CORNERS = ("", "项目", "指标", "名称", "内容", "期", "分期", "期数", "栏目", "期别")


def _rows(lines: list[str], meant: _Meant) -> tuple[int, int, list[str]] | None:
    """A row for each phase below a line of names."""
    for at, line in enumerate(lines[:-2]):
        below = at + 1 + bool(_RULE.fullmatch(lines[at + 1]))
        first = _AT.match(lines[below].lstrip("|｜ ")) if below < len(lines) else None
        names = _split(line)
        if first is None or len(names) < 3 or any(map(str.isdigit, line)):
            continue
        told, end = dict[int, list[str]](), below
        phases = dict[int, str]()
        while end < len(lines) and (row := _AT.match(lines[end].lstrip("|｜ "))):
            cells = _cells(lines[end], len(names))
            if cells and sum(bool(re.search(r"\d", one)) for one in cells[1:]) > 1:
                told[_number(row)], phases[_number(row)] = cells, row["said"]
            end += 1
        if end - below < 2 or not told or (number := meant(phases)) is None:
            return None
        pairs = zip(names[1:], told[number][1:], strict=True)
        return at, end, [_line(name, cell) for name, cell in pairs if not _EMPTY.fullmatch(cell)]
    return None


def _number(match: re.Match[str]) -> int:
    return int(read_number(match["number"]) or 0)


def _split(line: str) -> list[str]:
    return [one.strip() for one in _CUT.split(line.strip().strip("|｜").strip())]


def _cells(line: str, many: int) -> list[str] | None:
    """The cells of a row; none for a mere rule; None if the line is no row of so many cells."""
    if line.strip() and _RULE.fullmatch(line):
        return []
    for cells in (_split(line), line.split()):
        if len(cells) == many and cells[0]:
            return cells
    return None


def _line(name: str, cell: str) -> str:
    unit = _UNIT.search(name)
    plain = name[: unit.start()] if unit else name
    return f"{plain}:{cell}{unit['unit'] if unit and _BARE.fullmatch(cell) else ''}"
