"""评价 and the call that follows a bad mark (J35)."""

from typing import Literal

from model.calendar import Due
from model.events.clock import Told
from model.frozen import Frozen


class Rated(Frozen):
    """The applicant's mark (评价, J35), the second time `changed`. After a bad one `callers` call him until `due`.

    `order` has the clock of it: a limit belongs to an order. Who served him is never one of the callers.
    """

    event: Literal["rated"] = "rated"
    mark: str
    bad: bool
    changed: bool = False
    order: str
    due: Due | None = None
    callers: tuple[Told, ...] = ()


class ReasonGiven(Frozen):
    """Why the mark was a bad one."""

    event: Literal["reason_given"] = "reason_given"
    reason: str


class CalledBack(Frozen):
    """He was called about his mark (回访); `by` is the staff id of whoever called."""

    event: Literal["called_back"] = "called_back"
    by: str
    text: str
