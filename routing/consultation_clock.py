"""The clock of a consultation: those invited are reminded, what is agreed comes due, and what is overdue is told of once."""

import datetime as dt
from collections.abc import Iterator, Sequence

from model.case import Case
from model.commands.consultations import RemindOfConsultation
from model.consultation import Consultation, Invited
from model.county import County
from model.event import Event
from model.events.clock import Told
from model.events.consultations import ConsultationLate, ConsultationNear, ItemDue, ItemLate
from model.staff import Staff
from routing.attending import still_coming
from routing.refusal import No


def remind_of_consultation(
    case: Case, one: Consultation, do: RemindOfConsultation, now: dt.datetime, staff: Sequence[Staff], county: County
) -> Event:
    """One ringing, once. Raises `No`: `remind_consultation.nothing` if it rang, was moved or done, `.early`."""
    ring = next((each for each in one.ringing if (each.what, each.number) == (do.what, do.number)), None)
    if ring is None:
        raise No("remind_consultation.nothing")
    if now < ring.at:
        raise No("remind_consultation.early")
    what, _, item = do.what.partition(".")
    match what:
        case "reply" | "hold" as late:
            return ConsultationLate(
                consultation=one.id, what=late, told=tuple(_watching(one.convener, one.officer, staff, county))
            )
        case "day" | "hour" as which if one.at is not None:
            invited = tuple(still_coming(case, one.invited, now, staff))
            return ConsultationNear(consultation=one.id, at_time=one.at, which=which, invited=invited)
    owing = one.item(item)
    if owing is None:
        raise No("remind_consultation.nothing")
    if what == "due":
        (his,) = still_coming(case, (Invited(body=owing.body, staff=owing.staff),), now, staff)
        return ItemDue(consultation=one.id, name=item, body=owing.body, staff=his.staff)
    told = tuple(_watching(owing.body, owing.staff, staff, county))
    return ItemLate(consultation=one.id, name=item, told=told)


def _watching(body: str, officer: str | None, staff: Sequence[Staff], county: County) -> Iterator[Told]:
    """Who has it, the head of his body, and who supervises the county; the window where nobody of these is there."""
    found = {one.id: Told(receiver="supervisor", id=one.id) for one in staff if one.duty == "supervisor"}
    found |= {one.id: Told(receiver="lead", id=one.id) for one in staff if one.duty == "lead" and one.body == body}
    found |= {one.id: Told(receiver="steward", id=one.id) for one in staff if one.id == officer}
    yield from found.values() or (Told(receiver="window", id=county.id),)
