"""The sheet of a survey in chat: what an act on it asks for, whose it is, and how it is called (X31–X42)."""

import datetime as dt
from typing import Final

from dialogs.folding import fold
from dialogs.visible import visible_fields
from handlers.wording.values import show
from model.calendar import CHINA
from model.case import Case
from model.command import Do
from model.commands.external import ClearExternalLine, SetExternalLine
from model.commands.follow_up import CarryFollowUp, CloseFollowUp
from model.commands.sheet import (
    ChooseDepartments,
    GiveRow,
    KeepCopy,
    PromiseCompletion,
    RemindDepartments,
    RepeatSurvey,
    ReturnCopy,
)
from model.conversation import Conversation
from model.county import County
from model.decision import Refused
from model.draft import Draft
from model.edition import form_of, on_form
from model.event import Event
from model.events.external import ExternalLineCleared, ExternalLineSet
from model.events.follow_up import FollowUpSettled
from model.events.sheet import (
    CompletionPromised,
    CopyKept,
    CopyReturned,
    DepartmentsChosen,
    RowGiven,
    RowsReminded,
    SurveyRepeated,
)
from model.message import Act, Actor, Invitation
from model.sheet import FollowUp
from model.submission import Submission
from model.values import Amount, Day, Picks, Words
from routing.conclusion import missing
from routing.sheet_acts import sheet_body

SHEET_DOS: Final = (
    GiveRow, ChooseDepartments, RemindDepartments, RepeatSurvey, PromiseCompletion, KeepCopy, ReturnCopy, CloseFollowUp,
    CarryFollowUp,
)  # fmt: skip
_SURVEYOR: Final = "surveyor"
_BASIS: Final = "basis"
"""Fields of a row's form that are known by name: its other words are the remark."""


def asked_on_sheet(invitation: Invitation, act: Act, form: Draft | None) -> Do | Refused | None:
    """The command that an act on the sheet, or on an order's external line, means; None if it is no such act."""
    do, _, what = act.id.partition(".")
    body = sheet_body(invitation.id)
    match do:
        case "external_line":
            return SetExternalLine(order=invitation.order or "", reason=_words(form))
        case "no_external_line":
            return ClearExternalLine(order=invitation.order or "", reason=_words(form))
        case "row" | "row_for":
            return GiveRow(
                body=what or body,
                opinion="、".join(_picked(form)),
                remark=_words(form),
                basis=_field(form, _BASIS),
                surveyor=_field(form, _SURVEYOR),
                due=day.date if (day := _day(form)) else None,
            )
        case "departments":
            return ChooseDepartments(departments=_picked(form))
        case "remind_rows":
            return RemindDepartments()
        case "repeat_survey":
            return _repeated(form)
        case "promise":
            return PromiseCompletion(days=_number(form), day=day.date if (day := _day(form)) else None)
        case "keep_copy":
            return KeepCopy(body=what or body)
        case "return_copy":
            return ReturnCopy()
        case "close_follow_up":
            return CloseFollowUp(item=what, words=_words(form))
        case "carry_follow_up":
            return CarryFollowUp(item=what, reason=_words(form))
    return None


def asked_before_on_sheet(event: Event) -> Do | None:
    """What a recorded event of the sheet was asked for; None for another one."""
    match event:
        case ExternalLineSet(order=order, reason=reason):
            return SetExternalLine(order=order, reason=reason)
        case ExternalLineCleared(order=order, reason=reason):
            return ClearExternalLine(order=order, reason=reason)
        case RowGiven():
            kept = event.model_dump(include={"body", "opinion", "remark", "basis", "surveyor", "due"})
            return GiveRow.model_validate(kept)
        case DepartmentsChosen(departments=departments):
            return ChooseDepartments(departments=tuple(one.body for one in departments))
        case RowsReminded():
            return RemindDepartments()
        case SurveyRepeated(at_time=at):
            return RepeatSurvey(at=at)
        case CompletionPromised(days=days, day=day):
            return PromiseCompletion(days=days, day=day if days is None else None)
        case CopyKept(body=body):
            return KeepCopy(body=body)
        case CopyReturned():
            return ReturnCopy()
        case FollowUpSettled(item=item, words=words, done=True):
            return CloseFollowUp(item=item, words=words)
        case FollowUpSettled(item=item, words=words):
            return CarryFollowUp(item=item, reason=words)
    return None


