"""Orders that are pushed, given and taken; the process the case is under (X19, R33)."""

from model.amendment import Amendment, AmendmentAnswer
from model.calendar import Due
from model.case import Appointment, Case
from model.cells import Taken
from model.event import Recorded
from model.events.intake import (
    AmendmentAnswered,
    AmendmentWished,
    CaseClosed,
    Moved,
    OrderAssigned,
    OrderRouted,
    TaskTaken,
)
from model.order import Clock, Order, OrderState
from model.process import Timed
from routing.folds.appointments import caught_up
from routing.folds.changing import altered, on_order


def fold(
    case: Case,
    recorded: Recorded,
    event: OrderRouted | OrderAssigned | TaskTaken | Moved | AmendmentWished | AmendmentAnswered | CaseClosed,
) -> Case:
    """The case after this event."""
    match event:
        case OrderRouted():
            order = Order(
                id=event.order,
                service=event.service,
                body=event.body,
                steward=event.steward,
                clocks=_begun(recorded, event),
                candidates=event.candidates,
            )
            return case.model_copy(update={"orders": (*case.orders, order)})
        case OrderAssigned() as given:
            case = on_order(case, given.order, lambda order: _assigned(order, recorded, given))
            return case.model_copy(update={"appointments": _handed_over(case, given)})
        case TaskTaken() as task:
            taken = caught_up(case, task.order, OrderState.TAKEN)
            return on_order(case, task.order, lambda order: _taken(order, recorded, task, taken))
        case Moved():
            return case.model_copy(update={"process_version": event.process_version, "steps": event.steps})
        case AmendmentWished():
            made = Amendment(words=event.wish, field=event.field, orders=event.orders)
            return case.model_copy(update={"amendments": (*case.amendments, made)})
        case AmendmentAnswered(amendment=number):
            answer = AmendmentAnswer(agrees=event.agrees, words=event.words, at=recorded.at)
            one = case.amendments[number - 1]
            one = one.model_copy(update={"answers": {**one.answers, event.order: answer}})
            return case.model_copy(
                update={"amendments": (*case.amendments[: number - 1], one, *case.amendments[number:])}
            )
        case CaseClosed():
            return case.model_copy(update={"closed_at": recorded.at})


def _begun(recorded: Recorded, event: OrderRouted | OrderAssigned) -> dict[Timed, Clock]:
    """The limits that run from the push (R33)."""
    dues: tuple[tuple[Timed, Due | None], ...] = (("contact", event.contact_due), ("survey", event.survey_due))
    return {step: Clock(started_at=recorded.at, due=due) for step, due in dues if due is not None}


def _begun_anew(order: Order, recorded: Recorded, event: OrderAssigned) -> dict[Timed, Clock]:
    """For another body the limits that are not met begin again; a pause that is not over goes on (R27, R33)."""
    if event.body == order.body and not order.candidates:
        return {}
    anew: dict[Timed, Clock] = {}
    for step, clock in _begun(recorded, event).items():
        old = order.clocks.get(step)
        if old is None or old.met_at is None:
            pauses = tuple(one for one in old.pauses if one.until is None or one.until > recorded.at) if old else ()
            anew[step] = clock.model_copy(update={"pauses": pauses})
    return anew


def _assigned(order: Order, recorded: Recorded, event: OrderAssigned) -> Order:
    # Somebody new must take it himself; what was agreed with the applicant stays.
    state = OrderState.ROUTED if order.state == OrderState.TAKEN else order.state
    # What another body has written into its cells, or checked, was about an order that is not its own; nor are its calls.
    kept = event.body == order.body and not order.candidates
    anew = order.route.anew() if order.route else None
    gone: dict[str, object] = {} if kept else {"taken": None, "cells": {}, "calls": (), "route": anew}
    return altered(
        order,
        **gone,
        body=event.body,
        steward=event.steward,
        clocks=order.clocks | _begun_anew(order, recorded, event),
        candidates=(),
        state=state,
        relief_asked=False,
    )


def _taken(order: Order, recorded: Recorded, event: TaskTaken, state: OrderState) -> Order:
    """Who took it first stands on the form (受理人), whoever takes it over later."""
    first = order.taken or Taken(by=event.steward, at=recorded.at)
    return altered(order, state=state, steward=event.steward, introduced=True, taken=first)


def _handed_over(case: Case, event: OrderAssigned) -> dict[str, Appointment]:
    """The times that the former steward had proposed for the order stand; the new one speaks for them."""
    return {
        key: one.model_copy(update={"by": event.steward})
        if event.steward and event.order in one.orders and one.by == event.previous
        else one
        for key, one in case.appointments.items()
    }
