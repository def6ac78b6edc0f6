"""What is said of a promised day that has passed (X35, J30)."""

import datetime as dt
from typing import Literal

from model.frozen import Frozen


class ExplainDelay(Frozen):
    """说明延期: why the promised day has passed, and the new one."""

    do: Literal["explain_delay"] = "explain_delay"
    order: str
    reason: str
    day: dt.date


class TellDelay(Frozen):
    """The clock says that nobody has explained it, or that the new day has passed too; `number` is the ringing it is about."""

    do: Literal["tell_delay"] = "tell_delay"
    order: str
    number: int
