"""Who is told that a steward would have another do an order, and that it stays with him (R33)."""

from collections.abc import Iterator

from model.case import Case
from model.delivery import Notice, Recipient
from model.event import Recorded
from model.events.relief import ReliefAsked, ReliefRefused
from routing.noticing.addressing import notice_to, order_of, speaker_of


def notices(case: Case, recorded: Recorded, event: ReliefAsked | ReliefRefused) -> Iterator[Notice]:
    """The heads of the body, else the window; then himself."""
    subject = f"{event.order}:relief"
    if isinstance(event, ReliefRefused):
        to = speaker_of(case, order_of(case, event.order))
        yield notice_to(recorded, to, "steward.relief_refused", subject, event.order)
        return
    for told in event.told:
        window = told.receiver == "window"
        to = Recipient(kind="window" if window else "staff", id=told.id)
        yield notice_to(recorded, to, "window.relief" if window else "lead.relief", subject, event.order)
