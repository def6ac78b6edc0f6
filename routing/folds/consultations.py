"""会商: what was asked, named, decided and done (X57, J34)."""

from collections.abc import Callable
from typing import TypeAlias

from model.case import Case
from model.consultation import Consultation, Item
from model.event import Recorded
from model.events.consultations import (
    ConsultationAsked,
    ConsultationDeclined,
    ConsultationHeld,
    ConsultationLate,
    ConsultationNamed,
    ConsultationNear,
    ConsultationSettled,
    ItemDone,
    ItemDue,
    ItemGiven,
    ItemLate,
    OfConsultation,
)

Folded: TypeAlias = (
    ConsultationAsked
    | ConsultationNamed
    | ConsultationDeclined
    | ConsultationNear
    | ConsultationLate
    | ConsultationHeld
    | ItemGiven
    | ConsultationSettled
    | ItemDue
    | ItemLate
    | ItemDone
)
"""All that may happen about a consultation."""
Change: TypeAlias = Callable[[Item], dict[str, object]]


def fold(case: Case, recorded: Recorded, event: OfConsultation) -> Case:
    """The case after this event."""
    if isinstance(event, ConsultationAsked):
        kept = event.model_dump(exclude={"event", "consultation"})
        asked = Consultation.model_validate(kept | {"id": event.consultation, "asked_at": recorded.at})
        return case.model_copy(update={"consultations": (*case.consultations, asked)})
    old = case.consultation(event.consultation)
    if old is None:
        raise ValueError(f"case {case.id} has no consultation {event.consultation}")
    new = old.model_copy(update=_changes(old, recorded, event))
    kept_others = tuple(new if one.id == old.id else one for one in case.consultations)
    return case.model_copy(update={"consultations": kept_others})


def _changes(old: Consultation, recorded: Recorded, event: OfConsultation) -> dict[str, object]:
    match event:
        case ConsultationNamed():
            kept = {name: getattr(event, name) for name in ("place", "sequence", "invited", "reminders")}
            return kept | {"state": "named", "at": event.at_time}
        case ConsultationDeclined(reason=reason):
            return {"state": "declined", "answer": reason}
        case ConsultationNear(which=which):
            return {"reminders": tuple(one for one in old.reminders if one.which != which)}
        case ConsultationLate(what=what):
            return {"rings": tuple(one for one in old.rings if one.what != what)}
        case ConsultationHeld(decision=decision, public=public):
            return {"state": "held", "held_at": recorded.at, "decision": decision, "public": public}
        case ItemGiven(item=item):
            return {"items": (*old.items, item)}
        case ConsultationSettled():
            return {"state": "settled"}
        case ItemDue(name=name):
            return _on_item(old, name, lambda one: {"rings": tuple(r for r in one.rings if r.what != "due")})
        case ItemLate(name=name):
            return _on_item(old, name, lambda _: {"rings": ()})
        case ItemDone(name=name, by=by):
            return _on_item(old, name, lambda _: {"done_at": recorded.at, "done_by": by})
    raise TypeError(f"nothing about a consultation: {event}")


def _on_item(old: Consultation, name: str, change: Change) -> dict[str, object]:
    items = (one.model_copy(update=change(one)) if one.id == name else one for one in old.items)
    return {"items": tuple(items)}
