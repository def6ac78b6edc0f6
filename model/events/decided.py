"""What the county decides from a form, decided anew because an answer was given, or changed, after the form was handed in (X26)."""

import datetime as dt
from typing import Literal

from model.calendar import Length
from model.events.clock import Recounted
from model.frozen import Frozen
from model.process import Step
from model.route import Route

What = Literal["led", "unled", "joint", "single", "route", "usual", "limit", "body"]


class Change(Frozen):
    """One thing that follows otherwise now, for these orders. `stands`: it stays as it was, for too much is done already."""

    what: What
    orders: tuple[str, ...]
    stands: bool = False

    @property
    def for_applicant(self) -> bool:
        """Whether the applicant notices it himself: who comes, or that nobody does."""
        return not self.stands and self.what in ("joint", "single", "route", "usual")


class DecidedAnew(Frozen):
    """What the answers decide now, in full; and of it, what is told as a change.

    `routes`: orders that go a way of their own from now on, or (None) the usual one. `dues`: limits that run, counted again
    from when they began. Works outside the red line, departments and bodies have events of their own beside it. `given_up`:
    the survey time that nobody comes to any more.
    """

    event: Literal["decided_anew"] = "decided_anew"
    joint: bool
    limits: dict[Step, Length] = {}
    possible_permits: tuple[str, ...] | None = None
    promises: dict[str, Length] = {}
    departments: tuple[str, ...] = ()
    routes: dict[str, Route | None] = {}
    dues: tuple[Recounted, ...] = ()
    changed: tuple[Change, ...] = ()
    given_up: dt.datetime | None = None
