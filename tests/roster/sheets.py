"""Workbooks as people fill them in."""

import io
import zipfile
from collections.abc import Callable, Sequence

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

HEAD = ("姓名", "单位", "电话", "职责", "负责的乡镇", "编号", "备注")
LIMING = ("李明", "供水公司", "13700000301")


def sheet(
    *rows: Sequence[object], head: Sequence[object] = HEAD, touch: Callable[[Worksheet], None] | None = None
) -> bytes:
    """A workbook with these rows below its headings; `touch` does something more to it."""
    book = Workbook()
    page = book.active
    page.title = "人员"
    for row in (head, *rows):
        page.append(list(row))
    if touch is not None:
        touch(page)
    return packed(book)


def packed(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def filled(template: bytes, *rows: Sequence[object]) -> bytes:
    """The county's own empty sheet, with these rows below its example."""
    book = load_workbook(io.BytesIO(template))
    for number, row in enumerate(rows, 3):
        for place, value in enumerate(row, 1):
            book["人员"].cell(number, place, value)
    return packed(book)


def parts(data: bytes, **changed: bytes) -> bytes:
    """The same workbook with parts put in or replaced; names with __ for / and _ for . at the end."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = {name.replace("__", "/"): value for name, value in changed.items()}
        for part in old.infolist():
            if part.filename not in names:
                new.writestr(part.filename, old.read(part))
        for name, value in names.items():
            new.writestr(name, value)
    return out.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as packed_parts:
        return packed_parts.read(name)
