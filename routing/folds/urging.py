"""催办 and its answer."""

from model.case import Case
from model.event import Recorded
from model.events.urging import UrgeAnswered, Urged
from model.order import Clock
from routing.folds.changing import altered, met, on_order


def fold(case: Case, recorded: Recorded, event: Urged | UrgeAnswered) -> Case:
    """The case after this event."""
    match event:
        case Urged() as urged:
            clock = Clock(started_at=recorded.at, due=urged.due)
            for name in urged.orders:
                case = on_order(case, name, lambda order: altered(order, clocks={**order.clocks, "urge": clock}))
            return case
        case UrgeAnswered():
            return on_order(case, event.order, lambda order: met(order, "urge", recorded))
