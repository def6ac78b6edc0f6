"""The table of a year's days off as an Excel workbook: filled in by somebody, read; empty or as it counts now, made."""

import datetime as dt
import io
import re
from collections.abc import Sequence
from typing import Final, TypeAlias

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from bot.roster.workbook import Line, WorkbookUnreadable, read_lines
from config.holidays.entry import DateMistaken, Entry, Reading, read_date, year_from
from config.holidays.notice import source_of
from model.arrangement import Arrangement, Span, year_of
from model.unread import Fact, Unread

SHEET: Final = "放假安排"
_HEADINGS: Final = ("节日", "从", "到", "安排")
_OFF, _WORKED = "放假", "上班"
_EMPTY: Final = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
_WIDTHS: Final = (18, 16, 16, 12)
_YEAR: Final = re.compile(r"(20\d\d)\s*年")
_DATED: Final = re.compile(r"(20\d\d)[年/.-]")
_NAME: Final = re.compile(r"[^\d:：。;；,，]{1,20}")
_Row: TypeAlias = tuple[str, dt.date | None, dt.date | None, str]
_MOST: Final = 100
"""Rows with something in them; a year has about twenty."""


def read_calendar_sheet(data: bytes, year: int | None = None) -> Reading:
    """The year of this workbook; `year`: which one somebody says it is, else the title above the table or the dates say so."""
    try:
        lines = [line for line in read_lines(data, SHEET) if not line.blank]
    except WorkbookUnreadable as error:
        return Reading(None, (error.unread,), (), year)
    head = next((place for place, line in enumerate(lines) if set(_HEADINGS) <= set(_texts(line))), None)
    if head is None:
        return _nothing("calendar.wrong.headings", year, needed=_HEADINGS)
    rows, columns = lines[head + 1 :], [_texts(lines[head]).index(one) for one in _HEADINGS]
    if len(rows) > _MOST:
        return _nothing("calendar.wrong.many_rows", year, count=len(rows))
    written = _year(lines[:head], rows, columns)
    if year is not None and written is not None and written != year:
        return _nothing("calendar.wrong.sheet_year", year, chosen=year, written=written)
    known = year if year is not None else written
    if known is None:
        return _nothing("calendar.wrong.no_sheet_year", None)
    entries, wrong, unused = list[Entry](), list[Unread](), list[Unread]()
    for row in rows:
        where, (name, first, last, kind) = row.number, [_texts(row)[one] for one in columns]
        if not first and not last:
            unused.append(Unread("calendar.no_day", {"name": name or kind}, where))
        elif not _NAME.fullmatch(name):
            wrong.append(Unread("calendar.wrong.feast", {"said": name}, where))
        elif kind not in (_OFF, _WORKED):
            wrong.append(Unread("calendar.wrong.kind", {"said": kind, "kinds": (_OFF, _WORKED)}, where))
        else:
            try:
                begun = read_date(first or last, known)
                span = Span(first=begun, last=read_date(last or first, known, begun.month))
                entries.append(Entry(name, span, kind == _WORKED, where))
            except DateMistaken as error:
                wrong.append(Unread(error.key, error.about, where))
    return year_from(entries, known, source_of(known), wrong, unused)


def _nothing(key: str, year: int | None, **about: Fact) -> Reading:
    return Reading(None, (Unread(key, about),), (), year)


def calendar_sheet(year: int, present: Arrangement | None) -> bytes:
    """The workbook of a year as `read_calendar_sheet` reads it again: what was uploaded, else the feasts without their days."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = SHEET
    sheet.append([source_of(year)])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.append(_HEADINGS)
    for place, (heading, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True)):
        cell = sheet.cell(2, place + 1, heading)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDE8F0")
        sheet.column_dimensions[cell.column_letter].width = width
    for row in _rows(present) if present else [(name, None, None, _OFF) for name in _EMPTY]:
        sheet.append(row)
    for number in range(3, _MOST + 3):
        for column in (2, 3):
            sheet.cell(number, column).number_format = "yyyy-mm-dd"
    kinds = DataValidation(type="list", formula1=f'"{_OFF},{_WORKED}"', allow_blank=True)
    kinds.showErrorMessage = False  # what is wrong is said when it is read, all at once
    kinds.add(f"D3:D{_MOST + 2}")
    sheet.add_data_validation(kinds)
    sheet.freeze_panes = "A3"
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _rows(present: Arrangement) -> list[_Row]:
    rows = list[_Row]()
    for feast in present.feasts:
        rows += [(feast.name, span.first, span.last, _OFF) for span in feast.off]
        rows += [(feast.name, day, day, _WORKED) for day in feast.worked]
    return rows


def _texts(line: Line) -> list[str]:
    return [cell.text for cell in line.cells]


def _year(above: Sequence[Line], rows: Sequence[Line], columns: Sequence[int]) -> int | None:
    """As the title has it, else as the dates have."""
    titled = [int(match[1]) for line in above for text in _texts(line) if (match := _YEAR.search(text))]
    if titled:
        return titled[0]
    dates = [_texts(row)[columns[place]] for row in rows for place in (1, 2)]
    years = [year for text in dates if (match := _DATED.match(text)) and (year := _own_year(text, int(match[1])))]
    return max(years, key=years.count) if years else None


def _own_year(text: str, year: int) -> int | None:
    """The year whose notice speaks of this day."""
    for known in (year, year + 1):
        try:
            return year_of(read_date(text, known))
        except DateMistaken:
            continue
    return None
