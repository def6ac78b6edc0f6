"""When a step was done, if that is not when it was entered (X59, J35): the county's rule, and what an order keeps of it."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from model.events.clock import Told
from model.frozen import Frozen
from model.process import Step

STEPS: Final[Mapping[str, Step]] = {
    "contact": "contact",
    "opinion": "survey",
    "scheme": "scheme",
    "built": "construction",
    "acceptance": "acceptance",
    "connect": "connection",
}
"""The commands with which it may be said at once when the step was done."""


class Entered(Frozen):
    """The step that was entered last, as event `sequence`; `step` None: the push, or what else nothing can be done before.

    `since`: nothing can have been done before it, for then the step `after` which it came was done; `happened_at` is the same
    as `at` unless an earlier time stands. `refused`: somebody has said that none does.
    """

    step: Step | None = None
    sequence: int
    at: dt.datetime
    happened_at: dt.datetime
    since: dt.datetime
    after: Step | None = None
    refused: bool = False


class Backdating(Frozen):
    """An earlier time that somebody says and that does not stand yet: a reason is waited for, or an answer of `told`.

    `since`: when the step before it was done, as far as that stands. `rings`: when the clock ends the waiting; `number` tells one
    waiting from another.
    """

    step: Step
    entry: int
    entered_at: dt.datetime
    happened_at: dt.datetime
    since: dt.datetime
    steward: str
    reason: str = ""
    told: tuple[Told, ...] = ()
    rings: dt.datetime
    number: int
