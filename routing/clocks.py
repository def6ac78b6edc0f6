"""Limits that begin where the step before them is done: scheme, construction, acceptance, connection (X35, X52, J28, J30)."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from model.calendar import CHINA, Length
from model.case import Case
from model.county import County
from model.events.clock import ClockStarted
from model.order import Order, OrderState
from model.process import Step
from model.sheet import Promise
from routing.conclusion import held
from routing.limits import due_of, limit_of
from routing.transitions import precedes
from routing.visits import visit_at

_IN_TURN: Final[tuple[Step, ...]] = ("scheme", "construction", "acceptance", "connection")
"""Contact and survey begin with the push (R33)."""
_PROMISED: Final[tuple[Step, ...]] = ("scheme", "construction")
"""The steps that the sheet's 承诺完成时限 stands for (X155)."""


def started(before: Case, after: Case, county: County, now: dt.datetime) -> Iterator[ClockStarted]:
    """The limits that begin because orders have come as far as this, or that are promised anew on the sheet (X155).

    That of an acceptance by appointment counts from the visit (X52).
    """
    for order in after.orders:
        old = before.order(order.id)
        if old is None or waits(after, order):
            continue
        arrived = old.state != order.state or waits(before, old)
        promised = _promised(before) != _promised(after)
        steps = after.steps_of(order)
        for step in _IN_TURN:
            if step in steps and precedes(step, steps) == order.state:
                length, by_sheet = _length(step, order, after, county, now)
                if step == "acceptance" and step in county.process.visits:
                    since = visit_at(after, order)
                    begins = since is not None and since != visit_at(before, old)
                else:
                    since, begins = done_at(order, before, now), arrived or (promised and by_sheet)
                if length is not None and since is not None and begins:
                    yield ClockStarted(
                        order=order.id,
                        step=step,
                        due=due_of(length, county, since),
                        since=since if since < now and since != visit_at(after, order) else None,
                    )


def done_at(order: Order, before: Case, now: dt.datetime) -> dt.datetime:
    """When the step was done that an order has just come through: earlier than now if it was entered so (X59)."""
    new = order.entered is not None and order.entered.sequence > before.version
    return order.entered.happened_at if new and order.entered is not None else now


def waits(case: Case, order: Order) -> bool:
    """Whether an order that was surveyed waits for the others on the sheet."""
    return order.state is OrderState.SURVEYED and held(case)


def _length(step: Step, order: Order, case: Case, county: County, now: dt.datetime) -> tuple[Length | None, bool]:
    """What the body has promised in its scheme, else all on the sheet (承诺完成时限, true then; X35), else its trade publicly
    (J30), else the county's limit.
    """
    if order.route is not None:
        return (order.route.limit if step == "connection" else None), False
    if step == "construction" and order.scheme is not None and order.scheme.days is not None:
        return Length(days=order.scheme.days), False
    promise = _promised(case) if step in _PROMISED else None
    days = working_days(county, now.astimezone(CHINA).date(), promise.day) if promise else 0
    if days:
        return Length(days=days), True
    if step == "construction" and order.service in case.promises:
        return case.promises[order.service], False
    return case.limits.get(step) or limit_of(step, county, {}), False


def _promised(case: Case) -> Promise | None:
    return case.sheet.promise if case.sheet else None


def working_days(county: County, since: dt.date, until: dt.date) -> int:
    """How many working days come after one day until another, that one included."""
    span = range(1, (until - since).days + 1)
    return sum(county.calendar.is_workday(since + dt.timedelta(days=number)) for number in span)
