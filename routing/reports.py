"""What a body's own system is told of its orders: event × body -> report, as notices are for people (J33, X19, X24, J22)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from model.case import Case
from model.delivery import Notice
from model.event import Event, Recorded
from model.events.clock import ClockPaused, ClocksRecounted, ClockStarted, Warned
from model.events.contact import ApplicantContacted, ContactChanged, ContactConfirmed, ContactDenied
from model.events.intake import AmendmentWished, CaseClosed, OrderAssigned, OrderRouted, TaskTaken
from model.events.survey import OpinionGiven, SurveyAgreed, SurveyMoved, SurveyProposed, SurveyReleased
from model.events.urging import UrgeAnswered, Urged
from model.events.works import AcceptanceReported, Connected, SchemeGiven, WorksReported
from model.order import Order
from model.webhook import to_system
from routing.evolve import evolve

ROUTED: Final = "order.routed"
ASSIGNED: Final = "order.assigned"
WITHDRAWN: Final = "order.withdrawn"

REPORTED: Final[Mapping[type[Event], str]] = {
    OrderRouted: ROUTED,
    OrderAssigned: ASSIGNED,
    TaskTaken: "order.taken",
    ApplicantContacted: "order.contacted",
    ContactConfirmed: "order.contact_confirmed",
    ContactDenied: "order.contact_denied",
    SurveyProposed: "order.survey_proposed",
    SurveyAgreed: "order.survey_agreed",
    SurveyMoved: "order.survey_moved",
    SurveyReleased: "order.survey_released",
    OpinionGiven: "order.surveyed",
    SchemeGiven: "order.scheme_given",
    ClockStarted: "order.due",
    ClockPaused: "order.due",
    ClocksRecounted: "order.due",
    WorksReported: "order.works_done",
    AcceptanceReported: "order.acceptance",
    Connected: "order.connected",
    Urged: "order.urged",
    UrgeAnswered: "order.urge_answered",
    Warned: "order.warned",
    ContactChanged: "case.contact_changed",
    AmendmentWished: "case.amended",
    CaseClosed: "case.closed",
}
"""The type of the message that tells of an event. Marks and what follows them (评价, 回访) are not a body's business."""


def reports(before: Case | None, recorded: Iterable[Recorded]) -> tuple[Notice, ...]:
    """The reports of these events, which follow on the case as it was `before`; one for each event and body at most.

    A body hears of orders that are its own at that event. While the window has still to choose one (`candidates`), none
    does: what a person wrote goes to nobody on a guess. Who loses an order is told so, and nothing more of it.
    """
    found: list[Notice] = []
    case = before
    for one in recorded:
        after = evolve(case, one)
        found += _reports(case, one, after)
        case = after
    return tuple(found)


def orders_of(case: Case, body: str, event: Event) -> tuple[Order, ...]:
    """The orders of a body that an event is about; all its orders for what is about the whole case."""
    named = _named(event)
    return tuple(
        one for one in case.orders if one.body == body and not one.candidates and (named is None or one.id in named)
    )


def _reports(before: Case | None, recorded: Recorded, after: Case) -> Iterator[Notice]:
    event = recorded.event
    kind = REPORTED.get(type(event))
    if kind is None:
        return
    if before is not None and isinstance(event, OrderAssigned):
        former = before.order(event.order)
        if former is not None and not former.candidates and former.body != event.body:
            yield _report(recorded, after, former.body, WITHDRAWN, event.order)
    for body in dict.fromkeys(one.body for one in after.orders):
        if concerned := orders_of(after, body, event):
            yield _report(recorded, after, body, kind, concerned[0].id)


def _named(event: Event) -> frozenset[str] | None:
    if isinstance(event, ClocksRecounted):
        return frozenset(one.order for one in event.limits)
    several: tuple[str, ...] | None = getattr(event, "orders", None)
    one: str | None = getattr(event, "order", None)
    if several is not None:
        return frozenset(several)
    return None if one is None else frozenset({one})


def _report(recorded: Recorded, case: Case, body: str, kind: str, order: str) -> Notice:
    return Notice(
        recipient=to_system(case.county, body),
        template=kind,
        case=case.id,
        order=order,
        event=recorded.sequence,
        subject=f"{case.id}:{recorded.sequence}:{kind}",
        sequence=recorded.sequence,
    )
