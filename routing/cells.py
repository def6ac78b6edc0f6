"""Cells of the form that staff fill in: what may be written, and what stands there (X97–X99, X146, J75, J88–J89)."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from model.calendar import CHINA
from model.case import Case
from model.cells import CellRule, CellsRule
from model.commands.cells import FillCells
from model.county import County
from model.events.cells import CellsFilled
from model.fields import ChoiceField, Field
from model.message import Actor
from model.order import Order
from model.submission import Submission
from model.values import Day, Pick, Picks, Value, Words
from routing.allowing import allowed, found, own
from routing.refusal import No

_ONLINE = ("wechat", "web", "api")


class Cell(NamedTuple):
    """A cell as it stands: of which order (None: of the whole case), empty where nobody has written anything."""

    field: Field
    order: Order | None
    value: Value | None


def fill_cells(case: Case, do: FillCells, actor: Actor, county: County, now: dt.datetime) -> CellsFilled:
    """What the order's own steward writes anew. Raises `No`: those of `routing.allowing`,
    `cells.unknown` for a cell of another body or none, `cells.option` for a box that is not there, `cells.future` for a day yet to come,
    `fill_cells.empty`, `fill_cells.already`.
    """
    order = found(case, do.order)
    steward = own(order, actor, ())
    allowed(case, do.do, order)
    rule = rule_of(order, county)
    its = {one.field: one for one in rule.cells} if rule is not None else {}
    for name, value in do.cells.items():
        if name not in its:
            raise No("cells.unknown")
        _fits(county.form.fields[name], value, now.astimezone(CHINA).date())
    if not do.cells:
        raise No("fill_cells.empty")
    written = {name: one.value for name, one in order.cells.items()}
    anew = {name: value for name, value in do.cells.items() if written.get(name) != value}
    if not anew:
        raise No("fill_cells.already")
    told = tuple(name for name in anew if its[name].tell)
    return CellsFilled(order=order.id, steward=steward, cells=anew, tell=told)


def rule_of(order: Order, county: County) -> CellsRule | None:
    """The cells that the body of this order writes itself."""
    rules = (one for one in county.process.cells if one.form is not None)
    return next((one for one in rules if one.service == order.service), None)


def wanting(order: Order, county: County) -> bool:
    """Whether one of the order's cells is empty that the case does not tell itself."""
    rule = rule_of(order, county)
    return rule is not None and any(one.known is None and one.field not in order.cells for one in rule.cells)


def cells(case: Case, county: County, submission: Submission, names: Mapping[str, str]) -> Iterator[Cell]:
    """Every such cell of the case in the order of the county; `county` is as it was for the case, `names` by staff id.

    A service that went to several bodies has its cells once for each.
    """
    fields = county.form.fields
    for rule in county.process.cells:
        orders = [one for one in case.orders if one.service == rule.service] if rule.service else [None]
        for order in orders:
            for one in rule.cells:
                if one.field in fields:
                    yield Cell(fields[one.field], order, _stands(one, order, county, submission, names))


def _stands(
    rule: CellRule, order: Order | None, county: County, submission: Submission, names: Mapping[str, str]
) -> Value | None:
    """What was written, else what the case says itself."""
    if order is not None and rule.field in order.cells:
        return order.cells[rule.field].value
    taken = order.taken if order is not None else None
    match rule.known:
        case "taker" if taken is not None and taken.by in names:
            return Words(text=names[taken.by])
        case "taken_on" if taken is not None:
            return Day(date=taken.at.astimezone(CHINA).date())
        case "body" if order is not None and not order.candidates:
            box = next((option for option, body in rule.options.items() if body == order.body), None)
            return None if box is None else Picks(picks=(Pick(option=box),))
        case "first_body":
            return Words(text=county.help.window)
        case "registrar" if (said := _registrar(county, submission, names)) is not None:
            return Words(text=said)
    return None


def _registrar(county: County, submission: Submission, names: Mapping[str, str]) -> str | None:
    """Who entered it: whoever typed the form, where that was one of the staff; else that it came in by itself."""
    if submission.channel in _ONLINE:
        return county.messages[f"cells.registrar.{submission.channel}"].strip()
    chosen = submission.answers.get(county.places.services)
    typed = names.get(chosen.by) if chosen is not None else None
    if submission.channel == "telephone":
        return typed or county.messages["cells.registrar.telephone"].strip()
    return typed


def _fits(field: Field, value: Value, today: dt.date) -> None:
    """A box of the form; what has been received was so by today."""
    if isinstance(value, Day) and value.date > today:
        raise No("cells.future")
    if not isinstance(field, ChoiceField):
        return
    options = tuple(one.text for one in field.options)
    picked = value.options if isinstance(value, Picks) else ()
    if not picked or any(one not in options for one in picked):
        raise No("cells.option", choices="、".join(options))
