"""Who is told of 催办 and its answer."""

from collections.abc import Iterator

from model.case import Case
from model.delivery import Notice, Recipient
from model.event import Recorded
from model.events.urging import UrgeAnswered, Urged
from routing.noticing.addressing import notice_to, order_of, speaker_of, to_applicant


def notices(case: Case, recorded: Recorded, event: Urged | UrgeAnswered) -> Iterator[Notice]:
    """The notices of this event."""
    match event:
        case Urged():
            yield from _urging(case, recorded, event)
        case UrgeAnswered():
            subject = f"{event.order}:urge:{recorded.sequence}"  # another answer does not replace this one
            yield to_applicant(case, recorded, "applicant.urge_answered", subject, event.order)


def _urging(case: Case, recorded: Recorded, event: Urged) -> Iterator[Notice]:
    """Whoever has one of the orders hears of it once for each of his, their heads once for the case."""
    for name in event.orders:
        order = order_of(case, name)
        to = speaker_of(case, order)
        template = {"staff": "steward.urged", "body": "body.urged", "window": "window.urged"}[to.kind]
        yield notice_to(recorded, to, template, f"{name}:urge", name)
    for told in event.told:
        lead = Recipient(kind="staff", id=told.id)
        yield notice_to(recorded, lead, "lead.urged", f"{case.id}:urge", event.orders[0])
