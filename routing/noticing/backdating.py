"""Who is asked about an earlier time of a step, and who hears whether it stands (X59)."""

from collections.abc import Iterator

from model.delivery import Notice, Recipient
from model.event import Recorded
from model.events.backdating import BackdatingAsked, BackdatingClaimed, BackdatingDecided
from model.events.clock import Told
from routing.backdating_acts import backdating_subject
from routing.noticing.addressing import notice_to


def notices(recorded: Recorded, event: BackdatingClaimed | BackdatingAsked | BackdatingDecided) -> Iterator[Notice]:
    """The steward for a reason, his head for an answer; then both of what became of it, but for who has said it."""
    subject = backdating_subject(event.order, event.entry)
    steward = Recipient(kind="staff", id=event.steward)
    match event:
        case BackdatingClaimed():
            yield notice_to(recorded, steward, "steward.backdating_why", subject, event.order)
        case BackdatingAsked():
            for told in event.told:
                template = "window.backdating" if told.receiver == "window" else "lead.backdating"
                yield notice_to(recorded, _to(told), template, subject, event.order)
        case BackdatingDecided():
            yield notice_to(recorded, steward, "steward.backdating_over", subject, event.order)
            for told in event.told:
                if told.receiver != "window" and told.id != event.by:
                    yield notice_to(recorded, _to(told), "lead.backdating_over", subject, event.order)


def _to(told: Told) -> Recipient:
    return Recipient(kind="window" if told.receiver == "window" else "staff", id=told.id)
