"""A planned time, from which limits run (X21, R27)."""

import datetime as dt
from typing import Literal

from model.calendar import Due
from model.frozen import Frozen
from model.process import Step
from model.times import Window
from model.values import Day


class TimePlanned(Frozen):
    """The applicant has named in his form when it is to be begun: until then limits wait."""

    event: Literal["time_planned"] = "time_planned"
    until: dt.datetime
    rings: tuple[dt.datetime, ...] = ()


class Replanned(Frozen):
    """The limit of an order, counted from the new time."""

    order: str
    step: Step
    due: Due


class PlanMoved(Frozen):
    """He has named another day, or (None) wants it begun now; `wished` is when people may come to him then."""

    event: Literal["plan_moved"] = "plan_moved"
    day: Day | None
    until: dt.datetime
    orders: tuple[str, ...]
    wished: tuple[Window, ...] = ()
    rings: tuple[dt.datetime, ...] = ()
    limits: tuple[Replanned, ...] = ()


class PlanReminded(Frozen):
    """He and whoever works for him were reminded of it."""

    event: Literal["plan_reminded"] = "plan_reminded"
    until: dt.datetime
    orders: tuple[str, ...]
