"""The planned time, and the limits that run from it (X21, R27)."""

import datetime as dt
from functools import partial

from model.booking import Booking
from model.case import Case
from model.event import Recorded
from model.events.booking import PlanMoved, PlanReminded, Replanned, TimePlanned
from model.order import Order
from routing.folds.changing import on_order, ticking


def fold(case: Case, recorded: Recorded, event: TimePlanned | PlanMoved | PlanReminded) -> Case:
    """The case after this event."""
    if isinstance(event, PlanReminded):
        rings = tuple(one for one in (case.booking.rings if case.booking else ()) if one > recorded.at)
        booking = Booking(until=event.until, rings=rings, number=recorded.sequence)
        return case.model_copy(update={"booking": booking})
    booking = Booking(until=event.until, rings=event.rings, number=recorded.sequence)
    if isinstance(event, TimePlanned):
        return case.model_copy(update={"booking": booking})
    for one in event.limits:
        case = on_order(case, one.order, partial(_waits, limit=one, until=event.until))
    return case.model_copy(update={"booking": booking, "wished": event.wished})


def _waits(order: Order, limit: Replanned, until: dt.datetime) -> Order:
    """The limit waits until the new time instead of the old one; nothing of it was warned of yet."""
    pauses = tuple(
        one.model_copy(update={"until": until}) if one.cause == "planned" else one
        for one in order.clocks[limit.step].pauses
    )
    return ticking(order, limit.step, due=limit.due, pauses=pauses, warned=0)
