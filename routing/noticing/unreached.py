"""Who hears that nobody was reached, and that the applicant can be called again (X20)."""

from collections.abc import Iterator

from model.case import Case
from model.delivery import Notice
from model.event import Recorded
from model.events.unreached import ApplicantHeard, CallFailed
from routing.noticing.addressing import notice_to, order_of, speaker_of, to_applicant


def notices(case: Case, recorded: Recorded, event: CallFailed | ApplicantHeard) -> Iterator[Notice]:
    """The applicant hears of the call that makes the limit stand still, who has the order of his word."""
    match event:
        case CallFailed(pauses=True):
            yield to_applicant(case, recorded, "applicant.unreached", f"{event.order}:contact", event.order)
        case CallFailed():
            return
        case ApplicantHeard():
            for name in event.orders:
                to = speaker_of(case, order_of(case, name))
                yield notice_to(recorded, to, "steward.heard", f"{name}:task", name)
