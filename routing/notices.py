"""Who is told what of an event: event × recipient -> notice (X36, X55, X162, J93)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from model.case import (
    AcceptanceReported,
    AmendmentWished,
    ApplicantContacted,
    CalledBack,
    Case,
    CaseAccepted,
    CaseClosed,
    ClockPaused,
    ClockStarted,
    Connected,
    ContactChanged,
    ContactConfirmed,
    ContactDenied,
    Moved,
    Notice,
    OpinionGiven,
    Order,
    OrderAssigned,
    OrderRouted,
    OrderState,
    Rated,
    ReasonGiven,
    Recipient,
    Recorded,
    SchemeGiven,
    SurveyAgreed,
    SurveyMoved,
    SurveyProposed,
    SurveyReleased,
    TaskTaken,
    UrgeAnswered,
    Urged,
    Warned,
    WorksReported,
)
from model.process import Receiver
from routing.works import complete

_WARNINGS: Final[Mapping[Receiver, str]] = {
    "steward": "steward.warning",
    "lead": "lead.warning",
    "supervisor": "supervisor.warning",
    "window": "window.warning",
}

_BAD_RATINGS: Final[Mapping[Receiver, str]] = {
    "lead": "lead.bad_rating",
    "supervisor": "supervisor.bad_rating",
    "window": "window.bad_rating",
}


def notices(case: Case, recorded: Iterable[Recorded]) -> tuple[Notice, ...]:
    """The notices of these events; `case` is the case after the last of them.

    Nothing is said about the acceptance (the conversation says it at once), nor about a contact (the applicant was
    there). A person who fills several places, such as a steward with two orders, is told once.
    """
    found = (notice for one in recorded for notice in _notices(case, one))
    return tuple({notice.key: notice for notice in found}.values())


def _notices(case: Case, recorded: Recorded) -> Iterator[Notice]:
    match recorded.event:
        case OrderRouted() | OrderAssigned() as event:
            yield from _task(case, recorded, event)
        case TaskTaken() as event:
            yield _to_applicant(case, recorded, "applicant.steward", f"{event.order}:steward", event.order)
        case SurveyProposed() | SurveyAgreed() | SurveyMoved() as event:
            yield from _survey(case, recorded, event)
        case SurveyReleased() as event:
            yield from _survey_released(case, recorded, event)
        case OpinionGiven() as event:
            yield _to_applicant(case, recorded, "applicant.opinion", f"{event.order}:opinion", event.order)
        case SchemeGiven() as event:
            waits = event.together and any(order.scheme is None for order in case.orders)
            if not waits:
                order_id = None if event.together else event.order
                yield _to_applicant(case, recorded, "applicant.scheme", f"{order_id or case.id}:scheme", order_id)
        case WorksReported() as event:
            yield from _works(case, recorded, event)
        case AcceptanceReported() as event:
            yield _to_applicant(case, recorded, "applicant.acceptance", f"{event.order}:acceptance", event.order)
        case Connected() as event:
            # The news that all is connected says it too: one message instead of two.
            if case.closed_at is None:
                yield _to_applicant(case, recorded, "applicant.connected", f"{event.order}:connected", event.order)
        case AmendmentWished():
            for order in case.orders:
                subject = f"{case.id}:amendment:{recorded.sequence}"  # another wish does not replace this one
                yield _notice(recorded, _steward(case, order), "steward.amendment", subject, order.id)
        case Urged() as event:
            yield from _urging(case, recorded, event)
        case UrgeAnswered() as event:
            subject = f"{event.order}:urge:{recorded.sequence}"  # another answer does not replace this one
            yield _to_applicant(case, recorded, "applicant.urge_answered", subject, event.order)
        case Warned() as event:
            yield from _warning(case, recorded, event)
        case Rated() | ReasonGiven():
            yield from _rating(case, recorded)
        case CaseClosed():
            yield _to_applicant(case, recorded, "applicant.closed", f"{case.id}:closed", None)
        case ApplicantContacted(ask_until=until) as event if until is not None:
            asked = _to_applicant(case, recorded, "applicant.contacted", f"{event.order}:contact", event.order)
            yield asked.model_copy(update={"not_after": until})
        case ContactChanged():
            for order in case.orders:
                yield _notice(recorded, _steward(case, order), "steward.contact_changed", f"{case.id}:phone", order.id)
        case ContactDenied() as event:
            to = _steward(case, _order(case, event.order))
            yield _notice(recorded, to, "steward.contact_denied", f"{event.order}:task", event.order)
        case (
            CaseAccepted()
            | ContactConfirmed()
            | ApplicantContacted()
            | Moved()
            | ClockPaused()
            | ClockStarted()
            | CalledBack()
        ):
            return


def _task(case: Case, recorded: Recorded, event: OrderRouted | OrderAssigned) -> Iterator[Notice]:
    order = _order(case, event.order)
    to = _steward(case, order)
    own = "steward.task" if order.state == OrderState.ROUTED else "steward.takeover"
    template = {"staff": own, "body": "body.task", "window": "window.assign"}[to.kind]
    subject = f"{order.id}:task"
    yield _notice(recorded, to, template, subject, order.id)
    if isinstance(event, OrderAssigned) and event.previous not in {None, event.steward}:
        former = Recipient(kind="staff", id=event.previous or "")
        yield _notice(recorded, former, "steward.task_gone", subject, order.id)
    if isinstance(event, OrderAssigned) and order.introduced:
        yield _to_applicant(case, recorded, "applicant.steward_changed", f"{order.id}:steward", order.id)


def _survey_released(case: Case, recorded: Recorded, event: SurveyReleased) -> Iterator[Notice]:
    """Nobody need come; whoever speaks for the time looks for another one."""
    subject = f"{case.id}:survey:{event.appointment}"
    order = None if case.order(event.appointment) is None else event.appointment
    yield _to_applicant(case, recorded, "applicant.survey_released", subject, order)
    by = case.appointments[event.appointment].by
    bound_by = [(_steward(case, _order(case, bound)), bound) for bound in event.orders]
    present = any(to.id == by for to, _ in bound_by)
    if case.lead is not None:
        bound_by.append((Recipient(kind="body", id=case.lead), event.orders[0]))
    for to, bound in bound_by:
        again = to.id == by or not present
        yield _notice(recorded, to, "steward.survey_again" if again else "steward.survey_released", subject, bound)


def _survey(case: Case, recorded: Recorded, event: SurveyProposed | SurveyAgreed | SurveyMoved) -> Iterator[Notice]:
    subject = f"{case.id}:survey:{event.appointment}"
    order = None if case.order(event.appointment) is None else event.appointment
    name = recorded.event.event
    # After the hour nobody needs to hear of it; a wish for another time matters still.
    until = None if isinstance(event, SurveyMoved) else event.at_time
    # Who agreed in chat was answered there; a steward who applied himself proposes in another role.
    answered = recorded.actor.role == "applicant" and recorded.actor.person == case.person
    if not isinstance(event, SurveyMoved) and not answered:
        yield _notice(recorded, _applicant(case), f"applicant.{name}", subject, order).model_copy(
            update={"not_after": until}
        )
    bound_by = [(_steward(case, _order(case, bound)), bound) for bound in event.orders]
    if case.lead is not None:
        bound_by.append((Recipient(kind="body", id=case.lead), event.orders[0]))
    proposer = case.appointments[event.appointment].by
    present = any(to.id == proposer for to, _ in bound_by)  # his order may have gone to a colleague since
    for to, bound in bound_by:
        if to.id == proposer and isinstance(event, SurveyProposed):
            continue
        # Only who proposed the time looks for another one; the others wait.
        waits = isinstance(event, SurveyMoved) and present and to.id != proposer
        template = "steward.survey_off" if waits else f"steward.{name}"
        yield _notice(recorded, to, template, subject, bound).model_copy(update={"not_after": until})


def _works(case: Case, recorded: Recorded, event: WorksReported) -> Iterator[Notice]:
    """The applicant hears that his service is built; the bodies hear that the user's own works are done (X44, J19)."""
    for name in event.orders:
        order = _order(case, name)
        if event.part == "inside":
            yield _notice(recorded, _steward(case, order), "steward.inside_done", f"{name}:works", name)
        if complete(order):
            yield _to_applicant(case, recorded, "applicant.built", f"{name}:built", name)


