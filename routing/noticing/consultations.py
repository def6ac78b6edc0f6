"""Who is told of a consultation: whoever convenes it, whoever comes, and of the applicant only what concerns him (X57, J34)."""

from collections.abc import Iterator, Sequence

from model.case import Case
from model.consultation import Consultation, Invited
from model.delivery import Notice, Recipient
from model.event import Recorded
from model.events.clock import Told
from model.events.consultations import (
    ConsultationAsked,
    ConsultationDeclined,
    ConsultationHeld,
    ConsultationLate,
    ConsultationNamed,
    ConsultationNear,
    ItemDue,
    ItemGiven,
    ItemLate,
    OfConsultation,
)
from routing.noticing.addressing import notice_to, to_applicant


def notices(case: Case, recorded: Recorded, event: OfConsultation) -> Iterator[Notice]:
    """The notices of this event."""
    one = case.consultation(event.consultation)
    if one is None:
        raise ValueError(f"case {case.id} has no consultation {event.consultation}")
    match event:
        case ConsultationAsked():
            yield _to(recorded, one, _officer(case, one), "consult_asked")
        case ConsultationNamed():
            template = "consult_named" if event.sequence == 1 else "consult_moved"
            yield from _everybody(recorded, one, event.invited, template)
            if event.sequence == 1:
                yield to_applicant(case, recorded, "applicant.consult", one.id, None)
        case ConsultationDeclined():
            yield from _declined(case, recorded, one)
        case ConsultationNear(invited=invited):
            staff = [each for each in invited if each.staff is not None]
            yield from _everybody(recorded, one, staff, "consult_near")
        case ConsultationLate(told=told):
            yield from _warned(recorded, f"{one.id}:late", told, "consult_late")
        case ConsultationHeld():
            yield from _everybody(recorded, one, one.invited, "consult_held", case)
            yield to_applicant(case, recorded, "applicant.consult_held", one.id, None)
        case ItemGiven(item=item):
            yield _of_item(recorded, item.id, item.body, item.staff, "consult_item")
        case ItemDue(name=name, body=body, staff=his):
            yield _of_item(recorded, name, body, his, "consult_item_due")
        case ItemLate(name=name, told=told):
            yield from _warned(recorded, f"{name}:late", told, "consult_item_late")


def _officer(case: Case, one: Consultation) -> Recipient:
    if one.officer is not None:
        return Recipient(kind="staff", id=one.officer)
    return Recipient(kind="body", id=one.convener) if one.convener else Recipient(kind="window", id=case.county)


def _declined(case: Case, recorded: Recorded, one: Consultation) -> Iterator[Notice]:
    """Whoever asked; whoever was to come, if a time was named."""
    to = Recipient(kind="window", id=case.county) if one.window else Recipient(kind="staff", id=one.by)
    asked_for = case.order(one.order) if to.kind == "staff" else None
    own = (
        one.order if asked_for is not None and asked_for.steward == to.id else None
    )  # his task as it is now goes along
    yield _to(recorded, one, to, "consult_declined", own)
    others = [each for each in one.invited if each.staff not in (recorded.actor.staff, to.id)]
    yield from _everybody(recorded, one, others, "consult_off")
    if one.invited and case.closed_at is None:
        yield to_applicant(case, recorded, "applicant.consult_off", one.id, None)


def _everybody(
    recorded: Recorded, one: Consultation, invited: Sequence[Invited], template: str, case: Case | None = None
) -> Iterator[Notice]:
    """Those who come, but for whoever did this himself; with their tasks in this `case`, if they are to go on with them."""
    for each in invited:
        if each.staff is None:
            yield _to(recorded, one, Recipient(kind="body", id=each.body), template)
        elif each.staff != recorded.actor.staff:
            orders = case.orders if case is not None else ()
            own = next((order.id for order in orders if order.steward == each.staff), None)
            yield _to(recorded, one, Recipient(kind="staff", id=each.staff), template, own)


def _warned(recorded: Recorded, subject: str, told: Sequence[Told], template: str) -> Iterator[Notice]:
    for each in told:
        to = Recipient(kind="window" if each.receiver == "window" else "staff", id=each.id)
        yield notice_to(recorded, to, f"{each.receiver}.{template}", subject, None)


def _of_item(recorded: Recorded, name: str, body: str, staff: str | None, template: str) -> Notice:
    to = Recipient(kind="body", id=body) if staff is None else Recipient(kind="staff", id=staff)
    kind = "body" if staff is None else "steward"
    return notice_to(recorded, to, f"{kind}.{template}", name, None)


def _to(recorded: Recorded, one: Consultation, to: Recipient, template: str, order: str | None = None) -> Notice:
    kind = "steward" if to.kind == "staff" else to.kind
    return notice_to(recorded, to, f"{kind}.{template}", one.id, order)
