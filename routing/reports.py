"""What a body's own system is told of its orders: event × body -> report, as notices are for people (J33, X19, X24, J22)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from model.case import Case
from model.delivery import Notice
from model.event import Event, Recorded
from model.events.approvals import (
    ApprovalAccepted,
    ApprovalApplied,
    ApprovalDecided,
    ApprovalDropped,
    ApprovalHandedIn,
    ApprovalJoined,
    ApprovalReturned,
    CommitmentSigned,
    OfApproval,
)
from model.events.backdating import BackDated, BackdatingAsked, BackdatingClaimed, BackdatingDecided
from model.events.booking import PlanMoved
from model.events.cells import CellsFilled
from model.events.clock import ClockPaused, ClockResumed, ClocksRecounted, ClockStarted, Warned
from model.events.consultations import ItemDone, ItemDue, ItemGiven, ItemLate
from model.events.contact import ApplicantContacted, ContactChanged, ContactConfirmed, ContactDenied
from model.events.decided import DecidedAnew
from model.events.delays import DelayAsked, DelayExplained, DelayTold
from model.events.ending import (
    DeclineProposed,
    DeclineReturned,
    EndAnnounced,
    EndReasonGiven,
    KeptOn,
    Objected,
    OrdersEnded,
    OrdersResumed,
)
from model.events.handover import CaseHandedOver
from model.events.intake import AmendmentAnswered, AmendmentWished, CaseClosed, OrderAssigned, OrderRouted, TaskTaken
from model.events.passed_visits import VisitExplained, VisitLate, VisitUnreported
from model.events.scheduling import Missed, TimesAsked, TimeSet, TimesUnmet
from model.events.supplements import (
    OriginalReceived,
    SupplementAccepted,
    SupplementReturned,
    SupplementsAsked,
    SupplementsDeferred,
    SupplementsHandedIn,
    SupplementsOverdue,
    SupplementWaived,
)
from model.events.survey import OpinionGiven, SurveyAgreed, SurveyJoined, SurveyMoved, SurveyProposed, SurveyReleased
from model.events.telephone import FormConfirmed, FormFilled
from model.events.unreached import ApplicantHeard, CallFailed
from model.events.urging import UrgeAnswered, Urged
from model.events.works import AcceptanceReported, Connected, SchemeGiven, WorksReported
from model.order import Order
from model.webhook import to_system
from routing.evolve import evolve

ROUTED: Final = "order.routed"
ASSIGNED: Final = "order.assigned"
RESUMED: Final = "order.resumed"
GONE: Final = "order.gone"
"""To the body that an order was taken from: it has gone to another."""
FORM_FILLED: Final = "case.form_filled"
"""What a telephone application left open came in, or was put right."""
_SUPPLEMENTS: Final = "order.supplements"
_PERMITS: Final = "order.permits"
_AGREED: Final = "order.agreed"
"""What the body took on at a consultation: written down, due, overdue or done."""

REPORTED: Final[Mapping[type[Event], str]] = {
    OrderRouted: ROUTED,
    OrderAssigned: ASSIGNED,
    TaskTaken: "order.taken",
    ApplicantContacted: "order.contacted",
    ContactConfirmed: "order.contact_confirmed",
    ContactDenied: "order.contact_denied",
    DelayAsked: "order.delay_asked",
    DelayExplained: "order.delay_explained",
    DelayTold: "order.delay_told",
    VisitUnreported: "order.visit_unreported",
    VisitLate: "order.visit_late",
    VisitExplained: "order.visit_explained",
    BackDated: "order.back_dated",
    BackdatingClaimed: "order.backdating_claimed",
    BackdatingAsked: "order.backdating_asked",
    BackdatingDecided: "order.backdating_decided",
    CallFailed: "order.call_failed",
    ApplicantHeard: "order.applicant_heard",
    SurveyProposed: "order.survey_proposed",
    SurveyAgreed: "order.survey_agreed",
    SurveyMoved: "order.survey_moved",
    SurveyReleased: "order.survey_released",
    SurveyJoined: "order.survey_joined",
    TimesAsked: "order.times_asked",
    TimesUnmet: "order.times_unmet",
    TimeSet: "order.time_set",
    Missed: "order.missed",
    OpinionGiven: "order.surveyed",
    SchemeGiven: "order.scheme_given",
    ClockStarted: "order.due",
    ClockPaused: "order.due",
    ClockResumed: "order.due",
    ClocksRecounted: "order.due",
    PlanMoved: "order.due",
    WorksReported: "order.works_done",
    AcceptanceReported: "order.acceptance",
    Connected: "order.connected",
    CellsFilled: "order.cells",
    Urged: "order.urged",
    UrgeAnswered: "order.urge_answered",
    AmendmentAnswered: "order.amendment_answered",
    Warned: "order.warned",
    SupplementsDeferred: _SUPPLEMENTS,
    SupplementsAsked: _SUPPLEMENTS,
    SupplementsHandedIn: _SUPPLEMENTS,
    SupplementAccepted: _SUPPLEMENTS,
    SupplementReturned: _SUPPLEMENTS,
    SupplementWaived: _SUPPLEMENTS,
    OriginalReceived: _SUPPLEMENTS,
    SupplementsOverdue: _SUPPLEMENTS,
    ApprovalApplied: _PERMITS,
    ApprovalJoined: _PERMITS,
    ApprovalAccepted: _PERMITS,
    ApprovalReturned: _PERMITS,
    ApprovalHandedIn: _PERMITS,
    CommitmentSigned: _PERMITS,
    ApprovalDecided: _PERMITS,
    ApprovalDropped: _PERMITS,
    OrdersEnded: "order.ended",
    EndReasonGiven: "order.ended",
    OrdersResumed: RESUMED,
    EndAnnounced: "order.end_announced",
    KeptOn: "order.kept_on",
    DeclineProposed: "order.decline_proposed",
    DeclineReturned: "order.decline_returned",
    Objected: "order.objected",
    ContactChanged: "case.contact_changed",
    AmendmentWished: "case.amended",
    CaseHandedOver: "case.handed_over",
    CaseClosed: "case.closed",
    FormFilled: FORM_FILLED,
    FormConfirmed: "case.form_confirmed",
    DecidedAnew: "order.decided_anew",
    ItemGiven: _AGREED,
    ItemDue: _AGREED,
    ItemLate: _AGREED,
    ItemDone: _AGREED,
}
"""The type of the message that tells of an event; one type where the same list of the order is told again.

