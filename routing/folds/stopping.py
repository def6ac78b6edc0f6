"""What stops when an order is connected or has ended: its limits. What may still follow (容缺) has its time with another."""

from model.case import Case
from model.event import Recorded
from model.order import Order
from routing.folds.changing import altered, on_order
from routing.transitions import finished


def stopped(order: Order, recorded: Recorded) -> Order:
    """No limit of the order runs any more."""
    clocks = {
        step: clock.model_copy(update={"stopped_at": recorded.at}) if clock.waits else clock
        for step, clock in order.clocks.items()
    }
    return altered(order, clocks=clocks)


def passed_on(case: Case, order_id: str) -> Case:
    """The one time for all that may follow goes to another order that waits for some of it, before this one stops (X47)."""
    order = case.order(order_id)
    clock = order.clocks.get("deferred") if order else None
    if order is None or clock is None or not clock.waits:
        return case
    awaited = {name for one in case.supplements if one.lacking and not one.asked for name in one.orders} - {order_id}
    heir = next((one.id for one in case.orders if one.id in awaited and not finished(one, case.steps_of(one))), None)
    if heir is None:
        return case
    left = {step: one for step, one in order.clocks.items() if step != "deferred"}
    case = on_order(case, order_id, lambda one: altered(one, clocks=left))
    return on_order(case, heir, lambda one: altered(one, clocks={**one.clocks, "deferred": clock}))
