"""The window gives an order to a body and to somebody of it; within a body its head does (R33)."""

import datetime as dt
from collections.abc import Sequence

from model.calendar import CHINA, Due
from model.case import Case
from model.command import Do
from model.commands.intake import Assign
from model.commands.relief import AskRelief, RefuseRelief
from model.county import County
from model.events.intake import OrderAssigned
from model.events.relief import ReliefAsked, ReliefRefused
from model.events.survey import SurveyReleased
from model.message import Actor
from model.order import Order
from model.process import Step
from model.staff import Staff
from routing.allowing import allowed, found, heads
from routing.assign import assign
from routing.limits import due_of
from routing.refusal import No
from routing.relief import relief


def assigning(
    case: Case,
    do: Assign | AskRelief | RefuseRelief,
    actor: Actor,
    county: County,
    now: dt.datetime,
    stewards: Sequence[Staff],
) -> OrderAssigned | ReliefAsked | ReliefRefused:
    """Whose the order is from now on, or that its steward would have it another's. Raises `No`."""
    if isinstance(do, Assign):
        return assigned(case, do, actor, county, now, stewards)
    return relief(case, do, actor, county, stewards)


def assigned(
    case: Case, do: Assign, actor: Actor, county: County, now: dt.datetime, stewards: Sequence[Staff]
) -> OrderAssigned:
    """The order's new body and steward; for another body the limits begin anew.

    Raises `No`: those of `handed`; of the head of a body `not.yours` for what another has.
    """
    order = found(case, do.order)
    heads(order, actor, stewards)
    allowed(case, do.do, order)
    if actor.role == "steward":
        _within(order, do, stewards)
    return handed(order, do, county, now, stewards)


def handed(order: Order, do: Assign, county: County, now: dt.datetime, stewards: Sequence[Staff]) -> OrderAssigned:
    """What whoever may say so said about the order. Raises `No`: `assign.unknown`, `assign.not_served`, `assign.away`, `assign.already`."""
    named = do.steward is None or any(one.id == do.steward and one.body == do.body for one in stewards)
    if all(body.id != do.body for body in county.bodies) or not named:
        raise No("assign.unknown")
    able = county.service[order.service].able
    if county.body[do.body].kind != "service" or (able and do.body not in able):
        raise No("assign.not_served", body=county.body[do.body].short, service=county.service[order.service].name)
    today = now.astimezone(CHINA).date()
    if any(one.id == do.steward and one.is_away(today) for one in stewards):
        raise No("assign.away")
    steward = do.steward or assign(stewards, do.body, None, today)
    if (steward, do.body) == (order.steward, order.body) and not order.candidates:
        raise No("assign.already")
    # For another body the limits start when it receives the order (R33); a colleague takes over the clocks too.
    moved = do.body != order.body or bool(order.candidates)
    return OrderAssigned(
        order=order.id,
        body=do.body,
        steward=steward,
        previous=order.steward,
        contact_due=_anew(order, "contact", county, now) if moved else order.due("contact"),
        survey_due=_anew(order, "survey", county, now) if moved else order.due("survey"),
        reason=do.reason.strip(),
    )


def _within(order: Order, do: Assign, stewards: Sequence[Staff]) -> None:
    """转派 names somebody of the same body who is there and can be written to."""
    if do.body != order.body:
        raise No("not.yours")
    named = next((one for one in stewards if one.id == do.steward and one.body == do.body), None)
    if named is None or named.duty != "steward" or not named.reachable:
        raise No("assign.unknown")


def released(case: Case, do: Do) -> tuple[SurveyReleased, ...]:
    """The times that go with a change of steward, because the new one cannot keep them."""
    if not isinstance(do, Assign) or not do.anew:
        return ()
    return tuple(
        SurveyReleased(appointment=key, at_time=one.at, orders=one.orders, sequence=one.sequence)
        for key, one in case.appointments.items()
        if do.order in one.orders and not one.wish and not one.released
    )


def _anew(order: Order, step: Step, county: County, now: dt.datetime) -> Due | None:
    """The same limit, beginning now or at the applicant's planned time (R27); what is done stays done."""
    clock = order.clocks.get(step)
    if clock is None or clock.met_at is not None:
        return order.due(step)
    return due_of(clock.due, county, max([now, *(pause.until for pause in clock.pauses if pause.until is not None)]))
