"""Who hears that a form which was filled in later decides something otherwise (X26)."""

from collections.abc import Iterator
from typing import Final

from model.case import Case
from model.delivery import Notice
from model.event import Recorded
from model.events.decided import Change, DecidedAnew
from routing.noticing.addressing import notice_to, order_of, speaker_of, to_applicant

_TOLD_BESIDE: Final = ("led", "unled")
"""Of these everybody but who filled it in hears by its own notice."""


def notices(case: Case, recorded: Recorded, event: DecidedAnew) -> Iterator[Notice]:
    """Whoever has an order that is concerned, once; the applicant, of who comes to him."""
    for name in dict.fromkeys(order for one in event.changed for order in one.orders):
        order = order_of(case, name)
        if any(name in one.orders and _hears(one, recorded, order.steward) for one in event.changed):
            yield notice_to(recorded, speaker_of(case, order), "steward.decided_anew", f"{case.id}:decided", name)
    his = [one for one in event.changed if one.for_applicant]
    if his and case.in_chat:
        yield to_applicant(case, recorded, "applicant.decided_anew", f"{case.id}:decided", his[0].orders[0])


def _hears(change: Change, recorded: Recorded, steward: str | None) -> bool:
    return change.stands or change.what not in _TOLD_BESIDE or recorded.actor.staff == steward
