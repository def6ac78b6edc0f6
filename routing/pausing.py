"""Limits that stand still while somebody else must act, and run on afterwards with what was left of them."""

import datetime as dt
from collections.abc import Iterator

from model.calendar import CHINA, Due, WarningTime
from model.case import Case
from model.county import County
from model.events.clock import Cause, ClockPaused, ClockResumed
from model.order import Clock, Order
from model.process import Step
from routing.lacking import asked_of_applicant, lacking_for
from routing.limits import working_time
from routing.unreached import WAITING
from routing.visits import visit_at
from routing.works import waits_for_user


def pauses(case: Case, county: County, now: dt.datetime) -> Iterator[ClockPaused | ClockResumed]:
    """What changes about the limits of this case, given how it stands now."""
    for order in case.orders:
        for step in case.steps_of(order):
            clock = order.clocks.get(step)
            if clock is None or clock.met_at is not None:
                continue
            cause = cause_of(case, order, step, county)
            if cause is not None and not clock.stands:
                yield ClockPaused(order=order.id, step=step, cause=cause, due=clock.due)
            elif cause is None and clock.stands:
                yield ClockResumed(order=order.id, step=step, due=resumed(clock, county, now))


def cause_of(case: Case, order: Order, step: Step, county: County) -> Cause | None:
    """Why the limit of this step must not run now; None: it runs."""
    if asked_of_applicant(case, order):
        return "correction"
    if order.unreached and step in WAITING:
        return "unreached"
    if step == "acceptance" and step in county.process.visits and visit_at(case, order) is None:
        return "visit"
    if step == "construction" and waits_for_user(case, order):
        return "inside"
    return "materials" if lacking_for(case, order, step, county) else None


def resumed(clock: Clock, county: County, now: dt.datetime) -> Due:
    """The due time of a limit that stood still and runs on at `now`: what was left of it is left still.

    Of a limit in days that is so many working days, of one in hours so much time; who was late before is late still.
    """
    *before, last = clock.pauses
    begun = max([last.since, *(one.until for one in before if one.until is not None)])
    return run_on(clock.due, begun, max(now, begun), county)


def run_on(due: Due, begun: dt.datetime, now: dt.datetime, county: County) -> Due:
    """The due time of a limit that stood still from `begun` to `now`."""
    time = working_time(county)

    def later(at: dt.datetime) -> dt.datetime:
        if at <= begun:
            return at
        return now + (at - begun) if due.hours is not None else time.add(now, time.between(begun, at))

    end, provisional = later(due.at), due.provisional
    if due.days is not None and due.at > begun:
        start, day = now.astimezone(CHINA).date(), due.at.astimezone(CHINA).date()
        left = _workdays(county, begun.astimezone(CHINA).date(), day)
        if left:
            day, provisional = county.calendar.due_day(start, left)
        else:  # it ended that very day: it ends on the next on which people work
            day, provisional = county.calendar.due_day(start, 1, count_first=now < _closing(county, start))
        end = _closing(county, day)

    def warned(at: dt.datetime) -> dt.datetime:
        """In days it ends at the close of a day: the whole of it is reached then, less of it no later, more from there."""
        if due.at <= begun:
            return later(at)
        if at <= due.at:
            return end if at == due.at else min(later(at), end)
        return end + (at - due.at) if due.hours is not None else time.add(end, time.between(due.at, at))

    warnings = tuple(WarningTime(share=one.share, at=warned(one.at)) for one in due.warnings)
    return due.model_copy(update={"at": end, "provisional": provisional, "warnings": warnings})


def _workdays(county: County, after: dt.date, upto: dt.date) -> int:
    days = (after + dt.timedelta(days=ahead) for ahead in range(1, (upto - after).days + 1))
    return sum(county.calendar.is_workday(day) for day in days)


def _closing(county: County, day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, county.process.closes, CHINA)
