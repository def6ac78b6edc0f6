"""联合踏勘意见表 (附件3): rows on the spot, the survey repeated, the promise, the copies (X37–X42, X155–X158)."""

import datetime as dt
from collections.abc import Sequence

from model.calendar import CHINA
from model.case import Case
from model.commands.external import ClearExternalLine, SetExternalLine
from model.commands.follow_up import CarryFollowUp, CloseFollowUp
from model.commands.sheet import (
    ChooseDepartments,
    GiveRow,
    KeepCopy,
    PromiseCompletion,
    RemindDepartments,
    RemindOfSheet,
    RepeatSurvey,
    ReplaceOfficer,
    ReturnCopy,
)
from model.county import County
from model.events.external import ExternalLineCleared, ExternalLineSet
from model.events.follow_up import FollowUpReminded, FollowUpSettled
from model.events.sheet import (
    CompletionPromised,
    CopyKept,
    CopyReturned,
    Department,
    DepartmentsChosen,
    OfficerReplaced,
    RowGiven,
    RowsReminded,
    SurveyRepeated,
)
from model.message import Actor
from model.order import Order
from model.sheet import Row, Sheet
from model.staff import Staff
from routing.clocks import waits
from routing.conclusion import failed, missing, participants, surveying
from routing.departments import chosen, replaced
from routing.external import external
from routing.follow_ups import settled
from routing.opinion import opinion_of, said
from routing.refusal import No
from routing.sheet_clock import remind_of_sheet
from routing.survey import check_time

SheetDo = (
    SetExternalLine
    | ClearExternalLine
    | ChooseDepartments
    | GiveRow
    | RemindDepartments
    | RemindOfSheet
    | ReplaceOfficer
    | RepeatSurvey
    | PromiseCompletion
    | KeepCopy
    | ReturnCopy
    | CloseFollowUp
    | CarryFollowUp
)
SheetEvent = (
    ExternalLineSet
    | ExternalLineCleared
    | DepartmentsChosen
    | RowGiven
    | RowsReminded
    | SurveyRepeated
    | CompletionPromised
    | CopyKept
    | CopyReturned
    | FollowUpSettled
    | FollowUpReminded
    | OfficerReplaced
)


def on_sheet(
    case: Case, do: SheetDo, actor: Actor, county: County, now: dt.datetime, staff: Sequence[Staff]
) -> SheetEvent:
    """What is done to the sheet, and to whether there is one. A department speaks for its own row; the leading body and the
    window for every one.

    Raises `No`: `sheet.none` where no survey is led, `not.yours`, and the codes of what is done.
    """
    if isinstance(do, SetExternalLine | ClearExternalLine):
        return external(case, do, actor, county)
    sheet = case.sheet
    if sheet is None or case.lead is None:
        raise No("sheet.none")
    by = _Hand(actor, case.lead, staff)
    match do:
        case GiveRow():
            return _row(case, sheet, do, by, county, now)
        case KeepCopy():
            return _kept(case, sheet, do, by)
        case CloseFollowUp():
            return settled(case, sheet, do, by.of)
        case CarryFollowUp():
            return settled(case, sheet, do, lambda _: by.leading())
        case ChooseDepartments():
            by.leading()
            return chosen(sheet, do, county, now, staff)
        case RemindDepartments():
            by.leading()
            return _reminded(case, sheet)
        case RemindOfSheet():
            return remind_of_sheet(case, sheet, do, now)
        case ReplaceOfficer():
            return replaced(case, sheet, do, staff, now)
        case RepeatSurvey():
            by.leading()
            return _repeated(sheet, do, county, now)
        case PromiseCompletion():
            by.leading()
            return _promised(sheet, do, county, now)
        case ReturnCopy():
            if not sheet.passed:
                raise No("return_copy.too_early")
            if sheet.returned_at is not None:
                raise No("return_copy.already")
            return CopyReturned(by=by.leading())


def for_the_sheet(case: Case, order: Order, county: County) -> None:
    """Raises `No`: `sheet.open`, `sheet.failed` while an order that was surveyed waits for the others on the sheet."""
    if waits(case, order):
        left = missing(case)
        bodies = "、".join(county.body[body].short for body in left or failed(case))
        raise No("sheet.open" if left else "sheet.failed", body=bodies)


