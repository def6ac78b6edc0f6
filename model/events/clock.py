"""Limits that begin, stand still and are warned of (R27, J35)."""

import datetime as dt
from typing import Literal

from model.calendar import Due
from model.frozen import Frozen
from model.process import Receiver, Step, Timed


class ClockStarted(Frozen):
    """A limit begins to run: what comes before its step is done, at `since` if that was before it was entered."""

    event: Literal["clock_started"] = "clock_started"
    order: str
    step: Step
    due: Due
    since: dt.datetime | None = None


class Told(Frozen):
    """Who was warned, and as what: a member of staff by id, or the county's window."""

    receiver: Receiver
    id: str


Cause = Literal["planned", "correction", "materials", "visit", "unreached", "inside"]
"""Why a limit stands still: the applicant's own planned time is later (R27); he was asked for more (补正); what the step
waits for is not complete (X129); the time people meet for it is not agreed (X52); he was called in vain (X20); only his own works
are left (X44).
"""


class ClockPaused(Frozen):
    """A limit does not run: until then, and ends later; or, `until` None, until it is resumed, `due` then standing as it was."""

    event: Literal["clock_paused"] = "clock_paused"
    order: str
    step: Step
    cause: Cause
    until: dt.datetime | None = None
    due: Due


class ClockResumed(Frozen):
    """What it stood still for is over: the limit runs on, and ends by so much later."""

    event: Literal["clock_resumed"] = "clock_resumed"
    order: str
    step: Step
    due: Due


class Warned(Frozen):
    """超时预警 (J35): so much of a limit has passed, in percent, for these orders at once, and who was told of it."""

    event: Literal["warned"] = "warned"
    orders: tuple[str, ...]
    step: Timed
    share: int
    due: dt.datetime
    told: tuple[Told, ...]


class Recounted(Frozen):
    """A limit of an order, counted again."""

    order: str
    step: Timed
    due: Due


class ClocksRecounted(Frozen):
    """Limits that were provisional end when they truly end, now that the year has been published (R31)."""

    event: Literal["clocks_recounted"] = "clocks_recounted"
    limits: tuple[Recounted, ...]
