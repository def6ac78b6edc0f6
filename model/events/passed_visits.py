"""The hour of an agreed visit has passed, and nothing is reported of it (X36, X51, X53)."""

import datetime as dt
from typing import Literal

from model.frozen import Frozen


class VisitUnreported(Frozen):
    """Those who were to come for these orders are asked what became of it; `until` then the applicant is not told."""

    event: Literal["visit_unreported"] = "visit_unreported"
    appointment: str
    at_time: dt.datetime
    orders: tuple[str, ...]
    sequence: int
    until: dt.datetime


class VisitLate(Frozen):
    """Nobody has said: the applicant hears that it is late, and whom to call."""

    event: Literal["visit_late"] = "visit_late"
    appointment: str
    at_time: dt.datetime
    orders: tuple[str, ...]
    sequence: int


class VisitExplained(Frozen):
    """Why nobody came, said by `steward`; the time is given up, and another one looked for."""

    event: Literal["visit_explained"] = "visit_explained"
    appointment: str
    at_time: dt.datetime
    orders: tuple[str, ...]
    sequence: int
    steward: str
    reason: str
