"""Who is told of schemes, works, acceptance and connection (J18, X44, X55, J93)."""

from collections.abc import Iterator

from model.case import Case
from model.delivery import Notice
from model.event import Recorded
from model.events.works import AcceptanceReported, Connected, SchemeGiven, WorksReported
from routing.follow_ups import all_finished
from routing.noticing.addressing import notice_to, order_of, speaker_of, to_applicant
from routing.works import complete


def notices(
    case: Case, recorded: Recorded, event: SchemeGiven | WorksReported | AcceptanceReported | Connected
) -> Iterator[Notice]:
    """The notices of this event."""
    match event:
        case SchemeGiven():
            going = [one for one in case.orders if one.ending is None and one.route is None]
            waits = event.together and any(one.scheme is None for one in going)
            if not waits:
                order_id = None if event.together else event.order
                yield to_applicant(case, recorded, "applicant.scheme", f"{order_id or case.id}:scheme", order_id)
        case WorksReported():
            yield from _works(case, recorded, event)
        case AcceptanceReported():
            yield to_applicant(case, recorded, "applicant.acceptance", f"{event.order}:acceptance", event.order)
        case Connected():
            # The news that all is connected (or `ClosingHeld`) says it too: one message instead of two.
            if case.closed_at is None and not all_finished(case):
                yield to_applicant(case, recorded, "applicant.connected", f"{event.order}:connected", event.order)


def _works(case: Case, recorded: Recorded, event: WorksReported) -> Iterator[Notice]:
    """The applicant hears that his service is built; the bodies hear that the user's own works are done (X44, J19)."""
    for name in event.orders:
        order = order_of(case, name)
        if event.part == "inside":
            yield notice_to(recorded, speaker_of(case, order), "steward.inside_done", f"{name}:works", name)
        if complete(order):
            yield to_applicant(case, recorded, "applicant.built", f"{name}:built", name)
