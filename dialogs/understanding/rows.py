"""Rows of tables in free text; what one sentence, or one message, leaves out of a row another may tell."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from dialogs.half_rows import lacking, left_to_follow
from dialogs.kinds.table import Cell, Row
from dialogs.understanding.flows_put_right import flows_put_right
from dialogs.understanding.marked import Marked
from dialogs.understanding.row_parts import FoundRow, in_turn, of_all, row_parts
from dialogs.understanding.unlike_rows import unlike_rows
from dialogs.understanding.within.left_open import LATER
from model.fields import Column, TableField
from model.values import Amount, Rows, Words


def found_rows(marked: Marked, table: TableField, earlier: tuple[Row, ...] = ()) -> tuple[FoundRow, ...]:
    """Whole rows of the table in the text, with what is known of them from `earlier` messages."""
    columns = _columns(table)
    if columns is None:
        return ()
    before = [FoundRow(cells, len(marked.text), 0, loose=True) for cells in earlier]
    return tuple(one for one in _joined([*before, *_parts(marked, table)], *columns) if one.end > 0)


def half_rows(marked: Marked, table: TableField, kept: tuple[Row, ...] = ()) -> tuple[FoundRow, ...]:
    """Rows of which the name and one number was said (炒炉3台), without those that are whole or `kept` by now. What is said
    to follow (流量后面补) is left open.
    """
    columns = _columns(table)
    if columns is None or len(table.columns) < 3:
        return ()
    name, _ = columns
    whole = [one.cells for one in found_rows(marked, table, tuple(row for row in kept if lacking(table, row)))]
    parts, found = _parts(marked, table), list[FoundRow]()
    for one in parts:
        called = one.cells[name.id]
        if one.loose or not lacking(table, one.cells) or not _is_thing(called):
            continue
        if _is_of_other(marked, table, one) or _ELECTRIC.match(marked.text, one.end):
            continue
        if any(alike(called, row.get(name.id)) for row in (*whole, *kept, *(other.cells for other in found))):
            continue
        stop = min((other.start for other in parts if other.start >= one.end), default=len(marked.text))
        found.append(_left_to_follow(marked, table, one, stop))
    return tuple(found)


_IS_THING = re.compile(r"[灶炉窑釜锅箱柜机器车头]$")
"""What burns gas is called so."""
_NO_GAS = re.compile(
    r"(?:发电[机车]|汽车|货车|叉车|电机|空调主?机?|洗衣机|水箱|冰箱|[电表]箱|交接箱|电柜|路由器|变压器|探测器|报警器)$"
)
"""And so is what else is counted."""
_ELECTRIC = re.compile(r"[\s,(]{0,2}(?:都|也)?(?:是|用|烧|插)?(?:的是)?(?:电的?(?![话压])|不[用烧走]气)")
_FOLLOWS = re.compile(
    rf"{LATER.pattern}|不详|不清|不知|不晓得|没铭牌|(?:看|查|等|问)[^,。;\n]{{0,8}}(?:铭牌|说明书|厂家)|后补|待定|待补|暂[无缺]"
    "|回头[查问看报]"
)


def _is_thing(called: Cell) -> bool:
    return isinstance(called, Words) and bool(_IS_THING.search(called.text)) and not _NO_GAS.search(called.text)


def _is_of_other(marked: Marked, table: TableField, one: FoundRow) -> bool:
    """光交箱2台: whether what is counted is another section's alone."""
    here = marked.form.section_of[table.id]
    named = [hit for hit in marked.labels if one.start <= hit.start < one.end]
    return any(all(marked.form.section_of[sense.field.id] is not here for sense in hit.senses) for hit in named)


def _left_to_follow(marked: Marked, table: TableField, one: FoundRow, stop: int) -> FoundRow:
    """The row with what it lacks left open, if it is said that it follows."""
    end = min(stop, marked.sentence_end(one.end - 1))
    told = _FOLLOWS.search(marked.text, one.end, end)
    row = left_to_follow(table, one.cells) if told else None
    return one if told is None or row is None else replace(one, cells=row, end=told.end())


def _columns(table: TableField) -> tuple[Column, list[Column]] | None:
    """The column of names, and those of numbers."""
    name = next((one for one in table.columns if not one.number), None)
    numbers = [one for one in table.columns if one.number]
    return (name, numbers) if name is not None and numbers else None


def _parts(marked: Marked, table: TableField) -> tuple[FoundRow, ...]:
    """Rows as they are said, whole or not."""
    key, seen, columns = (found_rows, table.id), marked.seen, _columns(table)
    if key not in seen:
        found = list(row_parts(marked, *columns)) if columns else []
        if columns and len(columns[1]) > 1:
            found = of_all(marked, in_turn(marked, found, columns[1][-1]), columns[1][-1])
            found = list(unlike_rows(marked, list(flows_put_right(marked, found, columns[1])), columns[1]))
        seen[key] = tuple(found)
    parts: tuple[FoundRow, ...] = seen[key]
    return parts


def _joined(found: list[FoundRow], name: Column, numbers: list[Column]) -> Iterator[FoundRow]:
    """Whole rows; one that tells how many goes with the one of the same name that tells the rest."""
    parts = [one for one in found if len(one.cells) <= len(numbers)]
    for one in found:
        if len(one.cells) > len(numbers):
            many = [other for other in parts if numbers[0].id in other.cells and _same(one, other, name)]
            if len(many) != 1 or not _is_one(one.cells[numbers[0].id]):
                yield one
            else:  # 煮面炉俩 … 煮面炉一台两方半: one of them
                yield _together(one, many[0], name)
        elif numbers[0].id in one.cells:
            rest = [
                other
                for other in parts
                if other is not one and numbers[0].id not in other.cells and _same(one, other, name)
            ]
            if len(rest) == 1:
                yield _together(rest[0], one, name)


def _together(one: FoundRow, other: FoundRow, name: Column) -> FoundRow:
    """A row of both, with what the second says and the longer name."""
    cells = {**one.cells, **other.cells}
    cells[name.id] = max(one.cells[name.id], other.cells[name.id], key=lambda cell: len(str(cell)))
    return replace(other, cells=cells, start=min(one.start, other.start), end=max(one.end, other.end))


def completed(row: Row, fresh: Iterable[Row], table: TableField) -> bool:
    """Whether one of these is the row with what it lacked."""
    return bool(lacking(table, row)) and any(
        all(name in other and (other[name] == cell or alike(cell, other[name])) for name, cell in row.items())
        for other in fresh
    )


def _is_one(cell: Cell) -> bool:
    return isinstance(cell, Amount) and cell.number == 1


def _same(one: FoundRow, other: FoundRow, name: Column) -> bool:
    return alike(one.cells[name.id], other.cells[name.id])


_FUEL = re.compile(r"^(?:天?[然燃]气|烧气)的?(?=.)")
"""天然气锅炉 and 燃气锅炉 are one thing."""


def alike(mine: Cell, theirs: Cell) -> bool:
    """Whether one is the end of the other: 灶 of 双眼灶."""
    if not isinstance(mine, Words) or not isinstance(theirs, Words):
        return False
    one, other = (_FUEL.sub("", said.text) for said in (mine, theirs))
    return one.endswith(other) or other.endswith(one)


def rows_of(answers: Mapping[str, object], table: TableField) -> tuple[Row, ...]:
    """The rows kept so far."""
    value = getattr(answers.get(table.id), "value", None)
    return value.rows if isinstance(value, Rows) else ()
