"""What a notice about the sheet of a survey tells: who leads, whom it is about, who is missing, what is owed (X31–X42)."""

from collections.abc import Mapping
from typing import Any

from handlers.ports import RoutingCore
from model.case import Case
from model.county import County
from model.delivery import Row
from model.event import Event
from model.events.external import ExternalLineCleared
from model.events.follow_up import FollowUpSettled
from model.events.sheet import RowGiven, SurveyRepeated
from routing.conclusion import failed, missing


async def sheet_facts(core: RoutingCore, county: County, case: Case, row: Row, event: Event) -> Mapping[str, Any]:
    """The facts of a case whose survey is led, or was until this event; nothing for others."""
    if case.lead is None and not isinstance(event, ExternalLineCleared):
        return {}
    sheet, short = case.sheet, {body.id: body.short for body in county.bodies}
    items = sheet.open_items if sheet else ()
    part = await _part(core, case, row, event)
    return {
        "lead": county.body[case.lead] if case.lead else None,
        "lead_was": county.body[event.lead] if isinstance(event, ExternalLineCleared) else None,
        "organiser": await core.steward(sheet.organiser) if sheet and sheet.organiser else None,
        "part": county.body[part] if part else None,
        "departments": [short[one.body] for one in sheet.rows] if sheet else [],
        "missing": [short[body] for body in missing(case)] if sheet else [],
        "failed": [short[body] for body in failed(case)] if sheet else [],
        "again": [short[one.body] for one in event.departments] if isinstance(event, SurveyRepeated) else [],
        "items": [{"short": short[item.body], "text": item.text, "due": item.due} for item in items],
        "owing": list(dict.fromkeys(short[item.body] for item in items)),
        "owed": [item.text for item in items if item.body == part],
    }


async def _part(core: RoutingCore, case: Case, row: Row, event: Event) -> str | None:
    """The body that the notice is about, else the one it goes to."""
    if isinstance(event, RowGiven):
        return event.body
    if isinstance(event, FollowUpSettled):
        return next(
            (item.body for item in (case.sheet.follow_ups if case.sheet else ()) if item.id == event.item), None
        )
    if row.recipient.kind == "body":
        return row.recipient.id
    staff = await core.steward(row.recipient.id) if row.recipient.kind == "staff" else None
    return staff.body if staff else None
