"""Who is told of what is still to come: the applicant in one notice, the steward when it is there (J39, J93)."""

from collections.abc import Iterator

from model.case import Case
from model.delivery import Notice
from model.event import Recorded
from model.events.clock import ClockPaused
from model.events.supplements import (
    OriginalReceived,
    SupplementAccepted,
    SupplementReturned,
    SupplementsAsked,
    SupplementsDeferred,
    SupplementsHandedIn,
    SupplementsOverdue,
    SupplementsReminded,
    SupplementWaived,
)
from routing.folds.supplements import SupplementEvent
from routing.lacking import of_order, unchecked
from routing.noticing.addressing import notice_to, order_of, speaker_of, to_applicant


def notices(case: Case, recorded: Recorded, event: SupplementEvent) -> Iterator[Notice]:
    """The notices of this event. What the applicant left open himself was told in the receipt;
    what a form that was filled in later turns out to need, he is told here, all of it (一次性告知).
    """
    match event:
        case SupplementsDeferred(later=True):
            yield to_applicant(case, recorded, "applicant.papers", f"{case.id}:papers", None)
        case SupplementsAsked():
            yield to_applicant(case, recorded, "applicant.supplements_asked", f"{event.order}:supplements", event.order)
        case SupplementReturned():
            subject = f"{event.order}:supplement:{event.supplement}"  # what is wrong with another is news of its own
            yield to_applicant(case, recorded, "applicant.supplement_returned", subject, event.order)
        case SupplementWaived():
            subject = f"{event.order}:supplement:{event.supplement}"
            yield to_applicant(case, recorded, "applicant.supplement_waived", subject, event.order)
        case SupplementAccepted() | OriginalReceived():
            order = order_of(case, event.order)
            if not any(one.lacking for one in of_order(case, order)) and not unchecked(case, order):
                subject = f"{event.order}:supplements"  # once for all of them
                yield to_applicant(case, recorded, "applicant.supplement_accepted", subject, event.order)
        case SupplementsReminded():
            subject = f"{case.id}:{event.about}"
            yield to_applicant(case, recorded, "applicant.supplements_reminded", subject, event.order)
        case SupplementsOverdue():
            yield from _overdue(case, recorded, event)
        case SupplementsHandedIn():
            handed = {one.supplement for one in event.handed}
            orders = [name for one in case.supplements if one.id in handed for name in one.orders]
            yield from _stewards(case, recorded, list(dict.fromkeys(orders)), "steward.supplements")
        case _:
            return


def waits(case: Case, recorded: Recorded, event: ClockPaused) -> Iterator[Notice]:
    """The applicant hears for what a step waits (X129)."""
    yield to_applicant(case, recorded, "applicant.waits", f"{event.order}:waits", event.order)


def _overdue(case: Case, recorded: Recorded, event: SupplementsOverdue) -> Iterator[Notice]:
    """More time; or all that waits for it is given back, and whoever has it hears that too."""
    template = "applicant.supplements_returned" if event.due is None else "applicant.supplements_extended"
    yield to_applicant(case, recorded, template, f"{case.id}:{event.about}", event.order)
    if event.due is None:
        returned = [one.id for one in case.orders if one.correction and one.correction.returned_at == recorded.at]
        yield from _stewards(case, recorded, returned, "steward.supplements_returned")


def _stewards(case: Case, recorded: Recorded, orders: list[str], template: str) -> Iterator[Notice]:
    """Whoever speaks for these orders; who handed it in himself knows."""
    for name in orders:
        to = speaker_of(case, order_of(case, name))
        if to.kind == "staff" and to.id != recorded.actor.staff:
            yield notice_to(recorded, to, template, f"{name}:supplements:{recorded.sequence}", name)
