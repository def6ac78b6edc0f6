"""Orders that end otherwise than connected, and go on after all (X160)."""

from collections.abc import Collection
from functools import partial

from model.case import Appointment, Case
from model.ending import Announced, Declining, Ending
from model.event import Recorded
from model.events.ending import (
    Anew,
    DeclineProposed,
    DeclineReturned,
    EndAnnounced,
    EndReasonGiven,
    KeptOn,
    Objected,
    OrdersEnded,
    OrdersResumed,
)
from model.order import Clock, Order, OrderState
from routing.folds.changing import altered, on_order
from routing.folds.stopping import passed_on, stopped

Event = (
    OrdersEnded | EndReasonGiven | OrdersResumed | EndAnnounced | KeptOn | DeclineProposed | DeclineReturned | Objected
)


def fold(case: Case, recorded: Recorded, event: Event) -> Case:
    """The case after this event."""
    match event:
        case OrdersEnded():
            return _ended(case, recorded, event)
        case OrdersResumed():
            for one in event.orders:
                case = on_order(case, one.order, partial(_resumed, recorded=recorded, event=one))
            return case.model_copy(update={"closed_at": None})
        case EndReasonGiven():
            for name in event.orders:
                case = on_order(case, name, lambda order: _ending(order, reason=event.reason))
            return case
        case Objected():
            return on_order(case, event.order, lambda order: _ending(order, objection=event.words))
        case EndAnnounced():
            announced = Announced(reason=event.reason, until=event.until)
            return on_order(case, event.order, lambda order: altered(order, announced=announced))
        case KeptOn():
            return on_order(case, event.order, lambda order: altered(order, announced=None))
        case DeclineProposed():
            wanted = Declining(**event.model_dump(include=set(Declining.model_fields)))
            return on_order(case, event.order, lambda order: altered(order, declining=wanted))
        case DeclineReturned():
            return on_order(case, event.order, lambda order: altered(order, declining=None))


def _ended(case: Case, recorded: Recorded, event: OrdersEnded) -> Case:
    for name in event.orders:
        case = on_order(case, name, lambda order: _over(order, recorded, event))
    for name in event.orders:
        case = on_order(passed_on(case, name), name, lambda order: stopped(order, recorded))
    gone = {order.steward for order in case.orders if order.id in event.orders}
    appointments = {
        key: _without(case, one, event.orders, gone) if key in event.appointments else one
        for key, one in case.appointments.items()
    }
    return case.model_copy(update={"appointments": appointments})


def _over(order: Order, recorded: Recorded, event: OrdersEnded) -> Order:
    """Nothing of it is waited for. A survey that was agreed is agreed no more, should it ever go on."""
    ending = Ending(**event.model_dump(include=set(Ending.model_fields)), at=recorded.at)
    state = OrderState.CONTACTED if order.state == OrderState.SURVEY_AGREED else order.state
    return altered(
        order,
        ending=ending,
        state=state,
        declining=None,
        announced=None,
        deniable_until=None,
        relief_asked=False,
    )


def _without(case: Case, one: Appointment, orders: Collection[str], gone: Collection[str | None]) -> Appointment:
    """The others keep the time, and one of them speaks for it if its speaker is gone; without others it is given up."""
    left = tuple(name for name in one.orders if name not in orders)
    if not left:
        return one.model_copy(update={"orders": (), "agreed": False, "wish": "", "released": True})
    stewards = [order.steward for order in case.orders if order.id in left and order.steward]
    by = stewards[0] if stewards and one.by in gone and one.by not in stewards else one.by
    return one.model_copy(update={"orders": left, "by": by})


def _resumed(order: Order, recorded: Recorded, event: Anew) -> Order:
    anew = {step: Clock(started_at=recorded.at, due=due) for step, due in event.dues.items()}
    return altered(order, ending=None, clocks=order.clocks | anew)


def _ending(order: Order, **new: object) -> Order:
    if order.ending is None:
        raise ValueError(f"order {order.id} has not ended")
    return altered(order, ending=order.ending.model_copy(update=new))
