"""What is said of when a step was truly done (补报)."""

import datetime as dt
from typing import Literal

from model.frozen import Frozen


class Backdate(Frozen):
    """补报时间: the step that was entered last was done earlier, and why that is only said now."""

    do: Literal["backdate"] = "backdate"
    order: str
    at: dt.datetime
    reason: str = ""


class ExplainBackdating(Frozen):
    """Why an earlier time was not said at once, as the steward is asked beyond what the county tolerates.

    `entry` is the step it is about, None: the first that waits for a reason.
    """

    do: Literal["explain_backdating"] = "explain_backdating"
    order: str
    reason: str
    entry: int | None = None


class AnswerBackdating(Frozen):
    """同意, 不同意: whether the earlier time stands; `entry` is the step it is about, None: the first that waits."""

    do: Literal["answer_backdating"] = "answer_backdating"
    order: str
    agrees: bool
    entry: int | None = None


class CloseBackdating(Frozen):
    """The clock says that nobody has given a reason, or answered; `number` is the waiting it is about."""

    do: Literal["close_backdating"] = "close_backdating"
    order: str
    number: int
