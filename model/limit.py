"""A limit of an open order that is still to be kept, as what is late is counted and listed."""

import datetime as dt
from typing import NamedTuple

from model.frozen import Frozen
from model.process import Timed


class Reach(NamedTuple):
    """How far a limit has come, as rows can be counted by it: it `runs`, it has `begun`, its end is `past`; which share of it, in
    percent, will be warned of next (None once all were, and while it stands still), and whether the time for that has come (`ripe`).
    """

    runs: bool
    begun: bool
    past: bool
    next_share: int | None
    ripe: bool


class LimitGroup(NamedTuple):
    """So many limits of a body, a service and a step that have come as far as this. `body` is "" while the window has still to choose."""

    body: str
    service: str
    step: Timed
    reach: Reach
    amount: int


class OpenLimit(Frozen):
    """One limit of one order: whose it is (None: nobody's), from when and until when, and how far it has come.

    `chosen`: the window has said which body acts; before that `body` is the first of those that may. `provisional`: it ends in a year
    whose holidays nobody has published.
    """

    order: str
    case: str
    number: str
    service: str
    body: str
    chosen: bool
    steward: str | None
    step: Timed
    since: dt.datetime
    due: dt.datetime
    provisional: bool
    reach: Reach
