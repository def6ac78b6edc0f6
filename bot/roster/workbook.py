"""An Excel workbook from somebody else's machine, read within bounds: its first table as cells of text."""

import datetime as dt
import io
import re
import struct
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import get_column_letter, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from bot.roster.sheet import MOST_BYTES
from model.unread import Fact, Unread

MOST_UNPACKED: Final = 10_000_000
MOST_PARTS: Final = 300
MOST_ROWS: Final = 2000
MOST_COLUMNS: Final = 40
MOST_TEXT: Final = 1000
"""Of characters in a cell; longer ones are cut, and fit nowhere either way."""

MOST_COVERED: Final = 20_000
"""Of cells below merged areas and links: the reader makes each of them, of a whole sheet 17,000 million."""

_SPANS: Final = re.compile(rb"<(?:[\w.-]+:)?(?:mergeCell|hyperlink)[\s/][^>]*>")
_REF: Final = re.compile(rb"""\sref\s*=\s*["']([A-Z]{1,3}[0-9]{1,7}(?::[A-Z]{1,3}[0-9]{1,7})?)["']""")

_BROKEN: Final = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    SyntaxError,  # of XML
    NotImplementedError,  # ways of packing
    RuntimeError,
    EOFError,
    struct.error,
)
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class WorkbookUnreadable(Exception):
    """This is no workbook that can be read here; `unread` has the words for what it is and what to do."""

    def __init__(self, key: str, **about: Fact) -> None:
        super().__init__(key)
        self.unread = Unread(key, about)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as people name it (C5) and its text, without blanks around it.

    `formula` if its value was never worked out; `merged` if the text is written in the first cell of a merged area, not here.
    """

    at: str
    text: str
    formula: bool = False
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its number in the sheet, from 1, and its cells from column A on."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def blank(self) -> bool:
        """Whether nothing is written in it."""
        return not any((cell.text or cell.formula) and not cell.merged for cell in self.cells)


def read_lines(data: bytes, sheet: str) -> tuple[Line, ...]:
    """The rows of the sheet of this name, else of the first that is to be seen. Merged cells have their text in each.

    Formulas count as the value that was saved with them. Nothing in the file is carried out and nothing outside it is
    opened. Raises WorkbookUnreadable.
    """
    _looked_through(data)
    values, written = _opened(data, values=True), _opened(data, values=False)
    table, formulas = _table(values, sheet), _table(written, sheet)
    if table.max_row > MOST_ROWS:
        raise WorkbookUnreadable("workbook.rows", used=table.max_row, most=MOST_ROWS)
    covers = {
        (row, column): (area.min_row, area.min_col)
        for area in table.merged_cells.ranges
        for row in range(area.min_row, min(area.max_row, MOST_ROWS) + 1)
        for column in range(area.min_col, min(area.max_col, MOST_COLUMNS) + 1)
    }
    return tuple(_lines(table, formulas, covers))


def _lines(table: Worksheet, formulas: Worksheet, covers: dict[tuple[int, int], tuple[int, int]]) -> Iterator[Line]:
    width = min(table.max_column, MOST_COLUMNS)
    for row in range(1, table.max_row + 1):
        cells = []
        for column in range(1, width + 1):
            place = covers.get((row, column), (row, column))
            at, value = f"{get_column_letter(column)}{row}", table.cell(*place).value
            unworked = value is None and formulas.cell(*place).data_type == "f"
            cells.append(Cell(at, _text(value), unworked, merged=place != (row, column)))
        yield Line(row, tuple(cells))


def _text(value: Any) -> str:
    """What somebody meant who typed it: a number that Excel made of digits is these digits again."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case dt.datetime():
            return f"{value:%Y-%m-%d}"
    plain = unicodedata.normalize("NFKC", str(value)[:MOST_TEXT])
    seen = "".join(" " if char in "\t\r\n" else char for char in plain if char in "\t\r\n" or _shows(char))
    return " ".join(seen.split())


def _shows(char: str) -> bool:
    return unicodedata.category(char) not in {"Cc", "Cf", "Co", "Cs", "Cn"}


def _looked_through(data: bytes) -> None:
    """Raises WorkbookUnreadable before anything of the file is unpacked that would be too much, or that is no workbook."""
    if len(data) > MOST_BYTES:
        raise WorkbookUnreadable("workbook.large", size=len(data) // 1000, most=MOST_BYTES // 1000)
    if data.startswith(_OLE):
        raise WorkbookUnreadable("workbook.old")
    if not data.startswith(_ZIP):
        raise WorkbookUnreadable("workbook.none")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            _parts_looked_through(packed)
    except _BROKEN as error:
        raise WorkbookUnreadable("workbook.cut") from error


def _parts_looked_through(packed: zipfile.ZipFile) -> None:
    parts = packed.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise WorkbookUnreadable("workbook.unpacked")
    names = {part.filename for part in parts}
    if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        raise WorkbookUnreadable("workbook.macros")
    if "xl/workbook.xml" not in names:
        raise WorkbookUnreadable("workbook.other")
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            # A part never gives more than its own size says: what was summed up above is all there can be.
            text = packed.read(part)
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text or text.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise WorkbookUnreadable("workbook.foreign")
            if _covered(text) > MOST_COVERED:
                raise WorkbookUnreadable("workbook.covered")


def _covered(text: bytes) -> int:
    """How many cells merged areas and links cover; one that is not written as Excel writes it covers everything."""
    count = 0
    for tag in _SPANS.finditer(text):
        found = _REF.search(tag.group())
        if found is None:
            return MOST_COVERED + 1
        left, top, right, bottom = range_boundaries(found.group(1).decode())
        count += abs((right or 1) - (left or 1) + 1) * abs((bottom or 1) - (top or 1) + 1)
    return count


def _opened(data: bytes, *, values: bool) -> Workbook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it does not know of layout is none of our concern
            return load_workbook(io.BytesIO(data), data_only=values, keep_links=False)
    except _BROKEN as error:
        raise WorkbookUnreadable("workbook.broken") from error


def _table(book: Workbook, sheet: str) -> Worksheet:
    if sheet in book.sheetnames and isinstance(book[sheet], Worksheet):
        return book[sheet]
    seen = [one for one in book.worksheets if one.sheet_state == "visible"]
    if not seen:
        raise WorkbookUnreadable("workbook.hidden")
    return seen[0]
