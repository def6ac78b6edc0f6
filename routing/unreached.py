"""没打通: three failed calls in different half-days of work, and the limit of the contact stands still (X20)."""

import datetime as dt
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from model.calendar import CHINA
from model.case import Case
from model.command import Do
from model.commands.erasure import EndQuestions
from model.commands.unreached import SayReachable
from model.county import County
from model.event import Event
from model.events.ending import OrdersEnded
from model.events.unreached import ApplicantHeard, CallFailed, Counts
from model.message import Actor
from model.order import Order
from model.process import Step
from routing.refusal import No
from routing.transitions import TABLE

WAITING: Final[tuple[Step, ...]] = ("contact", "survey")
"""The steps whose limits run from the push (R33): nobody can keep them while the applicant is not reached."""
_NOON: Final = dt.time(12)


class HalfDay(NamedTuple):
    """A morning or an afternoon on which people work."""

    day: dt.date
    half: Literal["上午", "下午"]


def half_day(at: dt.datetime, county: County) -> HalfDay | None:
    """The half-day of work in which this instant lies; None outside the hours of work."""
    local = at.astimezone(CHINA)
    day, time = local.date(), local.time()
    open_now = any(opens <= time < closes for opens, closes in county.process.hours.spans)
    if not (open_now and county.calendar.is_workday(day)):
        return None
    return HalfDay(day, "上午" if time < _NOON else "下午")


def call_failed(order: Order, steward: str, county: County, now: dt.datetime) -> CallFailed:
    """A failed call; it counts once a half-day, in the hours of work and while the limit has not ended.

    Raises `No`: `unreached.absent` where the county has no such rule, `unreached.paused`, `unreached.again` in the same half-day.
    """
    rule = county.process.unreached
    if rule is None:
        raise No("unreached.absent")
    if order.unreached:
        raise No("unreached.paused", calls=str(rule.calls))
    half = half_day(now, county)
    counted = [one for one in order.calls if one.counts == "yes"]
    if half is not None and half in [half_day(one.at, county) for one in counted]:
        raise No("unreached.again", half=half.half)
    counts: Counts = "off_hours" if half is None else "late" if _is_late(order, now) else "yes"
    number = len(counted) + (counts == "yes")
    return CallFailed(
        order=order.id,
        steward=steward,
        counts=counts,
        number=number,
        pauses=counts == "yes" and number >= rule.calls,
    )


def _is_late(order: Order, now: dt.datetime) -> bool:
    clocks = [clock for step in WAITING if (clock := order.clocks.get(step)) is not None and clock.runs]
    return any(now > clock.due.at for clock in clocks)


def reachable(case: Case, order: Order) -> ApplicantHeard:
    """He says that he can be called now, for all that tried in vain. Raises `No`: `reachable.already`."""
    if not order.unreached:
        raise No("reachable.already")
    return ApplicantHeard(orders=_tried_in_vain(case))


def heard(case: Case, do: Do, actor: Actor, first: Sequence[Event]) -> tuple[ApplicantHeard, ...]:
    """Whatever else an applicant, or the window for him, does about his case is a word of his, but for having his words erased;
    of what he ends nothing is left.
    """
    speaks = actor.role == "applicant" or (actor.role == "staff" and "applicant" in TABLE[do.do].by)
    if not speaks or isinstance(do, SayReachable | EndQuestions):
        return ()
    ended = {name for event in first if isinstance(event, OrdersEnded) for name in event.orders}
    left = tuple(name for name in _tried_in_vain(case) if name not in ended)
    return (ApplicantHeard(orders=left),) if left else ()


def _tried_in_vain(case: Case) -> tuple[str, ...]:
    return tuple(order.id for order in case.orders if order.unreached and order.ending is None)
