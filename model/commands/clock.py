"""What the clock asks for (J35)."""

import datetime as dt
from typing import Literal

from model.frozen import Frozen
from model.process import Timed


class Warn(Frozen):
    """超时预警: the clock says that `at` this time so much of a limit has passed, in percent.

    For all orders of the case of which it is true: those that are `due` at once and began at once.
    """

    do: Literal["warn"] = "warn"
    step: Timed
    share: int
    at: dt.datetime
    due: dt.datetime


class WarnOfApproval(Frozen):
    """超时预警 of an application for a permit, or (`items`) of what was allowed to follow it."""

    do: Literal["warn_approval"] = "warn_approval"
    approval: str
    items: bool = False
    share: int
    at: dt.datetime
    due: dt.datetime


class Recount(Frozen):
    """补算期限: the calendar of a year that was not published has arrived, or `days` of it were changed (R31)."""

    do: Literal["recount"] = "recount"
    days: tuple[dt.date, ...] = ()
