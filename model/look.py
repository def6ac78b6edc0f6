"""Somebody has looked at a paper of an applicant's: who, at whose, when. Kept for good, and only added to."""

import datetime as dt
from typing import Literal

from model.frozen import Frozen


class Look(Frozen):
    """One look at one paper; it holds ids, and nothing of the person's. `key` makes it happen once.

    `paper` is the field or the supplement, `place` its place among the order's papers (from 1). `way`: sent into the chat, or
    written to a folder at the console.
    """

    key: str
    county: str
    case: str
    order: str
    staff: str
    paper: str
    place: int
    way: Literal["chat", "console"]
    at: dt.datetime
