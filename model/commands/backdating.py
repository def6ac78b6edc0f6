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
    """Why an earlier time was not said at once, as the steward is asked beyond what the county tolerates."""

    do: Literal["explain_backdating"] = "explain_backdating"
    order: str
    reason: str


class AnswerBackdating(Frozen):
    """同意, 不同意: whether the earlier time stands."""

    do: Literal["answer_backdating"] = "answer_backdating"
    order: str
    agrees: bool


class CloseBackdating(Frozen):
    """The clock says that nobody has given a reason, or answered; `number` is the waiting it is about."""

    do: Literal["close_backdating"] = "close_backdating"
    order: str
    number: int
