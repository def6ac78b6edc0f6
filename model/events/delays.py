"""A promised day has passed without its step (X35, J30)."""

import datetime as dt
from typing import Literal

from model.delay_rules import Promised
from model.frozen import Frozen


class DelayAsked(Frozen):
    """Who has the order is asked for a reason and a new day, `until` then; `due` is what was promised last."""

    event: Literal["delay_asked"] = "delay_asked"
    order: str
    step: Promised
    due: dt.datetime
    until: dt.datetime


class DelayExplained(Frozen):
    """The reason, and the end of the day promised instead; the limit itself stays what it was."""

    event: Literal["delay_explained"] = "delay_explained"
    order: str
    step: Promised
    steward: str
    reason: str
    ends: dt.datetime


class DelayTold(Frozen):
    """Nobody has given a reason: the applicant hears that it is late, and whom to call; `lead` is a staff id."""

    event: Literal["delay_told"] = "delay_told"
    order: str
    step: Promised
    lead: str | None = None
