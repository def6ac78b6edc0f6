"""What staff have written into cells of the form (X97–X99, X146)."""

from model.case import Case
from model.cells import Filled
from model.event import Recorded
from model.events.cells import CellsFilled
from routing.folds.changing import altered, on_order


def fold(case: Case, recorded: Recorded, event: CellsFilled) -> Case:
    """The case after this event."""
    anew = {name: Filled(value=value, by=event.steward, at=recorded.at) for name, value in event.cells.items()}
    return on_order(case, event.order, lambda order: altered(order, cells=order.cells | anew))
