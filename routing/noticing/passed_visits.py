"""Who is asked about a visit whose hour has passed, and who is told of it (X36, J93)."""

from collections.abc import Iterator

from model.case import Case
from model.delivery import Notice
from model.event import Recorded
from model.events.passed_visits import VisitExplained, VisitLate, VisitUnreported
from routing.noticing.addressing import notice_to, order_of, speaker_of, to_applicant


def notices(case: Case, recorded: Recorded, event: VisitUnreported | VisitLate | VisitExplained) -> Iterator[Notice]:
    """Whoever was to come for one of its orders; then the applicant, once."""
    subject = f"{case.id}:survey:{event.appointment}:late"
    match event:
        case VisitUnreported():
            told = {
                (to.kind, to.id): (to, one) for one in event.orders for to in (speaker_of(case, order_of(case, one)),)
            }
            for to, one in told.values():
                yield notice_to(recorded, to, "steward.visit_unreported", subject, one)
        case VisitLate():
            yield to_applicant(case, recorded, "applicant.visit_late", subject, event.orders[0])
        case VisitExplained():
            yield to_applicant(case, recorded, "applicant.visit_explained", subject, event.orders[0])
