"""What a steward asked of the head of his body stands until it is decided (R33)."""

from model.case import Case
from model.events.relief import ReliefAsked, ReliefRefused
from routing.folds.changing import altered, on_order


def fold(case: Case, event: ReliefAsked | ReliefRefused) -> Case:
    """The case after this event; given to another, the order is as if nobody had asked (`routing.folds.intake`)."""
    asked = isinstance(event, ReliefAsked)
    return on_order(case, event.order, lambda order: altered(order, relief_asked=asked))
