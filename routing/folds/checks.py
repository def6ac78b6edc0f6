"""The way of a 过户 or 销户, and what was checked on it (J66–J82)."""

from model.case import Case
from model.event import Recorded
from model.events.checks import CheckFailed, CheckPassed, RouteTaken
from model.order import Order
from model.route import CheckState
from routing.folds.changing import altered, on_order


def fold(case: Case, recorded: Recorded, event: RouteTaken | CheckPassed | CheckFailed) -> Case:
    """The case after this event."""
    match event:
        case RouteTaken() as taken:
            return on_order(case, taken.order, lambda order: altered(order, route=taken.route))
        case CheckPassed() as passed:
            return on_order(case, passed.order, lambda order: _looked(order, recorded, passed, "passed", passed.note))
        case CheckFailed() as failed:
            return on_order(case, failed.order, lambda order: _looked(order, recorded, failed, "failed", failed.reason))


def _looked(order: Order, recorded: Recorded, event: CheckPassed | CheckFailed, state: CheckState, note: str) -> Order:
    if order.route is None:
        raise ValueError(f"{event.event} of {order.id}, which has no checks")
    update = {"state": state, "by": event.steward, "at": recorded.at, "note": note}
    checks = tuple(one.model_copy(update=update) if one.id == event.check else one for one in order.route.checks)
    return altered(order, route=order.route.model_copy(update={"checks": checks}))
