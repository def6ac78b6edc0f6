"""Failed calls, and the word after them (X20)."""

from functools import partial

from model.case import Case
from model.event import Recorded
from model.events.unreached import ApplicantHeard, CallFailed
from model.order import Order
from model.unreached import FailedCall
from routing.folds.changing import altered, on_order


def fold(case: Case, recorded: Recorded, event: CallFailed | ApplicantHeard) -> Case:
    """The case after this event."""
    match event:
        case CallFailed():
            call = FailedCall(at=recorded.at, counts=event.counts, pauses=event.pauses)
            return on_order(case, event.order, partial(_called, call=call))
        case ApplicantHeard():
            for name in event.orders:
                case = on_order(case, name, lambda order: altered(order, calls=()))
            return case


def _called(order: Order, call: FailedCall) -> Order:
    return altered(order, calls=(*order.calls, call))
