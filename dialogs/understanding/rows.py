"""Rows of tables in free text; what one sentence, or one message, leaves out of a row another may tell."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from dialogs.kinds.table import Row
from dialogs.understanding.marked import Marked
from dialogs.understanding.row_parts import FoundRow, in_turn, of_all, plain, row_parts
from dialogs.understanding.unlike_rows import unlike_rows
from model.fields import Column, TableField
from model.values import Amount, Rows, Words

_MOST_KEPT = 400
"""So many characters of unfinished rows are kept."""


def found_rows(marked: Marked, table: TableField, earlier: tuple[Row, ...] = ()) -> tuple[FoundRow, ...]:
    """Whole rows of the table in the text, with what is known of them from `earlier` messages."""
    columns = _columns(table)
    if columns is None:
        return ()
    before = [FoundRow(cells, len(marked.text), 0, loose=True) for cells in earlier]
    return tuple(one for one in _joined([*before, *_parts(marked, table)], *columns) if one.end > 0)


def half_rows(marked: Marked, table: TableField, earlier: tuple[Row, ...] = ()) -> tuple[Row, ...]:
    """Rows of which only the name and how many there are was said, in these words or `earlier`, without those whole by now."""
    columns = _columns(table)
    if columns is None or len(table.columns) < 3:
        return ()
    name, numbers = columns
    whole = found_rows(marked, table, earlier)
    parts = [*earlier, *(one.cells for one in _parts(marked, table) if not one.loose)]
    found = dict[str, Row]()
    for cells in parts:
        called = cells[name.id]
        if numbers[0].id not in cells or len(cells) > len(numbers) or not isinstance(called, Words):
            continue
        if not any(_alike(called, one.cells[name.id]) for one in whole):
            found[called.text] = cells
    return tuple(found.values())


def kept_halves(said: str, table: TableField) -> tuple[Row, ...]:
    """Unfinished rows that were written down by `written_halves`."""
    columns = _columns(table)
    if columns is None or not said:
        return ()
    name, numbers = columns
    pairs = (line.rsplit(" ", 1) for line in said.split("\n"))
    return tuple(
        {name.id: Words(text=pair[0]), numbers[0].id: Amount(number=plain(Decimal(pair[1])), unit=numbers[0].unit)}
        for pair in pairs
        if len(pair) == 2 and pair[1].isdecimal()
    )


def written_halves(rows: tuple[Row, ...], table: TableField) -> str:
    """Unfinished rows in words, a line each: 猛火灶 3."""
    columns = _columns(table)
    if columns is None:
        return ""
    name, numbers = columns
    lines = list[str]()
    for row in rows:
        called, many = row[name.id], row[numbers[0].id]
        if isinstance(called, Words) and isinstance(many, Amount):
            lines.append(f"{called.text} {many.number:f}")
    return "\n".join(lines)[:_MOST_KEPT]


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
            found = list(unlike_rows(marked, found, columns[1]))
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


def _is_one(cell: Words | Amount) -> bool:
    return isinstance(cell, Amount) and cell.number == 1


def _same(one: FoundRow, other: FoundRow, name: Column) -> bool:
    return _alike(one.cells[name.id], other.cells[name.id])


def _alike(mine: Words | Amount, theirs: Words | Amount) -> bool:
    """Whether one is the end of the other: 灶 of 双眼灶."""
    if not isinstance(mine, Words) or not isinstance(theirs, Words):
        return False
    return mine.text.endswith(theirs.text) or theirs.text.endswith(mine.text)


def rows_of(answers: Mapping[str, object], table: TableField) -> tuple[Row, ...]:
    """The rows kept so far."""
    value = getattr(answers.get(table.id), "value", None)
    return value.rows if isinstance(value, Rows) else ()
