"""An agreed visit whose hour passes with neither report nor miss nor move: asked about first, then told of, each once (X36)."""

import datetime as dt
from collections.abc import Iterator

from model.case import Appointment, Case
from model.commands.passed_visits import ExplainVisit, PassVisit
from model.county import County
from model.decision import Ring
from model.delay_rules import VisitDelay
from model.events.passed_visits import VisitExplained, VisitLate, VisitUnreported
from model.message import Actor
from model.order import Order
from routing.allowing import found, own
from routing.limits import due_of
from routing.refusal import No


def passed_visits(
    case: Case, do: ExplainVisit | PassVisit, actor: Actor, county: County, now: dt.datetime
) -> VisitUnreported | VisitLate | VisitExplained:
    """What is said of it.

    Raises `No`: `explain_visit.nothing`, `explain_visit.empty`, `explain_visit.early` before the hour; `pass_visit.nothing`.
    """
    if isinstance(do, PassVisit):
        return _rung(case, do, county, now)
    order = found(case, do.order)
    steward = own(order, actor, ())
    key = next((name for name, one in case.appointments.items() if order.id in _waiting(case, one)), "")
    if not key:
        raise No("explain_visit.nothing")
    one = case.appointments[key]
    if now < one.at:
        raise No("explain_visit.early")
    if not do.reason.strip():
        raise No("explain_visit.empty")
    return VisitExplained(
        appointment=key,
        at_time=one.at,
        orders=_waiting(case, one),
        sequence=one.sequence,
        steward=steward,
        reason=do.reason.strip(),
    )


def visit_rings(case: Case, county: County) -> Iterator[Ring]:
    """When the clock looks at each agreed visit of a case next; never again once its report, a miss or a move has come."""
    for key, one in case.appointments.items() if case.closed_at is None else ():
        coming = _coming(case, one, county)
        if coming is not None:
            which, at = coming
            yield Ring(appointment=key, what=f"visit_{which}", number=one.sequence, at=at)


def explainable(case: Case, order: Order) -> bool:
    """Whether the hour of its visit has passed, and he was asked about it."""
    return any(one.late and order.id in _waiting(case, one) for one in case.appointments.values())


def _rung(case: Case, do: PassVisit, county: County, now: dt.datetime) -> VisitUnreported | VisitLate:
    one = case.appointments.get(do.appointment)
    coming = _coming(case, one, county) if one is not None and one.sequence == do.sequence else None
    rule = _rule(county)
    if one is None or rule is None or coming is None or coming[0] != do.which or now < coming[1]:
        raise No("pass_visit.nothing")
    said = {
        "appointment": do.appointment,
        "at_time": one.at,
        "orders": _waiting(case, one),
        "sequence": one.sequence,
    }
    if do.which == "tell":
        return VisitLate.model_validate(said)
    until = max(due_of(rule.tell, county, one.at, shares=()).at, now)
    return VisitUnreported.model_validate({**said, "until": until})


def _coming(case: Case, one: Appointment, county: County) -> tuple[str, dt.datetime] | None:
    rule = _rule(county)
    if rule is None or one.late == "told" or not _waiting(case, one):
        return None
    if one.late == "asked":
        return "tell", due_of(rule.tell, county, one.at, shares=()).at
    return "ask", due_of(rule.ask, county, one.at, shares=()).at


def _waiting(case: Case, one: Appointment) -> tuple[str, ...]:
    """The orders for which people were to come, and of which nothing is reported."""
    if not one.agreed or one.released or one.wish:
        return ()
    going = {order.id for order in case.orders if order.ending is None}
    return tuple(name for name in one.orders if name in going)


def _rule(county: County) -> VisitDelay | None:
    return county.process.delays.visits if county.process.delays is not None else None
