"""The sheet of a survey that is led (附件3)."""

from model.case import Case
from model.event import Recorded
from model.events.follow_up import (
    ClosingHeld,
    FollowUpOpened,
    FollowUpReady,
    FollowUpReminded,
    FollowUpSettled,
)
from model.events.sheet import (
    CompletionPromised,
    CopyKept,
    CopyReturned,
    DepartmentsChosen,
    OfficerReplaced,
    RowGiven,
    RowsReminded,
    SheetAlarmSet,
    SheetConcluded,
    SheetOpened,
    SurveyRepeated,
)
from model.order import Opinion
from model.sheet import ROWS, FollowUp, Promise, Row, Settled, Sheet, SheetAlarm

Folded = (
    SheetOpened
    | DepartmentsChosen
    | RowGiven
    | RowsReminded
    | SheetConcluded
    | SurveyRepeated
    | CompletionPromised
    | CopyKept
    | CopyReturned
    | FollowUpOpened
    | FollowUpSettled
    | FollowUpReminded
    | FollowUpReady
    | SheetAlarmSet
    | OfficerReplaced
    | ClosingHeld
)


def fold(case: Case, recorded: Recorded, event: Folded) -> Case:
    """The case after this event. Raises `ValueError` for a case without a sheet."""
    if isinstance(event, SheetOpened):
        rows = tuple(Row(body=one.body, officer=one.officer) for one in event.departments)
        return case.model_copy(update={"sheet": Sheet(organiser=event.organiser, rows=rows)})
    if case.sheet is None:
        raise ValueError(f"case {case.id} has no sheet")
    changes = _changes(case.sheet, recorded, event, leads=case.lead)
    return case.model_copy(update={"sheet": case.sheet.model_copy(update=changes)})


def _changes(sheet: Sheet, recorded: Recorded, event: Folded, *, leads: str | None) -> dict[str, object]:
    match event:
        case DepartmentsChosen(departments=departments):
            known = {row.body: row for row in sheet.rows}
            rows = tuple(known.get(one.body, Row(body=one.body, officer=one.officer)) for one in departments)
            return {"rows": rows, "passed": None}
        case RowGiven(body=body):
            return {"rows": tuple(_given(row, recorded, event) if row.body == body else row for row in sheet.rows)}
        case SheetConcluded(passed=passed):
            return {"passed": passed}
        case SurveyRepeated(at_time=at):
            return {"again_at": at}
        case CompletionPromised(day=day, days=days):
            return {"promise": Promise(day=day, days=days)}
        case CopyKept(body=body):
            return {"copies": (*sheet.copies, body)}
        case CopyReturned():
            return {"returned_at": recorded.at}
        case FollowUpOpened():
            return {"follow_ups": (*sheet.follow_ups, _opened(recorded, event))}
        case FollowUpSettled(item=name):
            done = Settled(done=event.done, words=event.words, by=event.by, at=recorded.at)
            return _item(sheet, name, settled=done)
        case FollowUpReady(item=name, approval=approval):
            return _item(sheet, name, permit=approval)
        case SheetAlarmSet(what=what, at_time=at):
            return {"alarms": {**sheet.alarms, what: SheetAlarm(at=at, number=recorded.sequence)}}
        case RowsReminded() if recorded.actor.role == "clock":
            return _silent(sheet, ROWS)
        case FollowUpReminded(item=name):
            return _silent(sheet, name)
        case OfficerReplaced():
            return _replaced(sheet, event, leads)
        case RowsReminded() | ClosingHeld() | SheetOpened():
            return {}


def _item(sheet: Sheet, name: str, **new: object) -> dict[str, object]:
    items = (item.model_copy(update=new) if item.id == name else item for item in sheet.follow_ups)
    return {"follow_ups": tuple(items)}


def _silent(sheet: Sheet, what: str) -> dict[str, object]:
    return {"alarms": {name: one for name, one in sheet.alarms.items() if name != what}}


def _replaced(sheet: Sheet, event: OfficerReplaced, leads: str | None) -> dict[str, object]:
    """A row, and the organiser, if it was he."""
    rows = tuple(
        row.model_copy(update={"officer": event.officer})
        if (row.body, row.officer) == (event.body, event.previous)
        else row
        for row in sheet.rows
    )
    led = event.body == leads and sheet.organiser == event.previous
    return {"rows": rows, "organiser": event.officer if led else sheet.organiser}


def _given(row: Row, recorded: Recorded, event: RowGiven) -> Row:
    opinion = Opinion(
        text=event.opinion, remark=event.remark, passes=event.passes, by=event.by, at=recorded.at, site=event.site
    )
    return row.model_copy(update={"opinion": opinion, "surveyor": event.surveyor, "basis": event.basis})


def _opened(recorded: Recorded, event: FollowUpOpened) -> FollowUp:
    return FollowUp(
        id=event.item, body=event.body, order=event.order, text=event.text, due=event.due, opened_at=recorded.at
    )
