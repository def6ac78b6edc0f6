"""预约式报装: limits wait for the time the applicant has planned, which he moves as he needs (X21, R27)."""

import datetime as dt
from collections.abc import Iterable, Iterator

from model.booking import BookingRule
from model.calendar import CHINA
from model.case import Case
from model.commands.booking import MovePlan, RemindOfPlan
from model.county import County
from model.events.booking import PlanMoved, PlanReminded, Replanned, TimePlanned
from model.events.clock import ClockPaused
from model.order import Clock
from routing.limits import begins, due_of, spans_of
from routing.refusal import No
from routing.transitions import UNSURVEYED


def planned(paused: Iterable[ClockPaused], county: County, now: dt.datetime) -> TimePlanned | None:
    """What these limits wait for; None where they wait for nothing, or the county lets nobody move it."""
    rule = county.process.booking
    until = max((one.until for one in paused if one.until is not None), default=None)
    return None if rule is None or until is None else TimePlanned(until=until, rings=rings(until, rule, now))


def rings(until: dt.datetime, rule: BookingRule, now: dt.datetime) -> tuple[dt.datetime, ...]:
    """When everybody is reminded of the time."""
    day = until.astimezone(CHINA).date()
    found = (dt.datetime.combine(day - dt.timedelta(days=ahead), rule.at, CHINA) for ahead in rule.remind_days)
    return tuple(sorted(one for one in found if one > now))


def movable(case: Case, now: dt.datetime | None = None) -> bool:
    """Whether the planned time is still the applicant's to move: until its day is over, and nobody has begun to meet."""
    if case.booking is None or case.closed_at is not None or not waiting(case):
        return False
    return now is None or now.astimezone(CHINA).date() <= case.booking.until.astimezone(CHINA).date()


def waiting(case: Case) -> tuple[str, ...]:
    """The orders for which nobody has yet looked for a time to come."""
    if case.appointments or case.gatherings:
        return ()
    return tuple(one.id for one in case.orders if one.ending is None and one.state in UNSURVEYED)


def planning(case: Case, do: MovePlan | RemindOfPlan, county: County, now: dt.datetime) -> PlanMoved | PlanReminded:
    """What is done about a planned time. Raises `No`: those of `move_plan` and `remind_of_plan`."""
    return move_plan(case, do, county, now) if isinstance(do, MovePlan) else remind_of_plan(case, do, now)


def move_plan(case: Case, do: MovePlan, county: County, now: dt.datetime) -> PlanMoved:
    """Limits run from the new time on. Raises `No`: `move_plan.none`, `.over`, `.past`, `.too_far`, `.same`."""
    rule = county.process.booking
    if rule is None or case.booking is None:
        raise No("move_plan.none")
    if not movable(case, now):
        raise No("move_plan.over")
    if do.day is not None:
        ahead = (do.day.date - now.astimezone(CHINA).date()).days
        if ahead < 0:
            raise No("move_plan.past")
        if ahead > rule.farthest_days:
            raise No("move_plan.too_far", days=str(rule.farthest_days))
    until = now if do.day is None else max(now, begins(do.day, county))
    if until == case.booking.until or (do.day is None and case.booking.until <= now):
        raise No("move_plan.same")
    return PlanMoved(
        day=do.day,
        until=until,
        orders=waiting(case),
        wished=spans_of(do.day, county) if do.day is not None else (),
        rings=rings(until, rule, now),
        limits=tuple(_replanned(case, county, until)),
    )


def waits_for_plan(clock: Clock) -> bool:
    """Whether this limit is still to be kept, and was to run from the planned time."""
    return clock.waits and any(one.cause == "planned" for one in clock.pauses)


def _replanned(case: Case, county: County, until: dt.datetime) -> Iterator[Replanned]:
    for order in case.orders:
        for step in case.steps:
            clock = order.clocks.get(step)
            if order.ending is None and clock is not None and waits_for_plan(clock):
                yield Replanned(order=order.id, step=step, due=due_of(clock.due, county, until))


def remind_of_plan(case: Case, do: RemindOfPlan, now: dt.datetime) -> PlanReminded:
    """One reminder, once. Raises `No`: `remind_plan.nothing`, `remind_plan.early`."""
    rung = case.plan_rings
    if case.booking is None or rung is None or case.booking.number != do.number:
        raise No("remind_plan.nothing")
    if now < rung:
        raise No("remind_plan.early")
    return PlanReminded(until=case.booking.until, orders=waiting(case))
