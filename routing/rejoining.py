"""An order that goes on after all, or was added, comes along to the joint survey, if that is not held yet (X30, X160)."""

import datetime as dt
from collections.abc import Iterator, Sequence

from model.case import JOINT, Case
from model.event import Event
from model.events.adding import ServiceAdded
from model.events.ending import OrdersResumed
from model.events.survey import SurveyJoined
from model.order import Order
from model.staff import Staff
from routing.asking import busy
from routing.transitions import UNSURVEYED

_SLOT = dt.timedelta(minutes=30)


def rejoined(case: Case, event: Event, now: dt.datetime, staff: Sequence[Staff]) -> Iterator[SurveyJoined]:
    """Those of them whose steward is not elsewhere at that time; for the others one is found as for any order.

    Where a time is still looked for, all are asked anew (`routing.gathering`).
    """
    held = case.appointments.get(JOINT)
    resumed = _come(event)
    if not resumed or held is None or held.kind != "survey":
        return
    if held.released or held.wish or not held.orders or held.at <= now:
        return
    again = [
        one
        for one in case.orders
        if one.id in resumed
        and one.id not in held.orders
        and one.state in UNSURVEYED
        and not one.candidates
        and one.route is None
    ]
    orders = tuple(one.id for one in again if _can_come(case, one, held.at, staff))
    if orders:
        added = isinstance(event, ServiceAdded)
        yield SurveyJoined(appointment=JOINT, at_time=held.at, orders=orders, sequence=held.sequence, added=added)


def _come(event: Event) -> set[str]:
    """The orders that were not to be surveyed before this event."""
    match event:
        case OrdersResumed(orders=resumed):
            return {one.order for one in resumed}
        case ServiceAdded(orders=added):
            return set(added)
        case _:
            return set()


def _can_come(case: Case, order: Order, at: dt.datetime, staff: Sequence[Staff]) -> bool:
    taken = busy(case, order.steward, staff) if order.steward else ()
    return all(not slot <= at < slot + _SLOT for slot in taken)
