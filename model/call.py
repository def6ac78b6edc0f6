"""A call in place of a message that could not be brought: what came of it (design §2.4)."""

import datetime as dt
from typing import Final, Literal, NamedTuple, get_args

from model.delivery import Row

CallOutcome = Literal["reached", "not_reached", "wrong_number"]
"""He was told; nobody answered, to be tried again; it is somebody else's number."""
CALL_OUTCOMES: Final[tuple[CallOutcome, ...]] = get_args(CallOutcome)


class Tried(NamedTuple):
    """One call, made by a member of staff (`by`, his id)."""

    by: str
    outcome: CallOutcome
    at: dt.datetime


class ToCall(NamedTuple):
    """A message that somebody has to say by telephone: why it did not arrive, since when it waits, and the calls so far."""

    row: Row
    reason: str
    written: dt.datetime
    tried: tuple[Tried, ...] = ()
