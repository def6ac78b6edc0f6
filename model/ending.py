"""How an order ends otherwise than connected (X160): 撤回, 终止, 不予受理, 不具备接入条件."""

import datetime as dt
from typing import Literal

from model.events.clock import Told
from model.frozen import Frozen

EndKind = Literal["withdrawn", "terminated", "declined", "unfit"]
"""By the applicant; by the window, for example where nobody answers; 不予受理; 不具备接入条件."""

DeclineKind = Literal["declined", "unfit"]
"""What a body may say, and only with reason, alternative and the telephone to complain at."""


class Ending(Frozen):
    """An order is over without a connection; `objection` is what its applicant says against it."""

    kind: EndKind
    by: str
    at: dt.datetime
    reason: str = ""
    alternative: str = ""
    complaints: str = ""
    objection: str = ""


class Declining(Frozen):
    """A body wants to refuse the order; it waits for one of `told` to confirm it."""

    kind: DeclineKind
    steward: str
    reason: str
    alternative: str
    complaints: str
    told: tuple[Told, ...]


class Announced(Frozen):
    """The order is to be terminated at `until`, unless its applicant says that he goes on with it."""

    reason: str
    until: dt.datetime