class _Hand:
    """Whose hand holds the pen; every method gives his staff id, or raises `No` with `not.yours`."""

    def __init__(self, actor: Actor, lead: str, staff: Sequence[Staff]) -> None:
        self._id = actor.staff or ""
        self._window = actor.role == "staff"
        self._lead = lead
        # Who supervises the county watches over it, and speaks for no body.
        serving = (one.body for one in staff if one.id == actor.staff and one.handles)
        self._body = next(serving, None)

    def is_of(self, body: str) -> bool:
        """Whether he is of this body himself."""
        return self._body == body and not self._window

    def of(self, body: str) -> str:
        """For this body: somebody of it, or whoever may write for all."""
        return self._id if self.is_of(body) else self.leading()

    def leading(self) -> str:
        """For all: the leading body, or the window."""
        if not (self._window or self._body == self._lead):
            raise No("not.yours")
        return self._id


def _row(case: Case, sheet: Sheet, do: GiveRow, by: _Hand, county: County, now: dt.datetime) -> RowGiven:
    """Raises `No`: `row.unknown_department`, `row.too_early`, `row.already`, `row.unknown`, `row.needs_text`,
    `row.needs_basis`, `row.needs_surveyor` where somebody else writes it down, `row.past`.
    """
    row, writer = sheet.row(do.body), by.of(do.body)
    if row is None:
        raise No("row.unknown_department")
    if not surveying(case):
        raise No("row.too_early")
    if row.opinion is not None and row.opinion.passes:
        raise No("row.already")
    given = opinion_of(do.do, do.opinion, said(do.remark), county.process.survey.opinions)
    if given.needs_basis and not said(do.basis):
        raise No("row.needs_basis", opinion=given.text)
    if not by.is_of(do.body) and not do.surveyor.strip():
        raise No("row.needs_surveyor")
    if do.due is not None and do.due < now.astimezone(CHINA).date():
        raise No("row.past")
    return RowGiven(
        body=do.body,
        by=writer,
        surveyor=do.surveyor.strip(),
        opinion=given.text,
        remark=said(do.remark),
        basis=said(do.basis),
        passes=given.passes,
        due=do.due if given.follow_up else None,
    )


def _reminded(case: Case, sheet: Sheet) -> RowsReminded:
    """Raises `No`: `remind_rows.too_early`, `remind_rows.nothing`."""
    if not surveying(case):
        raise No("remind_rows.too_early")
    left = tuple(_department(row) for row in sheet.rows if row.opinion is None)
    if not left:
        raise No("remind_rows.nothing")
    return RowsReminded(departments=left)


def _repeated(sheet: Sheet, do: RepeatSurvey, county: County, now: dt.datetime) -> SurveyRepeated:
    """Raises `No`: `repeat_survey.nothing` where no department failed it, and those of a survey time."""
    again = tuple(_department(row) for row in sheet.rows if row.opinion and not row.opinion.passes)
    if not again:
        raise No("repeat_survey.nothing")
    check_time(do.at, county.process.survey, now)
    return SurveyRepeated(at_time=do.at, departments=again)


def _promised(sheet: Sheet, do: PromiseCompletion, county: County, now: dt.datetime) -> CompletionPromised:
    """Raises `No`: `promise.empty`, `promise.days`, `promise.past`, `promise.already` for the day it is now."""
    today = now.astimezone(CHINA).date()
    if do.days is not None:
        if do.days < 1:
            raise No("promise.days")
        day, _ = county.calendar.due_day(today, do.days)
    elif do.day is not None:
        day = do.day
    else:
        raise No("promise.empty")
    if day <= today:
        raise No("promise.past")
    if sheet.promise is not None and sheet.promise.day == day:
        raise No("promise.already")
    return CompletionPromised(day=day, days=do.days)


def _kept(case: Case, sheet: Sheet, do: KeepCopy, by: _Hand) -> CopyKept:
    """Raises `No`: `row.unknown_department`, `keep_copy.too_early`, `keep_copy.already`."""
    hand = by.of(do.body)
    if do.body not in participants(case):
        raise No("row.unknown_department")
    if not sheet.passed:
        raise No("keep_copy.too_early")
    if do.body in sheet.copies:
        raise No("keep_copy.already")
    return CopyKept(body=do.body, by=hand)


def _department(row: Row) -> Department:
    return Department(body=row.body, officer=row.officer)