def _warning(case: Case, recorded: Recorded, event: Warned) -> Iterator[Notice]:
    """Whoever is told as several is told once; a later warning replaces one that still waits."""
    for told in {one.id: one for one in reversed(event.told)}.values():
        to = Recipient(kind="window" if told.receiver == "window" else "staff", id=told.id)
        own = next((one for one in event.orders if _order(case, one).steward == told.id), event.orders[0])
        yield _notice(recorded, to, _WARNINGS[told.receiver], f"{case.id}:{event.step}:{event.due}:warning", own)


def _rating(case: Case, recorded: Recorded) -> Iterator[Notice]:
    """Of a bad mark, and of the reason for it, hears who is to call; who served the applicant never does."""
    rating = case.rating
    if rating is None or not rating.bad or rating.called_back:
        return
    for told in rating.callers:
        to = Recipient(kind="window" if told.receiver == "window" else "staff", id=told.id)
        yield _notice(recorded, to, _BAD_RATINGS[told.receiver], f"{case.id}:rating", rating.order)


def _urging(case: Case, recorded: Recorded, event: Urged) -> Iterator[Notice]:
    """Whoever has one of the orders hears of it once for each of his, their heads once for the case."""
    for name in event.orders:
        order = _order(case, name)
        to = _steward(case, order)
        template = {"staff": "steward.urged", "body": "body.urged", "window": "window.urged"}[to.kind]
        yield _notice(recorded, to, template, f"{name}:urge", name)
    for told in event.told:
        lead = Recipient(kind="staff", id=told.id)
        yield _notice(recorded, lead, "lead.urged", f"{case.id}:urge", event.orders[0])


def _steward(case: Case, order: Order) -> Recipient:
    """Who speaks for an order: its steward, else its body, else, while the body is not settled, the window."""
    if order.candidates:
        return Recipient(kind="window", id=case.county)
    if order.steward is None:
        return Recipient(kind="body", id=order.body)
    return Recipient(kind="staff", id=order.steward)


def _applicant(case: Case) -> Recipient:
    return Recipient(kind="applicant", id=case.person)


def _to_applicant(case: Case, recorded: Recorded, template: str, subject: str, order: str | None) -> Notice:
    return _notice(recorded, _applicant(case), template, subject, order)


def _notice(recorded: Recorded, to: Recipient, template: str, subject: str, order: str | None) -> Notice:
    return Notice(
        recipient=to,
        template=template,
        case=recorded.case,
        order=order,
        event=recorded.sequence,
        subject=subject,
        sequence=recorded.sequence,
    )


def _order(case: Case, order_id: str) -> Order:
    order = case.order(order_id)
    if order is None:
        raise ValueError(f"no order {order_id} in case {case.id}")
    return order
