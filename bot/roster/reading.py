"""What the rows of the sheet say, or every mistake in them at once, each with its cell and what its wording needs."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.roster.sheet import ALSO, EVERYWHERE, EXAMPLE, EXAMPLE_NAME, HEADINGS, NEEDED, Column, duties
from bot.roster.workbook import Cell, Line
from config.nearest import nearest
from dialogs.kinds.phone import read_phone
from dialogs.reading import Understood
from model.county import Body, County
from model.staff import Duty
from model.values import Phone

_LOOKED_FOR_HEADINGS: Final = 10
_NAME: Final = re.compile(r"[^\W\d_](?:(?:[^\W\d_]|[·.' -]){0,28}[^\W\d_])?")
_BETWEEN: Final = re.compile(r"[、,;/|\s]+")
_LOST: Final = re.compile(r"\d(?:\.\d+)?E\+\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AtCell:
    """What is said of a cell, as people name it (C5): mostly why it cannot be entered; `roster.cell.<code>` words it."""

    at: str
    code: str
    about: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row about one member of staff. `duty` and `districts` are None where the sheet has no such column; `id` may be ""."""

    row: int
    name: str
    body: str
    phone: str
    duty: Duty | None
    districts: tuple[str, ...] | None
    id: str
    cells: Mapping[Column, str]
    """Where each of it is written: C5."""


@dataclass(slots=True)
class Sheet:
    """What was read; there is nothing to be entered while there are mistakes. `notes` is what was passed over, and why."""

    entries: list[Entry] = field(default_factory=list)
    mistakes: list[AtCell] = field(default_factory=list)
    notes: list[AtCell] = field(default_factory=list)


def read_sheet(lines: Sequence[Line], county: County) -> Sheet:
    """The staff of the sheet, by its headings, in whatever order the columns are."""
    sheet = Sheet()
    head, columns = _headed(lines, sheet)
    if head is None:
        return sheet
    for line in lines:
        if line.number > head.number and not line.blank:
            _read(line, columns, county, sheet)
    _twice(sheet)
    if not sheet.entries and not sheet.mistakes:
        sheet.mistakes.append(AtCell(f"A{head.number + 1}", "nobody"))
    return sheet


def _headed(lines: Sequence[Line], sheet: Sheet) -> tuple[Line | None, dict[Column, int]]:
    named: Mapping[str, Column] = {title: column for column, title in HEADINGS.items()} | ALSO
    best: tuple[Line | None, dict[Column, int]] = (None, {})
    for line in [one for one in lines if not one.blank][:_LOOKED_FOR_HEADINGS]:
        columns = dict[Column, int]()
        for place, cell in enumerate(line.cells):
            title = _title(cell)
            if title in named:
                columns.setdefault(named[title], place)
        if len(columns) > len(best[1]):
            best = line, columns
    head, columns = best
    if lacking := [HEADINGS[one] for one in NEEDED if one not in columns]:
        at = head.cells[0].at if head is not None else "A1"
        about = {"lacking": lacking, "needed": [HEADINGS[one] for one in NEEDED]}
        sheet.mistakes.append(AtCell(at, "headings", about))
        return None, {}
    if head is not None:
        places = set(columns.values())
        unused = [cell for place, cell in enumerate(head.cells) if cell.text and place not in places]
        sheet.notes += [AtCell(cell.at, "unused", {"title": cell.text}) for cell in unused]
    return head, columns


def _title(cell: Cell) -> str:
    return re.sub(r"[\s*:]|\(.*?\)", "", cell.text)


def _read(line: Line, columns: Mapping[Column, int], county: County, sheet: Sheet) -> None:
    cells: dict[Column, Cell] = {column: line.cells[place] for column, place in columns.items()}
    before = len(sheet.mistakes)
    for cell in cells.values():
        if cell.formula:
            sheet.mistakes.append(AtCell(cell.at, "formula"))
    if len(sheet.mistakes) > before:
        return
    if "note" in cells and cells["note"].text.startswith(EXAMPLE):
        if cells["name"].text == EXAMPLE_NAME:
            sheet.notes.append(AtCell(cells["note"].at, "example_row", {"row": line.number}))
        else:
            sheet.mistakes.append(AtCell(cells["note"].at, "example_left", {"said": cells["note"].text}))
        return
    reads = _Row(cells, county, sheet.mistakes)
    entry = Entry(
        line.number,
        reads.name(),
        reads.body(),
        reads.phone(),
        reads.duty(),
        reads.districts(),
        cells["id"].text if "id" in cells else "",
        {column: cell.at for column, cell in cells.items()},
    )
    if len(sheet.mistakes) == before:
        sheet.entries.append(entry)


