"""Limits that crossed into a year nobody had published, or over a day that was changed, counted again by the calendar there is (R31)."""

import datetime as dt
from collections.abc import Collection, Iterator

from model.calendar import CHINA, Due, Length
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
from routing.visits import visit_at


def recount(case: Case, county: County, days: Collection[dt.date] = ()) -> tuple[Event, ...]:
    """The limits that still run, of orders and of applications for permits, under the calendar as it is now: those that are
    provisional, and those counted over one of these `days`. Raises `No`: `recount.nothing`.

    A provisional one whose day stays the same is told as well: it may be promised now.
    """
    limits = tuple(_recounted(case, county, days))
    events = (*((ClocksRecounted(limits=limits),) if limits else ()), *_permits(case, county, days))
    if not events:
        raise No("recount.nothing")
    return events


def _recounted(case: Case, county: County, days: Collection[dt.date]) -> Iterator[Recounted]:
    for order in case.orders:
        for step, clock in order.clocks.items():
            if not _concerned(clock, days):
                continue
            since = clock.begins_at
            if step == "acceptance" and step in county.process.visits:
                visit = visit_at(case, order)
                if visit is None:  # it stands, and begins anew with the visit that will be agreed
                    continue
                since = visit
            due = counted(clock, county, shared=is_staffs(step), since=since)
            if due != clock.due:
                yield Recounted(order=order.id, step=step, due=due)


def _permits(case: Case, county: County, days: Collection[dt.date]) -> Iterator[ApprovalRecounted]:
    for approval in case.approvals:
        clocks = ((False, approval.clock if approval.open else None), (True, running(approval, items=True)))
        for items, clock in clocks:
            if clock is not None and _concerned(clock, days):
                due = counted(clock, county, shared=True)
                if due != clock.due:
                    yield ApprovalRecounted(approval=approval.id, items=items, due=due)


def _concerned(clock: Clock, days: Collection[dt.date]) -> bool:
    """Whether the limit runs, and was counted, to its last warning, over one of these days."""
    if clock.due.provisional:
        return clock.met_at is None
    if not clock.waits:
        return False
    last = max([clock.due.at, *(one.at for one in clock.due.warnings)]).astimezone(CHINA).date()
    return any(clock.begins_at.astimezone(CHINA).date() <= day <= last for day in days)


def counted(
    clock: Clock,
    county: County,
    *,
    shared: bool = True,
    length: Length | None = None,
    since: dt.datetime | None = None,
) -> Due:
    """From when it began to run, where it waited for the applicant's own time from the end of that (R27); and on over the
    times in which it stood still. `length`: another one than it had; `since`: it counts from then (a visit, X52).
    """
    shares = None if shared else [one.share for one in clock.due.warnings]
    due = due_of(length or clock.due, county, since or clock.begins_at, shares=shares)
    for one in clock.pauses:
        if one.cause != "planned" and one.until is not None:
            due = run_on(due, one.since, one.until, county)
    return due
