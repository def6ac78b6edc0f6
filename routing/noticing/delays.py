"""Who hears of a promised day that has passed (X35, J30, J93)."""

from collections.abc import Iterator

from model.case import Case
from model.delivery import Notice
from model.event import Recorded
from model.events.delays import DelayAsked, DelayExplained, DelayTold
from routing.noticing.addressing import notice_to, order_of, speaker_of, to_applicant


def notices(case: Case, recorded: Recorded, event: DelayAsked | DelayExplained | DelayTold) -> Iterator[Notice]:
    """The one who has the order is asked; the applicant hears the reason, or whom to call."""
    subject = f"{event.order}:{event.step}:delay"
    match event:
        case DelayAsked():
            to = speaker_of(case, order_of(case, event.order))
            yield notice_to(recorded, to, "steward.delay_asked", subject, event.order)
        case DelayExplained():
            yield to_applicant(case, recorded, "applicant.delay", subject, event.order)
        case DelayTold():
            yield to_applicant(case, recorded, "applicant.delay_plain", subject, event.order)
