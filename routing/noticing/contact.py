"""Who is told of the first contact and of another number (X20)."""

from collections.abc import Iterator

from model.case import Case
from model.delivery import Notice
from model.event import Recorded
from model.events.contact import ApplicantContacted, ContactChanged, ContactDenied
from routing.noticing.addressing import notice_to, order_of, speaker_of, to_applicant


def notices(
    case: Case, recorded: Recorded, event: ApplicantContacted | ContactChanged | ContactDenied
) -> Iterator[Notice]:
    """The notices of this event."""
    match event:
        case ApplicantContacted(ask_until=until, outline=outline) if outline:
            told = to_applicant(case, recorded, "applicant.outline", f"{event.order}:contact", event.order)
            yield told if until is None else told.model_copy(update={"not_after": until})
        case ApplicantContacted(ask_until=until) if until is not None:
            asked = to_applicant(case, recorded, "applicant.contacted", f"{event.order}:contact", event.order)
            yield asked.model_copy(update={"not_after": until})
        case ContactChanged():
            for order in case.orders:
                yield notice_to(
                    recorded, speaker_of(case, order), "steward.contact_changed", f"{case.id}:phone", order.id
                )
        case ContactDenied():
            to = speaker_of(case, order_of(case, event.order))
            yield notice_to(recorded, to, "steward.contact_denied", f"{event.order}:task", event.order)
