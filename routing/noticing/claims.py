"""Who is asked whether an order is his body's, and who hears that it is another's (J75)."""

from collections.abc import Iterator

from model.delivery import Notice, Recipient
from model.event import Recorded
from model.events.claims import ClaimOffered, ClaimSettled
from routing.noticing.addressing import notice_to


def notices(recorded: Recorded, event: ClaimOffered | ClaimSettled) -> Iterator[Notice]:
    """One to each who can be reached; where nobody can, the window has heard of the order anyway."""
    asked = event.offers if isinstance(event, ClaimOffered) else event.others
    template = "steward.claim" if isinstance(event, ClaimOffered) else "steward.claim_gone"
    for one in asked:
        if one.staff is not None:
            to = Recipient(kind="staff", id=one.staff)
            yield notice_to(recorded, to, template, f"{event.order}:claim", event.order)
