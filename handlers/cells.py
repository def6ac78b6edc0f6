"""Cells of the form that staff fill in: what an act on them asks for, how they are told and printed (X97–X99, X146, J75, J88–J89)."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from handlers.ports import RoutingCore
from handlers.wording.orders import order_name
from handlers.wording.values import called, show
from model.case import Case
from model.commands.cells import FillCells
from model.county import County
from model.draft import Draft
from model.edition import on_form, under
from model.event import Event
from model.events.cells import CellsFilled
from model.message import Invitation
from model.order import Order
from model.submission import Submission
from routing.cells import Cell, cells

_TITLE, _BLANK = "申请表由单位填写的栏", "（还没填）"


class CellTold(NamedTuple):
    """A cell in words."""

    name: str
    value: str


def fill_asked(invitation: Invitation, form: Draft | None) -> FillCells:
    """The command that a completed small form means: its fields are called as the cells."""
    answers = form.answers if form else {}
    given = {name: answer.value for name, answer in answers.items() if answer.value is not None}
    return FillCells(order=invitation.order or "", cells=given)


def cell_facts(county: County, event: Event) -> Mapping[str, Any]:
    """What a notice says of cells that were written into; `county` as the applicant has filed."""
    if not isinstance(event, CellsFilled):
        return {}
    fields = county.form.fields
    told = [CellTold(fields[name].called, show(event.cells[name], fields[name])) for name in event.tell]
    return {"cells": told}


def told_cells(county: County, case: Case, order: Order) -> tuple[CellTold, ...]:
    """What of the order's cells its applicant may know, as far as it is written."""
    process, fields = under(county, case.process_version).process, county.form.fields
    open_to_him = [
        one.field for rule in process.cells if rule.service == order.service for one in rule.cells if one.tell
    ]
    return tuple(
        CellTold(fields[name].called, show(order.cells[name].value, fields[name]))
        for name in open_to_him
        if name in order.cells and name in fields
    )


async def cells_standing(core: RoutingCore, county: County, case: Case, submission: Submission) -> tuple[Cell, ...]:
    """Every cell of the case as it stands, with the names of whoever took the orders. Raises `CoreAway`."""
    filed = on_form(county, submission.form_version)
    rules = under(county, case.process_version)
    takers = sorted({order.taken.by for order in case.orders if order.taken})
    found = [await core.steward(one) for one in takers]
    names = {one.id: one.name for one in found if one is not None}
    return tuple(cells(case, filed.made_anew(process=rules.process), submission, names))


async def cells_printed(core: RoutingCore, county: County, case: Case) -> tuple[str, ...]:
    """The cells line by line under their services; nothing where the county has none. Raises `CoreAway`."""
    submission = await core.submission(case.id)
    standing = await cells_standing(core, county, case, submission) if submission is not None else ()
    lines = [
        f"{order_name(county, case, one.order) + '·' if one.order else ''}{called(one.field)}："
        f"{show(one.value, one.field) if one.value else _BLANK}"
        for one in standing
    ]
    return (f"{case.number}{_TITLE}", *lines) if lines else ()
