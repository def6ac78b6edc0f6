"""What of a case waits for the window (综合窗口), derived from the case as it stands: nobody keeps a list that could be wrong."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from model.case import Case
from model.order import Order
from routing.conclusion import missing, participants, surveying


class Waiting(NamedTuple):
    """One thing to do: `what` it is (texts: `console.window.waits.<what>`), the act that does it ("" for none of the window's acts),
    of which `order` or else about what (`name`: a body, a supplement), and by when, if a limit runs.
    """

    what: str
    act: str
    order: str = ""
    name: str = ""
    due: dt.datetime | None = None


def waiting_at_window(case: Case) -> tuple[Waiting, ...]:
    """All of it, what is due first at the top, what has no limit last."""
    if case.closed_at is not None:
        found = list(_after(case))
    else:
        found = [one for order in case.orders if order.ending is None for one in _of_order(order)]
        found += [*_form(case), *_times(case), *_sheet(case), *_papers(case), *_consultations(case)]
    far = dt.datetime.max.replace(tzinfo=dt.UTC)
    return tuple(sorted(found, key=lambda one: one.due or far))


def _of_order(order: Order) -> Iterator[Waiting]:
    if order.candidates:
        yield Waiting("body", "assign", order.id, due=_next(order))
    elif order.steward is None:
        yield Waiting("steward", "assign", order.id, order.body, _next(order))
    if order.declining is not None:
        yield Waiting("decline", "confirm-decline", order.id, due=_next(order))
    if order.announced is not None:
        yield Waiting("announced", "terminate", order.id, due=order.announced.until)
    if order.urged is not None:
        yield Waiting("urge", "reply-urge", order.id, due=order.urged.due.at)
    for one in order.backdatings:
        if any(told.receiver == "window" for told in one.told):
            yield Waiting("time", "agree-time", order.id, due=one.rings)


def _form(case: Case) -> Iterator[Waiting]:
    """电话报装: what is still open, and what was typed for a caller who has not heard it yet (X26)."""
    if case.telephone is None:
        return
    if case.telephone.lacking:
        yield Waiting("form", "fill", name=str(len(case.telephone.lacking)))
    if not case.in_chat and case.telephone.unconfirmed and case.telephone.read_back:
        yield Waiting("read_out", "read-out")


def _times(case: Case) -> Iterator[Waiting]:
    """A time that waits for somebody whom only a telephone reaches."""
    if case.in_chat:
        return
    for one in case.appointments.values():
        if not (one.agreed or one.wish or one.released) and one.orders:
            yield Waiting("agree", "agree", one.orders[0], due=one.at)


def _sheet(case: Case) -> Iterator[Waiting]:
    """附件3 (X37, X38, X42)."""
    sheet = case.sheet
    if sheet is None:
        return
    if not sheet.rows and not sheet.passed:
        yield Waiting("departments", "departments")
    if surveying(case):
        rows = {row.body for row in sheet.rows}
        yield from (Waiting("row", "", name=body) for body in missing(case) if body in rows)
    if sheet.passed:
        yield from (Waiting("copy", "copy", name=body) for body in participants(case) if body not in sheet.copies)
        if sheet.returned_at is None:
            yield Waiting("return_copy", "return-copy")


def _papers(case: Case) -> Iterator[Waiting]:
    """Stamped originals that somebody brings to the window (X127)."""
    yield from (Waiting("original", "original", name=one.id) for one in case.supplements if one.paper_lacking)


def _consultations(case: Case) -> Iterator[Waiting]:
    """会商 that the window convenes (J34)."""
    for one in case.consultations:
        if one.convening and not one.convener:
            act = {"asked": "consult-time", "named": "consult-minutes", "held": "consult-settled"}[one.state]
            yield Waiting(f"consult_{one.state}", act, due=one.at or next((ring.at for ring in one.rings), None))


def _after(case: Case) -> Iterator[Waiting]:
    """A bad mark is followed by a call (J35)."""
    if case.rating is not None and case.rating.bad and not case.rating.called_back:
        order = case.order(case.rating.order)
        clock = order.clocks.get("call_back") if order is not None else None
        yield Waiting("call_back", "call-back", due=clock.due.at if clock is not None else None)


def _next(order: Order) -> dt.datetime | None:
    """The limit of the order that ends first."""
    return min((clock.due.at for clock in order.clocks.values() if clock.runs), default=None)
