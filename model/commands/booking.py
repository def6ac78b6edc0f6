"""The applicant brings his planned time forward or puts it off; the clock reminds of it (X21)."""

from typing import Literal

from model.frozen import Frozen
from model.values import Day


class MovePlan(Frozen):
    """改预约时间: to another day; None: he wants it begun now."""

    do: Literal["move_plan"] = "move_plan"
    day: Day | None = None


class RemindOfPlan(Frozen):
    """The planned time comes near; `number` tells which state of the plan the clock speaks of."""

    do: Literal["remind_plan"] = "remind_plan"
    number: int
