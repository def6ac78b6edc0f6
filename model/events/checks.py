"""The way of a 过户 or 销户, and what its body has checked (J66–J82)."""

from typing import Literal

from model.frozen import Frozen
from model.route import Route


class RouteTaken(Frozen):
    """Nothing is built for this order: it goes this way."""

    event: Literal["route_taken"] = "route_taken"
    order: str
    route: Route


class CheckPassed(Frozen):
    """A check is passed; `note` says how the registered holder was told, where it is that."""

    event: Literal["check_passed"] = "check_passed"
    order: str
    steward: str
    check: str
    note: str = ""


class CheckFailed(Frozen):
    """A check is not passed, for this reason: the order is not finished before it is."""

    event: Literal["check_failed"] = "check_failed"
    order: str
    steward: str
    check: str
    reason: str
