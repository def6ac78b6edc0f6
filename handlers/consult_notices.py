"""What a notice about a consultation tells, what it asks of its reader, and whether it still holds (X57, J34)."""

from typing import Any

from handlers.consulting import consult_task
from handlers.ports import RoutingCore
from model.case import Case
from model.consultation import Consultation, Item
from model.county import County
from model.delivery import Row
from model.edition import under
from model.event import Event
from model.events.consultations import (
    ConsultationAsked,
    ConsultationHeld,
    ConsultationLate,
    ConsultationNamed,
    ConsultationNear,
    ItemDue,
    ItemGiven,
    ItemLate,
    OfConsultation,
)
from model.message import Invitation
from model.submission import Submission


async def consult_facts(core: RoutingCore, county: County, case: Case, event: Event) -> dict[str, Any]:
    """The facts under `consult`, and `consulting` where one runs (会商中); nothing else for what is about none."""
    rule = under(county, case.process_version).process.consultation
    found: dict[str, Any] = {"consulting": rule.name if rule is not None and case.consulting else ""}
    one = case.consultation(event.consultation) if isinstance(event, OfConsultation) else None
    if one is None or rule is None:
        return found
    asker = await core.steward(one.by)
    officer = await core.steward(one.officer) if one.officer else None
    item = _item(one, event)
    owing = await core.steward(item.staff) if item and item.staff else None
    return found | {
        "consult": {
            "name": rule.name,
            "reason": one.reason.rstrip("。"),
            "words": one.words.rstrip("。"),
            "bodies": [county.body[body].short for body in one.bodies],
            "asker": f"{county.body[asker.body].short}{asker.name}" if asker else county.help.window,
            "asker_phone": asker.phone if asker else county.help.hotline,
            "convener": county.body[one.convener].short if one.convener else county.help.window,
            "officer": officer,
            "at": one.at,
            "place": one.place,
            "answer": one.answer.rstrip("。"),
            "decision": one.decision.rstrip("。"),
            "public": one.public.rstrip("。"),
            "reply_by": next((ring.at for ring in one.rings if ring.what == "reply"), None),
            "item": item,
            "item_body": county.body[item.body].short if item else "",
            "item_staff": owing,
        }
    }


def _item(one: Consultation, event: Event) -> Item | None:
    if isinstance(event, ItemGiven):
        return one.item(event.item.id)
    return one.item(event.name) if isinstance(event, ItemDue | ItemLate) else None


async def consult_invited(
    core: RoutingCore, county: County, case: Case, row: Row, event: Event, submission: Submission
) -> Invitation | None:
    """What the reader can do about it: of who convenes the consultation, of the body that has to do it what was agreed."""
    if not isinstance(event, OfConsultation) or row.recipient.kind != "staff":
        return None
    one, reader = case.consultation(event.consultation), await core.steward(row.recipient.id)
    if one is None or reader is None:
        return None
    item = _item(one, event)
    if reader.body != (item.body if item else one.convener):
        return None
    asked = consult_task(county, case, item.id if item else one.id, submission)
    return asked if asked.acts else None


def consult_overtaken(case: Case, event: Event) -> bool:
    """Whether it was answered, moved, held or done since."""
    one = case.consultation(event.consultation) if isinstance(event, OfConsultation) else None
    if one is None:
        return False
    match event:
        case ConsultationAsked():
            return one.state != "asked"
        case ConsultationNamed(sequence=sequence):
            return one.state == "declined" or one.sequence != sequence
        case ConsultationNear(at_time=at):
            return one.state != "named" or one.at != at
        case ConsultationLate(what=what):
            return one.state != "asked" if what == "reply" else not one.runs
        case ItemGiven() | ItemDue() | ItemLate():
            item = _item(one, event)
            return item is None or item.done_at is not None
        case ConsultationHeld():
            return False
    return False
