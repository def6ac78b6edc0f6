"""Who is told of works outside the red line, of the sheet and what is to be handed in later (X31–X42)."""

from collections.abc import Iterable, Iterator

from model.case import Case
from model.delivery import Notice, Recipient
from model.event import Recorded
from model.events.external import ExternalLineCleared, ExternalLineSet
from model.events.follow_up import ClosingHeld, FollowUpSettled
from model.events.sheet import (
    CompletionPromised,
    Department,
    DepartmentsChosen,
    RowGiven,
    RowsReminded,
    SheetConcluded,
    SheetOpened,
    SurveyRepeated,
)
from routing.noticing.addressing import notice_to, speaker_of, to_applicant
from routing.parties import recipient_of

Noticed = (
    ExternalLineSet
    | ExternalLineCleared
    | SheetOpened
    | DepartmentsChosen
    | RowGiven
    | RowsReminded
    | SheetConcluded
    | SurveyRepeated
    | CompletionPromised
    | FollowUpSettled
    | ClosingHeld
)


def notices(case: Case, recorded: Recorded, event: Noticed) -> Iterator[Notice]:
    """The notices of this event; nobody hears of what he has done himself."""
    actor = recorded.actor.staff or ""
    yield from (one for one in _notices(case, recorded, event) if one.recipient.id != actor)


def _notices(case: Case, recorded: Recorded, event: Noticed) -> Iterator[Notice]:
    match event:
        case ExternalLineSet():
            yield to_applicant(case, recorded, "applicant.external_line", f"{case.id}:external", event.order)
            yield from _units(case, recorded, "steward.external_line")
        case ExternalLineCleared():
            yield to_applicant(case, recorded, "applicant.no_external_line", f"{case.id}:external", event.order)
            yield from _units(case, recorded, "steward.no_external_line")
            for one in dict.fromkeys((event.organiser, *event.officers)):
                if one is not None:
                    to = Recipient(kind="staff", id=one)
                    yield notice_to(recorded, to, "steward.no_external_line", _sheet(case), None)
        case SheetOpened():
            yield _lead(case, recorded, "steward.sheet_lead", "body.sheet_lead")
            yield from _departments(
                case, recorded, event.departments, "steward.sheet_department", "body.sheet_department"
            )
            yield notice_to(
                recorded, Recipient(kind="window", id=case.county), "window.departments", _sheet(case), None
            )
        case DepartmentsChosen():
            added = [one for one in event.departments if one.body in event.added]
            yield from _departments(case, recorded, added, "steward.sheet_department", "body.sheet_department")
            yield from _departments(case, recorded, event.dropped, "steward.sheet_dropped", "body.sheet_dropped")
        case RowGiven():
            yield _lead(case, recorded, "steward.row_given", None)
            if not event.passes:
                yield to_applicant(case, recorded, "applicant.row_failed", f"{case.id}:row:{event.body}", None)
        case RowsReminded():
            yield from _departments(case, recorded, event.departments, "steward.row_wanted", "body.row_wanted")
        case SheetConcluded(passed=False):
            yield _lead(case, recorded, "steward.sheet_failed", "body.sheet_failed")
        case SheetConcluded():
            yield to_applicant(case, recorded, "applicant.sheet_passed", f"{case.id}:sheet", None)
            yield _lead(case, recorded, "steward.sheet_passed", "body.sheet_passed")
            yield from _units(case, recorded, "steward.copy")
            yield from _departments(case, recorded, _rows(case), "steward.copy", "body.copy")
        case SurveyRepeated():
            yield to_applicant(case, recorded, "applicant.survey_repeated", f"{case.id}:sheet:again", None)
            yield from _departments(
                case, recorded, event.departments, "steward.survey_repeated", "body.survey_repeated"
            )
        case CompletionPromised():
            yield to_applicant(case, recorded, "applicant.promise", f"{case.id}:promise", None)
            yield from _units(case, recorded, "steward.promise")
        case FollowUpSettled():
            yield _lead(case, recorded, "steward.follow_up_settled", None)
        case ClosingHeld():
            yield from _held(case, recorded, event)


def _sheet(case: Case) -> str:
    return f"{case.id}:sheet"


def _lead(case: Case, recorded: Recorded, staff: str, body: str | None) -> Notice:
    """To the organiser; where nobody can be reached, and it is worth a call, to his body."""
    to = recipient_of(case.lead or "", case.sheet.organiser if case.sheet else None)
    return notice_to(recorded, to, staff if to.kind == "staff" else body or staff, _sheet(case), None)


def _units(case: Case, recorded: Recorded, template: str) -> Iterator[Notice]:
    """To the stewards of the orders, once each; a unit without one hears of it when it takes its order."""
    for order in case.orders:
        to = speaker_of(case, order)
        if to.kind == "staff":
            yield notice_to(recorded, to, template, f"{case.id}:{template}", order.id)


def _departments(
    case: Case, recorded: Recorded, departments: Iterable[Department], staff: str, body: str
) -> Iterator[Notice]:
    for one in departments:
        to = recipient_of(one.body, one.officer)
        template = staff if to.kind == "staff" else body
        yield notice_to(recorded, to, template, f"{_sheet(case)}:{one.body}", None)


def _rows(case: Case) -> list[Department]:
    return [Department(body=row.body, officer=row.officer) for row in case.sheet.rows] if case.sheet else []


def _held(case: Case, recorded: Recorded, event: ClosingHeld) -> Iterator[Notice]:
    """The applicant has all he applied for; who owes something hears of it, and who supervises."""
    yield to_applicant(case, recorded, "applicant.closing_held", f"{case.id}:closed", None)
    owing = {item.body for item in (case.sheet.open_items if case.sheet else ())}
    yield from _departments(
        case,
        recorded,
        [one for one in _rows(case) if one.body in owing],
        "steward.follow_up_wanted",
        "body.follow_up_wanted",
    )
    for order in case.orders:
        if order.body in owing and order.steward is not None:
            to = Recipient(kind="staff", id=order.steward)
            yield notice_to(recorded, to, "steward.follow_up_wanted", _sheet(case), order.id)
    yield _lead(case, recorded, "steward.closing_held", "body.closing_held")
    for told in event.told:
        yield notice_to(recorded, Recipient(kind="staff", id=told.id), "supervisor.closing_held", _sheet(case), None)
