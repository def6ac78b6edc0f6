"""One person as a form or a command has him, read as one row of the sheet that is imported: by the same rules."""

import secrets
from collections.abc import Mapping, Sequence

from bot.roster.plan import Plan, planned
from bot.roster.reading import AtCell, read_sheet
from bot.roster.sheet import HEADINGS, Column
from bot.roster.workbook import Cell, Line
from model.county import County
from model.staff import Staff

_MOST = 1000
"""Of characters in a field that are read: what is longer fits nowhere."""


def one_person(
    said: Mapping[Column, str], staff_id: str, county: County, present: Sequence[Staff]
) -> Plan | tuple[AtCell, ...]:
    """What entering him would do, or every mistake, its cell called as its field is. `staff_id`: whom it changes; "" enters one more."""
    cells: dict[Column, str] = {name: text[:_MOST] for name, text in said.items()} | {"id": staff_id}
    head = Line(1, tuple(Cell(HEADINGS[name], HEADINGS[name]) for name in cells))
    sheet = read_sheet([head, Line(2, tuple(Cell(name, text) for name, text in cells.items()))], county)
    if sheet.mistakes:
        return tuple(sheet.mistakes)
    return planned(sheet.entries, present, county, lambda: f"{county.id}_{secrets.token_hex(6)}")


def namesakes(one: Staff, present: Sequence[Staff]) -> bool:
    """Whether his body has somebody of this name already, who may be he."""
    return any((each.body, each.name) == (one.body, one.name) for each in present)
