"""Who is reminded of what is owed about the sheet, and who does it for somebody who has left (X37–X42)."""

from collections.abc import Iterator
from typing import Final

from model.case import Case
from model.delivery import Notice, Recipient
from model.event import Recorded
from model.events.follow_up import FollowUpReady, FollowUpReminded
from model.events.sheet import OfficerReplaced
from model.sheet import FollowUp
from routing.noticing.addressing import notice_to
from routing.parties import recipient_of

_DUE: Final = ("steward.follow_up_due", "body.follow_up_due")
_READY: Final = ("steward.follow_up_ready", "body.follow_up_ready")


def notices(
    case: Case, recorded: Recorded, event: FollowUpReminded | FollowUpReady | OfficerReplaced
) -> Iterator[Notice]:
    """The notices of this event."""
    if isinstance(event, OfficerReplaced):
        to = recipient_of(event.body, event.officer)
        template = "steward.sheet_taken_over" if to.kind == "staff" else "body.sheet_taken_over"
        yield notice_to(recorded, to, template, f"{case.id}:sheet:{event.body}", None)
        return
    item = next((one for one in (case.sheet.follow_ups if case.sheet else ()) if one.id == event.item), None)
    if item is None:
        return
    staff, body = _DUE if isinstance(event, FollowUpReminded) else _READY
    subject = f"{case.id}:sheet:{item.id}"
    to, order = _owing(case, item)
    yield notice_to(recorded, to, staff if to.kind == "staff" else body, subject, order)
    if isinstance(event, FollowUpReminded) and event.over and case.lead not in (None, item.body):
        lead = recipient_of(case.lead or "", case.sheet.organiser if case.sheet else None)
        if lead.kind == "staff" and lead.id != to.id:
            yield notice_to(recorded, lead, "steward.follow_up_over", subject, None)


def _owing(case: Case, item: FollowUp) -> tuple[Recipient, str | None]:
    """Whose item it is: the department's officer, or the steward of the unit's order."""
    order = case.order(item.order) if item.order else None
    if order is not None:
        return recipient_of(order.body, order.steward), order.id
    row = case.sheet.row(item.body) if case.sheet else None
    return recipient_of(item.body, row.officer if row else None), None
