"""人工会话 as it is counted: when it began, was answered and ended; neither who talked nor what was said (ADR 45)."""

import datetime as dt
from typing import NamedTuple

from model.frozen import Frozen


class TalkRecord(NamedTuple):
    """One talk. `answered_at`: the first word of staff in it; `enquiry`: what nobody had answered became one."""

    opened_at: dt.datetime
    answered_at: dt.datetime | None
    ended_at: dt.datetime | None
    ended_by: str
    enquiry: bool


class TalkFigures(Frozen):
    """The talks that began in a month. Of `due` the first answer was due, `kept` so many came in time; `answered` were answered, and
    half of them waited no longer than `waited` seconds of working time (the median; None: none was). `left`: he ended it
    himself before an answer was due. `enquiries`: so many became one.
    """

    begun: int
    kept: int
    due: int
    answered: int
    waited: int | None
    left: int
    enquiries: int
