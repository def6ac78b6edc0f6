"""A case or an order with something of it changed: what all folds are made of."""

import datetime as dt
from collections.abc import Callable

from model.calendar import Due
from model.case import Case
from model.event import Recorded
from model.order import Clock, Order
from model.process import Timed


def on_order(case: Case, order_id: str, change: Callable[[Order], Order]) -> Case:
    """The case with this order changed. Raises `ValueError` for an order it has not."""
    if case.order(order_id) is None:
        raise ValueError(f"no order {order_id} in case {case.id}")
    orders = tuple(change(order) if order.id == order_id else order for order in case.orders)
    return case.model_copy(update={"orders": orders})


def altered(order: Order, **new: object) -> Order:
    """The order with these fields new."""
    return order.model_copy(update=new)


def ticking(order: Order, step: Timed, **new: object) -> Order:
    """The order with something new about the clock of this step, which it has."""
    return altered(order, clocks={**order.clocks, step: order.clocks[step].model_copy(update=new)})


def met(order: Order, step: Timed, recorded: Recorded) -> Order:
    """The step is done: its limit runs no more; one that was met stays met."""
    clock = order.clocks.get(step)
    return order if clock is None or clock.met_at else ticking(order, step, met_at=recorded.at)


def recounted(clock: Clock, due: Due, now: dt.datetime) -> Clock:
    """A provisional limit, counted again (R31): what was warned of too early is warned of again when its time truly comes."""
    reached = [one.share for one in due.warnings if one.at <= now]
    return clock.model_copy(update={"due": due, "warned": min(clock.warned, max(reached, default=0))})