def as_member(actor: Actor, conversation: Conversation, body: str) -> Actor:
    """The person as one of the body's staff; as nobody's if he is not."""
    staff = next((role.staff for role in conversation.roles if role.body == body), None)
    return actor.model_copy(update={"role": "steward", "staff": staff})


def seen(county: County, form: Draft | None) -> Draft | None:
    """The form with the answers that are to be seen: what was said before an answer that hides it does not count."""
    if form is None or form.form not in county.forms:  # one that no form here knows is passed on as it is
        return form
    shown = {field.id for field in visible_fields(form_of(county, form), form.answers)}
    return form.model_copy(update={"answers": {name: one for name, one in form.answers.items() if name in shown}})


def on_own_task(case: Case, do: Do, about: Invitation) -> bool:
    """Whether a unit's copy, or what its opinion left open, was ticked off on the task of its order."""
    order = case.order(about.order) if about.kind == "task" and about.order else None
    if order is None or not isinstance(do, KeepCopy | CloseFollowUp):
        return False
    return do.body == order.body if isinstance(do, KeepCopy) else any(item.id == do.item for item in _items(case))


def body_meant(case: Case, do: Do, bodies: tuple[str, ...]) -> str:
    """For which of a person's bodies he has done this: the one it is about if it is his, else the one that leads."""
    about = getattr(do, "body", None)
    if isinstance(do, CloseFollowUp):
        about = next((item.body for item in _items(case) if item.id == do.item), None)
    return about if about in bodies and about else case.lead or ""


def sheet_title(county: County, case: Case, body: str, submission: Submission | None) -> str:
    """How the sheet is called in lists: number, what it is, who is still missing, and where."""
    left = missing(case)
    short = "、".join(county.body[one].short for one in left)
    owed = any(item.body == body for item in (case.sheet.open_items if case.sheet else ()))
    stands = (
        "有后补要交"
        if owed
        else "勘验已通过"
        if case.sheet and case.sheet.passed
        else f"还差{short}"
        if left
        else "有不符合"
    )
    place = ""
    if submission is not None:
        answer = submission.answers.get(on_form(county, submission.form_version).places.address)
        place = fold(show(answer.value)) if answer and answer.value else ""
    return " ".join(filter(None, (case.number, "外线联合踏勘", stands, place)))


def _items(case: Case) -> tuple[FollowUp, ...]:
    return case.sheet.follow_ups if case.sheet else ()


def _repeated(form: Draft | None) -> RepeatSurvey | Refused:
    day = _day(form)
    if day is None or day.time is None:
        return Refused(code="survey.time_missing")
    return RepeatSurvey(at=dt.datetime.combine(day.date, day.time, CHINA))


def _picked(form: Draft | None) -> tuple[str, ...]:
    values = [answer.value for answer in form.answers.values()] if form else []
    return next((value.options for value in values if isinstance(value, Picks)), ())


def _words(form: Draft | None) -> str:
    apart = (_SURVEYOR, _BASIS)
    answers = form.answers.items() if form else ()
    return "；".join(a.value.text for name, a in answers if isinstance(a.value, Words) and name not in apart)


def _field(form: Draft | None, name: str) -> str:
    answer = form.answers.get(name) if form else None
    return answer.value.text if answer and isinstance(answer.value, Words) else ""


def _day(form: Draft | None) -> Day | None:
    return next((a.value for a in form.answers.values() if isinstance(a.value, Day)), None) if form else None


def _number(form: Draft | None) -> int | None:
    amount = next((a.value for a in form.answers.values() if isinstance(a.value, Amount)), None) if form else None
    return int(amount.number) if amount is not None and amount.number is not None else None
