"""A promised date that has passed without its step: what the applicant is told of it (X35, J30)."""

import datetime as dt

from model.delay_rules import Promised
from model.frozen import Frozen


class Delay(Frozen):
    """Whoever has the order is asked for a reason and a new date; `rings`: when the clock looks at it next.

    `number` tells one ringing from another; `reason` is there once it was given, `told` once the clock spoke instead.
    """

    step: Promised
    due: dt.datetime
    rings: dt.datetime | None
    number: int
    reason: str = ""
    told: bool = False
