"""The ledger as a workbook (.xlsx): real dates, and text that Excel takes for text whatever it begins with (台账)."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterable
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from handlers.ledger import Line
from handlers.wording.catalogue import Catalogue
from model.calendar import CHINA
from model.ledger import LedgerOrder

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST: Final = 32_767
"""Characters of a cell, by the format."""
_WIDTHS: Final[dict[str, int]] = {
    "number": 18, "service": 16, "body": 14, "state": 14, "accepted": 17, "closed": 17, "due": 17, "applicant": 18,
    "phone": 16, "address": 40,
}  # fmt: skip


async def write_ledger(lines: AsyncIterable[tuple[LedgerOrder, Line]], catalogue: Catalogue, to: Path) -> int:
    """Writes the workbook; how many lines it has. A line is on disk as soon as it is written, so that memory does not grow."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(catalogue.say("ledger.title"))
    for place, name in enumerate(Line._fields, 1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(name, 12)
    sheet.freeze_panes = "B2"
    sheet.append([_head(sheet, catalogue.say(f"ledger.columns.{name}")) for name in Line._fields])
    count = 0
    async for _, line in lines:
        sheet.append([_cell(sheet, value) for value in line])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(Line._fields))}{count + 1}"
    await asyncio.to_thread(book.save, to)
    return count


def _head(sheet: Any, text: str) -> Cell:
    cell = _text(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, value: str | dt.datetime | None) -> Cell | None:
    if value is None or value == "":
        return None
    if isinstance(value, dt.datetime):
        cell: Cell = WriteOnlyCell(sheet, value.astimezone(CHINA).replace(tzinfo=None, microsecond=0))
        cell.number_format = "yyyy-mm-dd hh:mm"
        return cell
    return _text(sheet, value)


def _text(sheet: Any, text: str) -> Cell:
    """A cell of text. Left to itself the library takes "=…" for a formula; as format "@" it stays text when somebody edits it."""
    cell: Cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST])
    cell.data_type = "s"
    cell.number_format = "@"
    return cell
