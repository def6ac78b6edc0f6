"""What a working day holds: of the limits that still run, which end today, which have ended, which come later."""

import datetime as dt
from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

from model.calendar import CHINA
from model.county import County
from model.order import Order
from model.process import Timed, is_staffs

Thing = TypeVar("Thing")


class Agenda(NamedTuple, Generic[Thing]):
    """Things in the order in which to look at them, the earliest limit first; those without a limit come last."""

    today: tuple[Thing, ...]
    overdue: tuple[Thing, ...]
    others: tuple[Thing, ...]

    @property
    def all(self) -> tuple[Thing, ...]:
        """Today's first, then those overdue, then the others."""
        return (*self.today, *self.overdue, *self.others)


def agenda(things: Iterable[tuple[Thing, dt.datetime | None]], now: dt.datetime) -> Agenda[Thing]:
    """Things with the instants at which their limits end. What ended today is overdue, what is still to end today is today's."""
    never = dt.datetime.max.replace(tzinfo=dt.UTC)
    listed = sorted(things, key=lambda one: one[1] or never)
    today, overdue, others = list[Thing](), list[Thing](), list[Thing]()
    for thing, due in listed:
        if due is not None and due < now:
            overdue.append(thing)
        elif due is not None and due.astimezone(CHINA).date() == now.astimezone(CHINA).date():
            today.append(thing)
        else:
            others.append(thing)
    return Agenda(tuple(today), tuple(overdue), tuple(others))


def next_limit(order: Order) -> tuple[Timed, dt.datetime] | None:
    """The limit of an order that ends first of those that still run, and its step."""
    running = [(clock.due.at, step) for step, clock in order.clocks.items() if clock.runs and is_staffs(step)]
    return next(((step, at) for at, step in sorted(running)), None)


class Morning(NamedTuple):
    """The part of a working day in which the digest goes out: from the county's opening to its first break."""

    opens: dt.datetime
    ends: dt.datetime


def morning(county: County, day: dt.date) -> Morning | None:
    """The morning of a day; None on a day off."""
    if not county.calendar.is_workday(day):
        return None
    opens, ends = county.process.hours.spans[0]
    return Morning(dt.datetime.combine(day, opens, CHINA), dt.datetime.combine(day, ends, CHINA))


def next_morning(county: County, after: dt.datetime) -> dt.datetime:
    """When the county opens next, later than `after`."""
    day = after.astimezone(CHINA).date()
    while (found := morning(county, day)) is None or found.opens <= after:
        day += dt.timedelta(days=1)
    return found.opens
