"""Rows of a table: a whole row in one message, or cell by cell ("双眼大灶2台 单台5方/时")."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from dialogs.folding import fold
from dialogs.kinds.number import SPELLINGS, read_unit
from dialogs.numerals import NUMBER, read_number
from dialogs.reading import Refusal
from model.fields import Column, TableField
from model.values import Amount, Words

Cell = Words | Amount | None
Row = Mapping[str, Cell]

_MOST, _WORDS_MOST = 1_000_000, 60
_BREAK = re.compile(r"[\n;]+")
_LABELS = r"(?:单台|每台|额定|流量|数量|型号|名称|是|:|:|,|、|一共|共|各|每|小时|用)"
_QUANTITY = re.compile(rf"(?<![A-Za-z\d\-])({NUMBER})\s*([一-鿿A-Za-z³/][一-鿿A-Za-z³/0-9]{{0,7}})?")


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row as far as it is known, and the columns still missing, in the order of the table."""

    cells: Row
    missing: tuple[Column, ...] = ()
    refused: Refusal | None = None


def rows(text: str, table: TableField) -> tuple[ReadRow, ...]:
    """Each line (or piece between semicolons) as a row of its own."""
    return tuple(row(line, table, {}) for line in _BREAK.split(fold_lines(text)) if line.strip())


def fold_lines(text: str) -> str:
    """The text folded line by line."""
    return "\n".join(fold(line) for line in text.splitlines())


def row(text: str, table: TableField, given: Row) -> ReadRow:
    """The cells of one row found in the text, added to those given before."""
    cells, rest = dict(given), fold(text)
    wanted = [column for column in table.columns if column.id not in cells]
    if len(wanted) == 1:
        return _single(rest, wanted[0], cells, table)
    rest = _fill_numbers(rest, [column for column in wanted if column.number], cells)
    name = re.sub(rf"{_LABELS}+$|^{_LABELS}+", "", rest.strip(" ,、;:")).strip(" ,、;:()")
    first = next((column for column in wanted if not column.number), None)
    if first and name and re.search(r"[一-鿿A-Za-z]", name):
        cells[first.id] = Words(text=name)
    return checked(cells, table)


def _fill_numbers(rest: str, columns: list[Column], cells: dict[str, Cell]) -> str:
    """Numbers go to the column their unit names, else to the next free one in order; what is left is the name."""
    found = [(match, read_number(match[1])) for match in _QUANTITY.finditer(rest)]
    free, taken = list(columns), list[tuple[int, int]]()
    loose = list[tuple[re.Match[str], Decimal]]()
    for match, number in found:
        if number is None:
            continue
        unit, length = _spelt(match[2] or "", free)
        column = next((one for one in free if unit and one.unit == unit), None)
        if column is None:
            loose.append((match, number))
            continue
        cells[column.id] = Amount(number=number, unit=column.unit)
        free.remove(column)
        taken.append((match.start(), match.start(2) + length))
    for match, number in loose:
        if not free or match[2] and not re.match(_LABELS, match[2]):
            continue
        column = free.pop(0)
        cells[column.id] = Amount(number=number, unit=column.unit)
        taken.append((match.start(), match.end(1)))
    for start, end in sorted(taken, reverse=True):
        rest = rest[:start] + " " + rest[end:]
    return rest


def _spelt(told: str, columns: list[Column]) -> tuple[str | None, int]:
    """The longest unit that the words begin with, out of the columns' units."""
    best: tuple[str | None, int] = (None, 0)
    for column in columns:
        for spelling in (column.unit.lower(), *SPELLINGS.get(column.unit, ())):
            if spelling and told.lower().startswith(spelling) and len(spelling) > best[1]:
                best = (column.unit, len(spelling))
    return best


def _single(text: str, column: Column, cells: dict[str, Cell], table: TableField) -> ReadRow:
    """The one cell still missing."""
    text = text.strip(" 。,;")
    if not column.number:
        if text:
            cells[column.id] = Words(text=text)
        return checked(cells, table)
    match = re.fullmatch(rf"\D*?({NUMBER})\s*(.*)", text)
    number = read_number(match[1]) if match else None
    if match is None or number is None:
        return ReadRow(cells, (column,), Refusal("number.none"))
    if match[2] and column.unit and read_unit(match[2], (column.unit,)) is None:
        return ReadRow(cells, (column,), Refusal("number.unit", {"given": match[2][:12], "unit": column.unit}))
    cells[column.id] = Amount(number=number, unit=column.unit)
    return checked(cells, table)


def checked(cells: dict[str, Cell], table: TableField) -> ReadRow:
    """The row without the cell that does not fit, and what it lacks."""
    refused = None
    for column in table.columns:
        cell = cells.get(column.id)
        if isinstance(cell, Amount) and (cell.number <= 0 or column.whole and cell.number != int(cell.number)):
            refused = Refusal("number.whole" if cell.number > 0 else "number.small", {"least": "1"})
            del cells[column.id]
        elif isinstance(cell, Amount) and cell.number > _MOST:
            refused = Refusal("number.large", {"most": f"{_MOST:,}"})
            del cells[column.id]
        elif isinstance(cell, Words) and len(cell.text) > _WORDS_MOST:
            refused = Refusal("text.long", {"length": str(len(cell.text)), "most": str(_WORDS_MOST)})
            del cells[column.id]
    return ReadRow(cells, tuple(column for column in table.columns if column.id not in cells), refused)
