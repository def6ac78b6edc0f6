"""过户、销户: the way of an order for which nothing is built, and what must be checked on it (J66–J82, C8)."""

import datetime as dt
from typing import Literal

from model.calendar import Length
from model.frozen import Frozen
from model.process import Step

CheckState = Literal["open", "passed", "failed"]


class Check(Frozen):
    """One thing that the body makes sure of before it acts, as it stands: who looked, when, and what he found.

    `yes` and `no` are the two answers; `told`: it is passed by telling the registered holder, and `note` says how he was told.
    """

    id: str
    name: str
    yes: str
    no: str
    told: bool = False
    state: CheckState = "open"
    by: str = ""
    at: dt.datetime | None = None
    note: str = ""


class Route(Frozen):
    """The way an order goes instead of the county's usual one: its steps, its limit, its checks."""

    id: str
    name: str
    steps: tuple[Step, ...]
    limit: Length | None = None
    checks: tuple[Check, ...] = ()

    @property
    def unpassed(self) -> tuple[Check, ...]:
        """What keeps the order from being finished."""
        return tuple(one for one in self.checks if one.state != "passed")

    def check(self, name: str) -> Check | None:
        """The check with this id."""
        return next((one for one in self.checks if one.id == name), None)

    def anew(self) -> "Route":
        """The same way with nothing checked yet."""
        blank = {"state": "open", "by": "", "at": None, "note": ""}
        return self.model_copy(update={"checks": tuple(one.model_copy(update=blank) for one in self.checks)})
