"""Who is warned (J35, J93)."""

from collections.abc import Iterator, Mapping
from typing import Final

from model.case import Case
from model.delivery import Notice, Recipient
from model.event import Recorded
from model.events.clock import Warned
from model.process import Receiver
from routing.noticing.addressing import notice_to, order_of

_WARNINGS: Final[Mapping[Receiver, str]] = {
    "steward": "steward.warning",
    "lead": "lead.warning",
    "supervisor": "supervisor.warning",
    "window": "window.warning",
}


def notices(case: Case, recorded: Recorded, event: Warned) -> Iterator[Notice]:
    """Whoever is told as several is told once; a later warning replaces one that still waits."""
    for told in {one.id: one for one in reversed(event.told)}.values():
        to = Recipient(kind="window" if told.receiver == "window" else "staff", id=told.id)
        own = next((one for one in event.orders if order_of(case, one).steward == told.id), event.orders[0])
        yield notice_to(recorded, to, _WARNINGS[told.receiver], f"{case.id}:{event.step}:{event.due}:warning", own)
