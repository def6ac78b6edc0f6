"""Failed calls as an order keeps them (X20)."""

import datetime as dt

from pydantic import Field as Setting

from model.events.unreached import Counts
from model.frozen import Frozen


class UnreachedRule(Frozen):
    """So many failed calls in different half-days of work make the limit of the contact stand still (O)."""

    calls: int = Setting(default=3, ge=1, le=10)


class FailedCall(Frozen):
    """A call that reached nobody; with the one that `pauses`, the limit stands still."""

    at: dt.datetime
    counts: Counts
    pauses: bool = False