@dataclass(frozen=True, slots=True)
class _Row:
    cells: Mapping[Column, Cell]
    county: County
    mistakes: list[AtCell]

    def name(self) -> str:
        cell = self.cells["name"]
        if not cell.text:
            self._wrong(cell, "no_name")
        elif not _NAME.fullmatch(cell.text):
            self._wrong(cell, "name", said=_short(cell.text))
        return cell.text

    def body(self) -> str:
        cell = self.cells["body"]
        if (found := _body(cell.text, self.county.bodies)) is not None:
            return found.id
        known = nearest(cell.text, _called(self.county.bodies))
        self._wrong(cell, "body" if cell.text else "no_body", said=_short(cell.text), known=known)
        return ""

    def phone(self) -> str:
        cell = self.cells["phone"]
        if _LOST.fullmatch(cell.text):
            self._wrong(cell, "phone_lost", said=cell.text)
            return ""
        read = read_phone(cell.text, self.county.area_code)
        if isinstance(read, Understood) and isinstance(read.value, Phone):
            return read.value.number
        digits = sum(char.isdigit() for char in cell.text)
        self._wrong(cell, "phone" if cell.text else "no_phone", said=_short(cell.text), digits=digits)
        return ""

    def duty(self) -> Duty | None:
        cell = self.cells.get("duty")
        if cell is None:
            return None
        known = duties(self.county)
        if cell.text and cell.text not in known:
            offered = dict.fromkeys({duty: name for name, duty in reversed(known.items())}.values())
            self._wrong(cell, "duty", said=_short(cell.text), offered=list(offered))
        return known.get(cell.text, "steward")

    def districts(self) -> tuple[str, ...] | None:
        cell = self.cells.get("districts")
        if cell is None:
            return None
        if cell.text in {"", EVERYWHERE, "全县", self.county.name}:
            return ()
        said = tuple(dict.fromkeys(one for one in _BETWEEN.split(cell.text) if one))
        if not self.county.towns:
            self._wrong(cell, "no_towns")
        for one in said:
            if self.county.towns and one not in self.county.towns:
                self._wrong(cell, "town", said=_short(one), known=nearest(one, self.county.towns))
        body = _body(self.cells["body"].text, self.county.bodies)
        if body is not None and body.districts and (out := [one for one in said if one not in body.districts]):
            known = [one for one in out if one in self.county.towns]
            if known:
                self._wrong(cell, "towns_out", body=body.short, towns=known, offered=body.districts)
        return said

    def _wrong(self, cell: Cell, code: str, **about: object) -> None:
        self.mistakes.append(AtCell(cell.at, code, about))


def _body(text: str, bodies: Iterable[Body]) -> Body | None:
    plain = _plain(text)
    found = [one for one in bodies if plain and plain in {_plain(one.id), _plain(one.name), _plain(one.short)}]
    return found[0] if len(found) == 1 else None


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text).casefold().replace("（", "(").replace("）", ")")


def _called(bodies: Iterable[Body]) -> list[str]:
    """As each is called for short, but in full where two are called alike."""
    short = [one.short for one in bodies]
    return [one.short if short.count(one.short) == 1 else one.name for one in bodies]


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:30]}……"


def _twice(sheet: Sheet) -> None:
    """Says where the same person stands in two rows: nobody could tell which of them counts."""
    seen = dict[tuple[str, str], Entry]()
    named = dict[str, Entry]()
    for one in sheet.entries:
        first = seen.setdefault((one.body, one.phone), one)
        if first is not one:
            sheet.mistakes.append(AtCell(one.cells["phone"], "phone_twice", {"row": first.row}))
        if one.id and (first := named.setdefault(one.id, one)) is not one:
            sheet.mistakes.append(AtCell(one.cells["id"], "id_twice", {"id": one.id, "row": first.row}))
