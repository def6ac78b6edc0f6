"""台账: which orders are wanted in it, and an order as its row begins."""

import datetime as dt
from typing import Literal

from model.frozen import Frozen


class Wanted(Frozen):
    """Which orders of a county: of one body, one service, open or closed, accepted from `since` until before `until`.

    `town`: whose address lies in this town; `late_at`: only what was late at this instant. None, or empty, is all.
    """

    body: str | None = None
    service: str | None = None
    state: Literal["", "open", "closed"] = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    town: str = ""
    late_at: dt.datetime | None = None


class LedgerOrder(Frozen):
    """An order as the rows have it. `chosen`: the window has said which body acts; `erased_at`: the case's data is gone."""

    order: str
    case: str
    number: str
    service: str
    body: str
    chosen: bool
    steward: str | None
    state: str
    open: bool
    accepted_at: dt.datetime
    closed_at: dt.datetime | None
    erased_at: dt.datetime | None
