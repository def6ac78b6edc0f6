"""When people can come, a decision where nothing meets, somebody who was not there, and what the clock does (X30, X36, X53)."""

import datetime as dt
from typing import Literal

from model.frozen import Frozen
from model.times import Window


class GiveTimes(Frozen):
    """When `party` (the applicant, or a staff id) can come; `more`: besides what he said before.

    `round` is that of the question he saw.
    """

    do: Literal["give_times"] = "give_times"
    appointment: str
    round: int
    party: str
    windows: tuple[Window, ...]
    more: bool = False


class DecideTime(Frozen):
    """定时间: nothing met, and whoever leads decides."""

    do: Literal["decide_time"] = "decide_time"
    appointment: str
    round: int
    at: dt.datetime


class CloseTimes(Frozen):
    """The clock: whoever has been silent until now is left out."""

    do: Literal["close_times"] = "close_times"
    appointment: str
    round: int


class Remind(Frozen):
    """The clock: an appointment comes near."""

    do: Literal["remind"] = "remind"
    appointment: str
    sequence: int
    which: Literal["day", "hour"]


class ReportMissed(Frozen):
    """没见上: the hour is past and somebody was not there; with a reason, so that another time can be found.

    The applicant names the appointment he saw, a steward his `order`.
    """

    do: Literal["missed"] = "missed"
    appointment: str = ""
    sequence: int = 0
    order: str = ""
    reason: str
