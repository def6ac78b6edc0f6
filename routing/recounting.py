"""Limits that crossed into a year nobody had published, counted again once its calendar is there (R31)."""

from collections.abc import Iterator

from model.calendar import Due
from model.case import Case
from model.county import County
from model.events.clock import ClocksRecounted, Recounted
from model.order import Clock
from model.process import Timed, is_staffs
from routing.limits import due_of
from routing.pausing import run_on
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
                due = _counted(step, clock, county)
                if due != clock.due:
                    yield Recounted(order=order.id, step=step, due=due)


def _counted(step: Timed, clock: Clock, county: County) -> Due:
    """From when it began to run, where it waited for the applicant's own time from the end of that (R27); and on over the
    times in which it stood still.
    """
    planned = [one.until for one in clock.pauses if one.cause == "planned" and one.until is not None]
    shares = None if is_staffs(step) else [one.share for one in clock.due.warnings]
    due = due_of(clock.due, county, max([clock.started_at, *planned]), shares=shares)
    for one in clock.pauses:
        if one.cause != "planned" and one.until is not None:
            due = run_on(due, one.since, one.until, county)
    return due
