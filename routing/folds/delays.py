"""A promised day that has passed, as the order keeps it (X35, J30)."""

from model.case import Case
from model.delay import Delay
from model.event import Recorded
from model.events.delays import DelayAsked, DelayExplained, DelayTold
from model.order import Order
from routing.folds.changing import altered, on_order


def fold(case: Case, recorded: Recorded, event: DelayAsked | DelayExplained | DelayTold) -> Case:
    """The case after this event."""

    def changed(order: Order) -> Order:
        match event:
            case DelayAsked():
                due = order.clocks[event.step].due.at
                delay = Delay(step=event.step, due=due, rings=event.until, number=recorded.sequence)
                return altered(order, delay=delay)
            case DelayExplained():
                return _kept(order, reason=event.reason, rings=event.ends, number=recorded.sequence)
            case DelayTold():
                return _kept(order, told=True, rings=None)

    return on_order(case, event.order, changed)


def _kept(order: Order, **new: object) -> Order:
    return altered(order, delay=order.delay.model_copy(update=new) if order.delay else None)
