"""Who is told that orders have ended, are about to, or go on after all (X160, J93)."""

from collections.abc import Iterator
from typing import Final

from model.case import Case
from model.delivery import Notice, Recipient
from model.event import Recorded
from model.events.clock import Told
from model.events.ending import (
    DeclineProposed,
    DeclineReturned,
    EndAnnounced,
    KeptOn,
    OrdersEnded,
    OrdersResumed,
)
from model.order import Order
from routing.noticing.addressing import notice_to, order_of, speaker_of, to_applicant
from routing.parties import parties

_BY_TELEPHONE: Final = {
    "steward.ended": "window.ended",
    "steward.resumed": "window.resumed",
    "steward.kept_on": "window.kept_on",
    "steward.decline_returned": "window.decline_returned",
}
"""What the hotline says to a body that nobody of can be written to."""

Event = OrdersEnded | OrdersResumed | EndAnnounced | KeptOn | DeclineProposed | DeclineReturned


def notices(case: Case, recorded: Recorded, event: Event) -> Iterator[Notice]:
    """The notices of this event."""
    match event:
        case OrdersEnded():
            yield from _ended(case, recorded, event)
        case OrdersResumed():
            for one in event.orders:
                yield from _spoken(case, recorded, order_of(case, one.order), "steward.resumed")
            if not _himself(case, recorded):
                first = event.orders[0].order
                yield to_applicant(case, recorded, "applicant.resumed", f"{first}:ending", first)
        case EndAnnounced():
            told = to_applicant(case, recorded, "applicant.end_announced", f"{event.order}:ending", event.order)
            yield told.model_copy(update={"not_after": event.until})
        case KeptOn():
            yield from _spoken(case, recorded, order_of(case, event.order), "steward.kept_on")
            if event.by:
                yield to_applicant(case, recorded, "applicant.kept_on", f"{event.order}:ending", event.order)
        case DeclineProposed():
            yield from (_asked(recorded, told, event.order) for told in event.told)
        case DeclineReturned():
            yield from _spoken(case, recorded, order_of(case, event.order), "steward.decline_returned")


def _ended(case: Case, recorded: Recorded, event: OrdersEnded) -> Iterator[Notice]:
    for name in event.orders:
        order = order_of(case, name)
        if order.steward is None or order.steward != recorded.actor.staff:
            yield from _spoken(case, recorded, order, "steward.ended")
    if not _himself(case, recorded):
        template = "applicant.declined" if event.kind in ("declined", "unfit") else "applicant.ended"
        yield to_applicant(case, recorded, template, f"{event.orders[0]}:ending", event.orders[0])
    for key in event.appointments:
        for name in case.appointments[key].orders:  # whoever else is bound comes without him
            to = speaker_of(case, order_of(case, name))
            yield notice_to(recorded, to, "steward.survey_smaller", f"{case.id}:survey:{key}", name)
        stays = bool(case.appointments[key].orders)
        template = "steward.survey_smaller" if stays else "steward.survey_dropped"
        for to in parties(case) if case.kind_of(key) == "survey" else ():  # to another visit only the units come
            yield notice_to(recorded, to, template, f"{case.id}:survey:{key}", event.orders[0])
    if _completes(case, event):
        yield to_applicant(case, recorded, "applicant.scheme", f"{case.id}:scheme", None)


def _completes(case: Case, event: OrdersEnded) -> bool:
    """Whether the unified reply (J18) waited only for what has ended."""
    left = [one for one in case.orders if one.ending is None and one.route is None]
    waited = any(order_of(case, name).scheme is None for name in event.orders)
    return waited and any(one.scheme.together for one in left if one.scheme) and all(one.scheme for one in left)


def _spoken(case: Case, recorded: Recorded, order: Order, what: str) -> Iterator[Notice]:
    """Whoever speaks for the order, on the subject of its task: a task that still waits to be sent is replaced."""
    to = speaker_of(case, order)
    template = what if to.kind == "staff" else _BY_TELEPHONE[what]
    yield notice_to(recorded, to, template, f"{order.id}:task", order.id)


def _asked(recorded: Recorded, told: Told, order: str) -> Notice:
    to = Recipient(kind="window" if told.receiver == "window" else "staff", id=told.id)
    template = "window.decline" if told.receiver == "window" else "lead.decline"
    return notice_to(recorded, to, template, f"{order}:decline", order)


def _himself(case: Case, recorded: Recorded) -> bool:
    """Whether the applicant did it: he was told in the conversation."""
    return recorded.actor.role == "applicant" and recorded.actor.person == case.person
