"""Who is told that an order comes, goes and has somebody; what is amended; that all is done (X162, J93)."""

from collections.abc import Iterator

from model.case import Case
from model.delivery import Notice, Recipient
from model.event import Recorded
from model.events.adding import ServiceAdded
from model.events.intake import AmendmentAnswered, AmendmentWished, CaseClosed, OrderAssigned, OrderRouted, TaskTaken
from model.order import OrderState
from routing.noticing import adding
from routing.noticing.addressing import notice_to, order_of, speaker_of, to_applicant


def notices(
    case: Case,
    recorded: Recorded,
    event: OrderRouted | OrderAssigned | TaskTaken | AmendmentWished | AmendmentAnswered | ServiceAdded | CaseClosed,
) -> Iterator[Notice]:
    """The notices of this event."""
    match event:
        case OrderRouted() | OrderAssigned():
            yield from _task(case, recorded, event)
        case TaskTaken():
            yield to_applicant(case, recorded, "applicant.steward", f"{event.order}:steward", event.order)
        case AmendmentWished():
            for order in (one for one in case.orders if one.id in event.orders):
                subject = f"{case.id}:amendment:{recorded.sequence}"  # another wish does not replace this one
                yield notice_to(recorded, speaker_of(case, order), "steward.amendment", subject, order.id)
        case AmendmentAnswered():
            subject = f"{event.order}:amendment:{event.amendment}"
            yield to_applicant(case, recorded, "applicant.amendment_answered", subject, event.order)
        case ServiceAdded():
            yield from adding.notices(case, recorded, event)
        case CaseClosed() if case.served:  # else the news of the end has said it
            yield to_applicant(case, recorded, "applicant.closed", f"{case.id}:closed", None)


def _task(case: Case, recorded: Recorded, event: OrderRouted | OrderAssigned) -> Iterator[Notice]:
    order = order_of(case, event.order)
    to = speaker_of(case, order)
    own = "steward.task" if order.state == OrderState.ROUTED else "steward.takeover"
    template = {"staff": own, "body": "body.task", "window": "window.assign"}[to.kind]
    subject = f"{order.id}:task"
    actor = recorded.actor.staff or ""  # who has claimed it, or handed it over, knows
    if to.id != actor:
        yield notice_to(recorded, to, template, subject, order.id)
    if isinstance(event, OrderAssigned) and event.previous not in {None, event.steward, actor}:
        former = Recipient(kind="staff", id=event.previous or "")
        yield notice_to(recorded, former, "steward.task_gone", subject, order.id)
    if isinstance(event, OrderAssigned) and order.introduced and event.steward != actor:
        yield to_applicant(case, recorded, "applicant.steward_changed", f"{order.id}:steward", order.id)
