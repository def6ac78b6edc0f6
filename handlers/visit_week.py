"""The visits of a steward in a week: agreed and proposed times by day and half hour, and where one may be moved to."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from typing import Final, Literal, NamedTuple

from handlers.ports import Task
from model.calendar import CHINA
from model.case import Appointment
from model.county import County
from model.edition import under
from model.staff import Staff
from model.times import Meeting
from routing.limits import working_time
from routing.scheduling import SLOT, half_days, slot_of, slots, without

_WORKDAYS: Final = 10
"""So many days ahead free half hours are offered; another time is chosen in the form of the act."""
_AHEAD: Final = dt.timedelta(minutes=60)

Stands = Literal["agreed", "proposed", "wished"]


class VisitAt(NamedTuple):
    """A time at which people meet, of one order."""

    task: Task
    key: str
    at: dt.datetime
    kind: Meeting
    stands: Stands
    wish: str

    @property
    def slot(self) -> dt.datetime:
        """The half hour in which it begins."""
        return slot_of(self.at)

    @property
    def local(self) -> dt.datetime:
        """In China."""
        return self.at.astimezone(CHINA)


def monday(day: dt.date) -> dt.date:
    """The Monday of its week."""
    return day - dt.timedelta(days=day.weekday())


def visits_of(tasks: Iterable[Task], first: dt.date, days: int = 7) -> tuple[VisitAt, ...]:
    """Those of these days, in order; of a joint visit each case once."""
    found = dict[tuple[str, str], VisitAt]()
    last = first + dt.timedelta(days=days)
    for task in tasks:
        for key, one in _bound(task):
            if first <= one.at.astimezone(CHINA).date() < last:
                found.setdefault((task.case.id, key), _visit(task, key, one))
    return tuple(sorted(found.values(), key=lambda one: (one.at, one.task.case.number)))


def visit_of(task: Task) -> VisitAt | None:
    """The time that binds an order, if one does."""
    return next((_visit(task, key, one) for key, one in _bound(task)), None)


def half_hours(county: County, held: Collection[VisitAt]) -> tuple[dt.time, ...]:
    """The half hours of a working day, and those outside it in which somebody is expected."""
    found = {one.slot.astimezone(CHINA).time() for one in held}
    for opens, closes in county.process.hours.spans:
        at = dt.datetime.combine(dt.date(2000, 1, 1), opens, CHINA)
        while at + SLOT <= dt.datetime.combine(dt.date(2000, 1, 1), closes, CHINA):
            found.add(at.time())
            at += SLOT
    return tuple(sorted(found))


def free(
    county: County, task: Task, staff: Staff | None, tasks: Iterable[Task], now: dt.datetime
) -> tuple[dt.datetime, ...]:
    """The half hours of the next working days in which its steward is there, and by his other `tasks` nowhere else."""
    rules = under(county, task.case.process_version)
    survey = rules.process.survey
    until = now + dt.timedelta(days=min(survey.farthest_days, 2 * _WORKDAYS))
    windows = tuple(half_days(working_time(rules), now + _AHEAD, until))
    busy = {slot_of(one.at) for other in tasks if other.case.id != task.case.id for _, one in _bound(other)}
    there = [one for one in windows if staff is None or not staff.is_away(one.start.astimezone(CHINA).date())]
    own = visit_of(task)
    found = [
        at
        for window in without(there, busy)
        for at in slots(window)
        if survey.earliest <= at.astimezone(CHINA).time() <= survey.latest and (own is None or at != own.at)
    ]
    days = sorted({at.astimezone(CHINA).date() for at in found})[:_WORKDAYS]
    return tuple(at for at in found if at.astimezone(CHINA).date() in days)


def _bound(task: Task) -> Iterator[tuple[str, Appointment]]:
    case, order = task
    for key, one in case.appointments.items():
        if order.id in one.orders and not one.released:
            yield key, one


def _visit(task: Task, key: str, one: Appointment) -> VisitAt:
    stands: Stands = "wished" if one.wish else "agreed" if one.agreed else "proposed"
    return VisitAt(task, key, one.at, one.kind, stands, one.wish)
