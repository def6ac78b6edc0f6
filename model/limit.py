"""A limit of an open order that is still to be kept, as a list of what is late needs it."""

import datetime as dt

from model.frozen import Frozen
from model.process import Timed


class OpenLimit(Frozen):
    """One limit of one order: whose it is (None: nobody's), from when and until when, and whether it runs.

    `chosen`: the window has said which body acts; before that `body` is the first of those that may. `next_share` is the share of
    the limit, in percent, that will be warned of next, at `next_at`; None once all were, and while the limit stands still.
    `provisional`: it ends in a year whose holidays nobody has published.
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
    runs: bool
    provisional: bool
    next_share: int | None
    next_at: dt.datetime | None
