"""Limits that begin where the step before them is done: scheme, construction, acceptance, connection (X35, X52, J28, J30)."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from model.calendar import Length
from model.case import Case
from model.county import County
from model.events.clock import ClockStarted
from model.order import Order
from model.process import Step
from routing.limits import due_of, limit_of
from routing.transitions import precedes

_IN_TURN: Final[tuple[Step, ...]] = ("scheme", "construction", "acceptance", "connection")
"""Contact and survey begin with the push (R33)."""


def started(before: Case, after: Case, county: County, now: dt.datetime) -> Iterator[ClockStarted]:
    """The limits that begin because orders have come as far as this."""
    stood = {order.id: order.state for order in before.orders}
    for order in after.orders:
        if stood.get(order.id) in (None, order.state):
            continue
        for step in _IN_TURN:
            if step in after.steps and precedes(step, after.steps) == order.state:
                length = _length(step, order, after, county)
                if length is not None:
                    yield ClockStarted(order=order.id, step=step, due=due_of(length, county, now))


def _length(step: Step, order: Order, case: Case, county: County) -> Length | None:
    """What the body has promised in its scheme (承诺完成时限), else its trade publicly (J30), else the county's limit."""
    if step == "construction" and order.scheme is not None and order.scheme.days is not None:
        return Length(days=order.scheme.days)
    if step == "construction" and order.service in case.promises:
        return case.promises[order.service]
    return case.limits.get(step) or limit_of(step, county, {})
