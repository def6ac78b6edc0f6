"""What a notice about the sheet of a survey tells: who leads, whom it is about, who is missing, what is owed (X31–X42)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from handlers.ports import RoutingCore
from model.case import JOINT, Case
from model.county import County
from model.delivery import Row
from model.edition import under
from model.event import Event
from model.events.external import ExternalLineCleared
from model.events.follow_up import FollowUpReady, FollowUpReminded, FollowUpSettled
from model.events.sheet import RowGiven, SurveyRepeated
from model.sheet import FollowUp
from routing.approval_acts import permit_name
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
        "item": _item(case, event),
        "granted": _permit(county, case, event),
        "survey_at": _survey_at(case),
        "owed": [item.text for item in items if item.body == part],
    }


def _item(case: Case, event: Event) -> FollowUp | None:
    """The item that the event is about."""
    if not isinstance(event, FollowUpSettled | FollowUpReminded | FollowUpReady):
        return None
    return next((item for item in (case.sheet.follow_ups if case.sheet else ()) if item.id == event.item), None)


def _survey_at(case: Case) -> dt.datetime | None:
    """The time agreed for the survey, while an opinion is still wanted."""
    time = case.appointments.get(JOINT)
    stands = time is not None and time.agreed and not (time.released or time.wish)
    return time.at if time is not None and stands and not (case.sheet and case.sheet.passed) else None


def _permit(county: County, case: Case, event: Event) -> str:
    """The permit that an item waited for."""
    approval = case.approval(event.approval) if isinstance(event, FollowUpReady) else None
    return permit_name(under(county, case.process_version), approval.kind) if approval else ""


async def _part(core: RoutingCore, case: Case, row: Row, event: Event) -> str | None:
    """The body that the notice is about, else the one it goes to."""
    if isinstance(event, RowGiven):
        return event.body
    if (item := _item(case, event)) is not None:
        return item.body
    if row.recipient.kind == "body":
        return row.recipient.id
    staff = await core.steward(row.recipient.id) if row.recipient.kind == "staff" else None
    return staff.body if staff else None