Marks and what follows them (评价, 回访) are not a body's business; who would be relieved, its own people tell it; warnings
about permits are for whoever decides them; when others can come is theirs to say.
"""


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
    """The orders of a body that an event is about; for what is about the whole case all that it still works on."""
    named = _named(case, event)
    mine = [one for one in case.orders if one.body == body and not one.candidates]
    if named is not None:
        return tuple(one for one in mine if one.id in named)
    return tuple(one for one in mine if one.ending is None or isinstance(event, CaseClosed))


def _reports(before: Case | None, recorded: Recorded, after: Case) -> Iterator[Notice]:
    event = recorded.event
    kind = REPORTED.get(type(event))
    if kind is None:
        return
    if before is not None and isinstance(event, OrderAssigned):
        former = before.order(event.order)
        if former is not None and not former.candidates and former.body != event.body:
            yield _report(recorded, after, former.body, GONE, event.order)
    for body in dict.fromkeys(one.body for one in after.orders):
        if concerned := orders_of(after, body, event):
            yield _report(recorded, after, body, kind, concerned[0].id)


def _named(case: Case, event: Event) -> frozenset[str] | None:
    """The ids of the orders that an event is about; None: the case as a whole."""
    match event:
        case FormFilled() | FormConfirmed():
            return None  # their `order` is whose steward typed it
        case DecidedAnew(changed=changed, dues=limits):
            return frozenset((*(name for one in changed for name in one.orders), *(one.order for one in limits)))
        case ClocksRecounted(limits=limits):
            return frozenset(one.order for one in limits)
        case OrdersResumed(orders=resumed):
            return frozenset(one.order for one in resumed)
        case SupplementsDeferred(supplements=left_open):
            return frozenset(name for one in left_open for name in one.orders)
        case SupplementsHandedIn(handed=handed):
            came = [case.supplement(one.supplement) for one in handed]
            return frozenset(name for one in came if one is not None for name in one.orders)
        case SupplementsOverdue(order=order, due=None):
            returned = (one.id for one in case.orders if one.correction is not None and one.correction.returned_at)
            return frozenset((order, *returned))
        case ItemGiven(item=item):
            return frozenset(one.id for one in case.orders if one.body == item.body)
        case ItemDue(name=name) | ItemLate(name=name) | ItemDone(name=name):
            agreed = case.agreed(name)
            return frozenset(one.id for one in case.orders if agreed is not None and one.body == agreed.body)
        case OfApproval(approval=approval) if (about := case.approval(approval)) is not None:
            return frozenset(about.orders)
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
