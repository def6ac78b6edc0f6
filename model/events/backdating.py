"""A step was done before it was entered: the earlier time stands, is asked about, or falls (X59, J35).

The step's own event keeps when it was entered; `entry` is its sequence, and these events say when it happened.
"""

import datetime as dt
from typing import Literal

from model.events.clock import Told
from model.frozen import Frozen
from model.process import Step


class BackDated(Frozen):
    """The earlier time stands, since it is within what the county tolerates."""

    event: Literal["back_dated"] = "back_dated"
    order: str
    step: Step
    entry: int
    steward: str
    happened_at: dt.datetime


class BackdatingClaimed(Frozen):
    """It is longer ago than that: its steward is asked for a reason, `until` then; the time of entry counts meanwhile."""

    event: Literal["backdating_claimed"] = "backdating_claimed"
    order: str
    step: Step
    entry: int
    steward: str
    happened_at: dt.datetime
    until: dt.datetime


class BackdatingAsked(Frozen):
    """The reason is there, and those `told` are asked whether the earlier time is to stand, `until` then."""

    event: Literal["backdating_asked"] = "backdating_asked"
    order: str
    step: Step
    entry: int
    steward: str
    happened_at: dt.datetime
    reason: str
    told: tuple[Told, ...]
    until: dt.datetime


class BackdatingDecided(Frozen):
    """It stands from now on, or the time of entry does; `by` is a staff id, "" the window, None: nobody answered in time.

    `told` had been asked. `fell_with`: it would lie before that step, whose own earlier time does not stand.
    """

    event: Literal["backdating_decided"] = "backdating_decided"
    order: str
    step: Step
    entry: int
    steward: str
    happened_at: dt.datetime
    agrees: bool
    by: str | None = None
    told: tuple[Told, ...] = ()
    fell_with: Step | None = None
