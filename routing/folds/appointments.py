"""What an appointment does to the orders it binds, whoever made it."""

from collections.abc import Sequence

from model.case import Appointment, Case
from model.order import Order, OrderState
from model.times import Gathering, Meeting
from routing.folds.changing import altered
from routing.transitions import standing


def appointed(case: Case, key: str, appointment: Appointment) -> Case:
    """The case with this appointment in place of the one before; a time proposed or agreed ends the asking for one."""
    gathering = case.gatherings.get(key)
    stands = not (appointment.wish or appointment.released)
    if gathering is not None and stands:
        settled = gathering.model_copy(update={"state": "settled"})
        case = case.model_copy(update={"gatherings": {**case.gatherings, key: settled}})
    case = case.model_copy(update={"appointments": {**case.appointments, key: appointment}})
    orders = tuple(altered(order, state=_bound(case, order, appointment)) for order in case.orders)
    return case.model_copy(update={"orders": orders})


def left(case: Case, kind: Meeting, order: str) -> Case:
    """The case once this order needs nobody to come for it any more; of an appointment without orders nobody is reminded."""
    appointments = {
        key: _without(one, order) if one.kind == kind and order in one.orders else one
        for key, one in case.appointments.items()
    }
    gatherings = {
        key: _out_of(one, order) if one.kind == kind and kind != "survey" and one.state != "settled" else one
        for key, one in case.gatherings.items()
    }
    return case.model_copy(update={"appointments": appointments, "gatherings": gatherings})


def unasked(case: Case, orders: Sequence[str]) -> Case:
    """The case once the applicant is not asked in chat any more whether a time for these orders suits him."""
    appointments = {
        key: one.model_copy(update={"unasked": True})
        if not one.agreed and set(orders).intersection(one.orders)
        else one
        for key, one in case.appointments.items()
    }
    return case.model_copy(update={"appointments": appointments})


def _without(appointment: Appointment, order: str) -> Appointment:
    orders = tuple(one for one in appointment.orders if one != order)
    reminders = appointment.reminders if orders else ()
    return appointment.model_copy(update={"orders": orders, "reminders": reminders})


def _out_of(gathering: Gathering, order: str) -> Gathering:
    """Others are asked on without it, once they are asked again."""
    return gathering.model_copy(update={"state": "settled"}) if gathering.orders == (order,) else gathering


def caught_up(case: Case, order: str, state: OrderState) -> OrderState:
    """The state an order comes to: one whose survey is agreed already goes along at once."""
    surveys = (one for one in case.appointments.values() if one.kind == "survey")
    agreed = any(one.agreed and order in one.orders for one in surveys)
    return OrderState.SURVEY_AGREED if agreed and ready(case, state) else state


def ready(case: Case, state: OrderState) -> bool:
    """Whether an order in this state has only its survey before it."""
    return standing(state, case.steps) == standing(OrderState.CONTACTED, case.steps)


def _bound(case: Case, order: Order, appointment: Appointment) -> OrderState:
    """An order ready for its survey goes along with the appointment; one not ready yet catches up when it is."""
    if order.id not in appointment.orders or appointment.kind != "survey":
        return order.state
    if appointment.agreed:
        return OrderState.SURVEY_AGREED if ready(case, order.state) else order.state
    return OrderState.CONTACTED if order.state == OrderState.SURVEY_AGREED else order.state
