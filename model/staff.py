"""The people who serve: stewards of the bodies, hotline and window staff."""

import datetime as dt
from typing import Literal

from model.frozen import Frozen

Duty = Literal["steward", "lead", "supervisor", "clerk"]


class Absence(Frozen):
    """请假: from one day to another, both included."""

    first: dt.date
    last: dt.date

    def overlaps(self, other: "Absence") -> bool:
        """Whether both have a day, and neither is the other one as it was told before: that begins on the same day."""
        return self.first != other.first and self.first <= other.last and other.first <= self.last


class Engagement(Frozen):
    """A half hour in which a member of staff is expected, and the case that holds it."""

    slot: dt.datetime
    case: str


class Staff(Frozen):
    """A member of staff of a body. Name and phone are told to applicants (X162, J93).

    `duty`: a steward gets orders; a lead heads his body, a supervisor watches over the county (X14), and both hear of what
    is late; a clerk serves at the window or the hotline (X7, X12) and gets no orders. `districts` empty means all of the body's.
    `account` and `person` are where the bot reaches him once he is bound;
    `open_tasks` counts his orders that are not connected yet, and permits he is to decide. `serves`: he has not left (离岗).
    `absences` are those not over; `weekdays` those on which he is on duty (0 is Monday), if his body has a rota.
    `engagements`: the half hours in which he is expected somewhere.
    """

    id: str
    county: str
    body: str
    name: str
    phone: str
    duty: Duty = "steward"
    districts: tuple[str, ...] = ()
    account: str | None = None
    person: str | None = None
    open_tasks: int = 0
    serves: bool = True
    absences: tuple[Absence, ...] = ()
    weekdays: tuple[int, ...] = ()
    engagements: tuple[Engagement, ...] = ()

    def is_away(self, day: dt.date) -> bool:
        """Whether he is absent on this day."""
        return any(one.first <= day <= one.last for one in self.absences)

    @property
    def handles(self) -> bool:
        """Whether orders of his body are his matter at all."""
        return self.duty in ("steward", "lead")

    @property
    def reachable(self) -> bool:
        """Whether the bot can write to him."""
        return self.person is not None
