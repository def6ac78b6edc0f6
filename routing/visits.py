"""验收 and 接通 by appointment: who can meet, who is waited for, and when everybody is asked (X51, X53, X54, J28)."""

import datetime as dt
from collections.abc import Iterator, Sequence

from model.case import Case
from model.county import County
from model.event import Event
from model.events.ending import OrdersEnded, OrdersResumed
from model.events.scheduling import OthersAwaited, TimesAsked
from model.events.works import AcceptanceReported, Connected, WorksReported
from model.meeting_rules import VisitRule
from model.order import Order, OrderState
from model.staff import Staff
from model.times import Gathering, Visit
from routing.asking import asked_of_all, bound
from routing.limits import due_of
from routing.transitions import PATH, precedes, standing


def visited(case: Case, event: Event, county: County, now: dt.datetime, staff: Sequence[Staff]) -> Iterator[Event]:
    """What follows from an event for the visits of a case, which stands as it is after it."""
    if not isinstance(event, WorksReported | AcceptanceReported | Connected | OrdersEnded | OrdersResumed):
        return
    for kind, rule in county.process.visits.items():
        if kind in case.steps and case.closed_at is None:
            yield from _next(case, kind, rule, county, now, staff)


def gone_on(case: Case, key: str, county: County, now: dt.datetime, staff: Sequence[Staff]) -> TimesAsked:
    """Those who are ready are asked, whoever is still to come."""
    kind: Visit = "acceptance" if case.kind_of(key) == "acceptance" else "connection"
    rule = county.process.visits.get(kind, VisitRule())
    return asked_of_all(case, key, {}, county, rule.meet, now, staff, orders=_free(case, kind, beside=key))


def visit_at(case: Case, order: Order) -> dt.datetime | None:
    """When people meet for the acceptance of an order, if that is agreed."""
    agreed = (one for one in case.appointments.values() if one.kind == "acceptance" and one.agreed)
    return next((one.at for one in agreed if order.id in one.orders), None)


def _next(
    case: Case, kind: Visit, rule: VisitRule, county: County, now: dt.datetime, staff: Sequence[Staff]
) -> Iterator[Event]:
    if not rule.joint:
        for place, name in enumerate(_free(case, kind)):
            yield asked_of_all(
                case, _new_key(case, kind, place), {}, county, rule.meet, now, staff, kind=kind, orders=(name,)
            )
        return
    looked_for = _looked_for(case, kind)
    key, gathering = looked_for or (_new_key(case, kind), None)
    ready = _free(case, kind, beside=key)
    if not ready:
        return
    if gathering is not None and gathering.state != "holding":
        if ready != gathering.orders:
            yield asked_of_all(case, key, gathering.times, county, rule.meet, now, staff, orders=ready)
        return
    until = gathering.closes if gathering else due_of(rule.hold, county, now).at if rule.hold else now
    waiting = tuple(one.id for one in case.orders if _nearly(case, kind, one, until))
    if not waiting or until <= now:
        yield asked_of_all(case, key, {}, county, rule.meet, now, staff, kind=kind, orders=ready)
    elif gathering is None or gathering.orders != ready:
        yield OthersAwaited(appointment=key, kind=kind, orders=ready, waiting=waiting, until=until)


def _free(case: Case, kind: Visit, beside: str = "") -> tuple[str, ...]:
    """The orders that have come so far and have no time, nor one that is looked for, but at the appointment `beside`."""
    taken = {
        name for key, one in case.appointments.items() if one.kind == kind and key != beside for name in one.orders
    }
    taken |= {
        name
        for key, one in case.gatherings.items()
        if one.kind == kind and key != beside and one.state != "settled"
        for name in bound(case, key)
    }
    ready = precedes(kind, case.steps)
    return tuple(one.id for one in case.orders if one.state == ready and one.ending is None and one.id not in taken)


def _looked_for(case: Case, kind: Visit) -> tuple[str, Gathering] | None:
    """The time that is being looked for, if one is."""
    found = ((key, one) for key, one in case.gatherings.items() if one.kind == kind and one.state != "settled")
    return next(found, None)


def _nearly(case: Case, kind: Visit, order: Order, until: dt.datetime) -> bool:
    """Whether an order may have come so far by then: it is being built, or accepted, and promised no later."""
    ready = PATH.index(precedes(kind, case.steps))
    place = PATH.index(standing(order.state, case.steps))
    if order.ending is not None or not PATH.index(OrderState.SCHEMED) <= place < ready:
        return False
    building = order.clocks.get("construction") if order.state == OrderState.SCHEMED else None
    return building is None or building.due.at <= until


def _new_key(case: Case, kind: Visit, after: int = 0) -> str:
    number = len({key for key in (*case.gatherings, *case.appointments) if case.kind_of(key) == kind})
    return f"{kind}-{number + after + 1}"
