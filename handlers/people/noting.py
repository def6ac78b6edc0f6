"""A change of the staff as it is kept: who makes it, and what he knew."""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from model.login import at_console
from model.message import Actor
from model.staff import Staff
from model.staff_change import OPERATOR, StaffChange, What
from storage.staff_changes import Noting


class By(NamedTuple):
    """Who changes something: a member of staff by his id, or `OPERATOR`. `seen`: the newest change of this one that he knows of."""

    id: str
    now: dt.datetime
    seen: int | None = None

    @property
    def actor(self) -> Actor:
        """Who gives the commands of the core that follow of it."""
        if self.id == OPERATOR:
            return Actor(person=OPERATOR, role="staff")
        return Actor(person=at_console(self.id), role="staff", staff=self.id)

    def noting(self, one: Staff, what: What, about: Mapping[str, tuple[str, ...]] | None = None) -> Noting:
        """What is kept of it. An operator may take the last admin away: he makes another."""
        change = StaffChange(
            county=one.county, staff=one.id, by=self.id, what=what, about=dict(about or {}), at=self.now
        )
        return Noting(
            change, self.seen, keeps_admin=self.id != OPERATOR and what in ("left", "logout", "roles", "login")
        )
