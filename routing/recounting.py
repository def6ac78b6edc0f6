"""Limits that crossed into a year nobody had published, counted again once its calendar is there (R31)."""

import datetime as dt
from collections.abc import Iterator

from model.case import Case
from model.county import County
from model.events.clock import ClocksRecounted, Recounted
from model.order import Clock
from routing.limits import due_of
from routing.refusal import No


def recount(case: Case, county: County) -> ClocksRecounted:
    """The provisional limits that still run, under the calendar as it is now. Raises `No`: `recount.nothing`.

    One whose day stays the same is told as well: it may be promised now.
    """
    limits = tuple(_recounted(case, county))
    if not limits:
        raise No("recount.nothing")
    return ClocksRecounted(limits=limits)


def _recounted(case: Case, county: County) -> Iterator[Recounted]:
    for order in case.orders:
        for step, clock in order.clocks.items():
            if clock.met_at is None and clock.due.provisional:
                due = due_of(clock.due, county, _began(clock))
                if due != clock.due:
                    yield Recounted(order=order.id, step=step, due=due)


def _began(clock: Clock) -> dt.datetime:
    """When the limit began to run: where it waited for the applicant's own time, at its end (R27)."""
    return max([clock.started_at, *(pause.until for pause in clock.pauses)])
