"""Limits that crossed into a year nobody had published, counted again once its calendar is there (R31)."""

from collections.abc import Iterator

from model.calendar import Due, Length
from model.case import Case
from model.county import County
from model.event import Event
from model.events.approvals import ApprovalRecounted
from model.events.clock import ClocksRecounted, Recounted
from model.order import Clock
from model.process import is_staffs
from routing.approval_warning import running
from routing.limits import due_of
from routing.pausing import run_on
from routing.refusal import No


def recount(case: Case, county: County) -> tuple[Event, ...]:
    """The provisional limits that still run, of orders and of applications for permits, under the calendar as it is now.
    Raises `No`: `recount.nothing`.

    One whose day stays the same is told as well: it may be promised now.
    """
    limits = tuple(_recounted(case, county))
    events = (*((ClocksRecounted(limits=limits),) if limits else ()), *_permits(case, county))
    if not events:
        raise No("recount.nothing")
    return events


def _recounted(case: Case, county: County) -> Iterator[Recounted]:
    for order in case.orders:
        for step, clock in order.clocks.items():
            if clock.met_at is None and clock.due.provisional:
                due = counted(clock, county, shared=is_staffs(step))
                if due != clock.due:
                    yield Recounted(order=order.id, step=step, due=due)


def _permits(case: Case, county: County) -> Iterator[ApprovalRecounted]:
    for approval in case.approvals:
        clocks = ((False, approval.clock if approval.open else None), (True, running(approval, items=True)))
        for items, clock in clocks:
            if clock is not None and clock.met_at is None and clock.due.provisional:
                due = counted(clock, county, shared=True)
                if due != clock.due:
                    yield ApprovalRecounted(approval=approval.id, items=items, due=due)


def counted(clock: Clock, county: County, *, shared: bool = True, length: Length | None = None) -> Due:
    """From when it began to run, where it waited for the applicant's own time from the end of that (R27); and on over the
    times in which it stood still. `length`: another one than it had.
    """
    shares = None if shared else [one.share for one in clock.due.warnings]
    due = due_of(length or clock.due, county, clock.begins_at, shares=shares)
    for one in clock.pauses:
        if one.cause != "planned" and one.until is not None:
            due = run_on(due, one.since, one.until, county)
    return due
