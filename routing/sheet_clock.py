"""The clock reminds of the sheet: rows that are missing after the survey, items that come due (X38, X40, O)."""

import datetime as dt
from collections.abc import Iterator

from model.calendar import CHINA
from model.case import JOINT, Case
from model.commands.sheet import RemindOfSheet
from model.county import County
from model.event import Event
from model.events.approvals import ApprovalDecided
from model.events.follow_up import FollowUpOpened, FollowUpReady, FollowUpReminded
from model.events.scheduling import TimeSet
from model.events.sheet import Department, RowsReminded, SheetAlarmSet, SurveyRepeated
from model.events.survey import SurveyAgreed
from model.process import SheetReminders
from model.sheet import ROWS, FollowUp, Sheet
from routing.limits import due_of
from routing.refusal import No


def alarms(case: Case, event: Event, county: County, now: dt.datetime) -> Iterator[SheetAlarmSet]:
    """The reminders that this event asks for; `case` is the case after it."""
    rule, sheet = county.process.survey.sheet, case.sheet
    wanted = rule.reminders if rule is not None else None
    if sheet is None or wanted is None:
        return
    match event:
        case SurveyAgreed(appointment=key) | TimeSet(appointment=key) if key == JOINT:
            yield from _rows(case.appointments[key].at, wanted, county, now)
        case SurveyRepeated(at_time=at):
            yield from _rows(at, wanted, county, now)
        case FollowUpOpened(item=name, due=dt.date() as day):
            before = day - dt.timedelta(days=wanted.days_before)
            yield from _item(name, (before, day), wanted, now)
        case FollowUpReminded(item=name, over=False):
            days = tuple(item.due for item in sheet.open_items if item.id == name and item.due)
            yield from _item(name, days, wanted, now)


def ready(case: Case, event: Event) -> Iterator[FollowUpReady]:
    """The items that waited for the permit that is granted: those of the body that granted it, and those of units that need it.

    A unit's item waits until all that its order has applied for is granted.
    """
    if not isinstance(event, ApprovalDecided) or not event.granted or case.sheet is None:
        return
    approval = case.approval(event.approval)
    if approval is None:
        return
    for item in case.sheet.open_items:
        own = item.order in approval.orders if item.order else item.body == approval.body
        if own and item.permit is None and not _still_waits(case, item):
            yield FollowUpReady(item=item.id, approval=approval.id)


def remind_of_sheet(case: Case, sheet: Sheet, do: RemindOfSheet, now: dt.datetime) -> RowsReminded | FollowUpReminded:
    """One reminder, once. Raises `No`: `remind_sheet.nothing` where nothing is missing by now, `remind_sheet.early`."""
    alarm = sheet.ringing.get(do.what)
    if alarm is None or alarm.number != do.number or case.closed_at is not None:
        raise No("remind_sheet.nothing")
    if now < alarm.at:
        raise No("remind_sheet.early")
    if do.what == ROWS:
        return RowsReminded(departments=tuple(Department(body=row.body, officer=row.officer) for row in sheet.wanted))
    day = next((item.due for item in sheet.open_items if item.id == do.what), None)
    return FollowUpReminded(item=do.what, over=day is not None and now.astimezone(CHINA).date() >= day)


def _rows(at: dt.datetime, wanted: SheetReminders, county: County, now: dt.datetime) -> Iterator[SheetAlarmSet]:
    if wanted.rows is not None:
        rings = due_of(wanted.rows, county, max(at, now)).at
        yield SheetAlarmSet(what=ROWS, at_time=rings)


def _item(name: str, days: tuple[dt.date, ...], wanted: SheetReminders, now: dt.datetime) -> Iterator[SheetAlarmSet]:
    """The first of these days whose hour is still to come."""
    hours = (dt.datetime.combine(day, wanted.at, CHINA) for day in days)
    coming = next((one for one in hours if one > now), None)
    if coming is not None:
        yield SheetAlarmSet(what=name, at_time=coming)


def _still_waits(case: Case, item: FollowUp) -> bool:
    return item.order is not None and any(one.open for one in case.approvals if item.order in one.orders)
