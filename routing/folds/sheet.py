"""The sheet of a survey that is led (附件3)."""

from model.case import Case
from model.event import Recorded
from model.events.follow_up import ClosingHeld, FollowUpOpened, FollowUpSettled
from model.events.sheet import (
    CompletionPromised,
    CopyKept,
    CopyReturned,
    DepartmentsChosen,
    RowGiven,
    RowsReminded,
    SheetConcluded,
    SheetOpened,
    SurveyRepeated,
)
from model.order import Opinion
from model.sheet import FollowUp, Promise, Row, Settled, Sheet

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
    | ClosingHeld
)


def fold(case: Case, recorded: Recorded, event: Folded) -> Case:
    """The case after this event. Raises `ValueError` for a case without a sheet."""
    if isinstance(event, SheetOpened):
        rows = tuple(Row(body=one.body, officer=one.officer) for one in event.departments)
        return case.model_copy(update={"sheet": Sheet(organiser=event.organiser, rows=rows)})
    if case.sheet is None:
        raise ValueError(f"case {case.id} has no sheet")
    return case.model_copy(update={"sheet": case.sheet.model_copy(update=_changes(case.sheet, recorded, event))})


def _changes(sheet: Sheet, recorded: Recorded, event: Folded) -> dict[str, object]:
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
            items = (
                item.model_copy(update={"settled": done}) if item.id == name else item for item in sheet.follow_ups
            )
            return {"follow_ups": tuple(items)}
        case RowsReminded() | ClosingHeld() | SheetOpened():
            return {}


def _given(row: Row, recorded: Recorded, event: RowGiven) -> Row:
    opinion = Opinion(text=event.opinion, remark=event.remark, passes=event.passes, by=event.by, at=recorded.at)
    return row.model_copy(update={"opinion": opinion, "surveyor": event.surveyor, "basis": event.basis})


def _opened(recorded: Recorded, event: FollowUpOpened) -> FollowUp:
    return FollowUp(
        id=event.item, body=event.body, order=event.order, text=event.text, due=event.due, opened_at=recorded.at
    )
