"""Somebody has looked at something of an applicant's: who, at what, when. Kept for good, and only added to."""

import datetime as dt
from typing import Literal

from model.frozen import Frozen

What = Literal["paper", "case", "sheet", "search", "intake", "ledger", "call", "human", "enquiry"]
"""A photo or file; name and telephone of a case; the filled form as a document; what a search found; a form that is being filled
in for a caller; the list of cases (台账); what somebody is to say by telephone, with the number; what he says to staff
in the chat; what somebody asks, and the number at which he is answered.
"""


class Look(Frozen):
    """One look; it holds ids, and nothing of the person's. `key` makes it happen once.

    `case` and `order`: of which, where it is of one. `paper` is the field or the supplement, `place` its place among the order's
    papers (from 1). `way`: sent into the chat, or at the console.
    """

    key: str
    county: str
    what: What = "paper"
    case: str | None = None
    order: str | None = None
    staff: str
    paper: str = ""
    place: int = 0
    way: Literal["chat", "console"]
    at: dt.datetime
