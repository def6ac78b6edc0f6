"""A sheet filled in from a case: the form as it stands now, the cells of the offices, the survey, the receipt."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Final

from handlers.cells import cells_standing
from handlers.paper.cell import PrintedCell, date_parts, filled_cell
from handlers.paper.content import Content, Remark, blank_content
from handlers.paper.receipt import receipt_of
from handlers.paper.signatures import Sign
from handlers.paper.survey import survey_of
from handlers.ports import RoutingCore
from handlers.systems.visible_form import visible_answers
from handlers.wording.catalogue import Catalogue
from handlers.wording.values import called
from model.calendar import CHINA
from model.case import Case
from model.county import County
from model.draft import Answer
from model.edition import on_form
from model.fields import AttachmentField, DateField, Field
from model.on_form import hidden
from model.sheet_template import SheetTemplate
from model.submission import Submission
from model.values import Files, Picks, Value

_CAME: Final = ("received", "accepted")


class NothingToPrint(Exception):
    """The case has nothing that stands on this sheet: `gone` (its data was erased) or `no_survey`."""


async def filled_content(
    core: RoutingCore,
    county: County,
    case: Case,
    sheet: SheetTemplate,
    now: dt.datetime,
    *,
    services: Collection[str] | None = None,
    link: str = "",
    code: str = "",
    signs: Mapping[str, Sign] | None = None,
) -> Content:
    """What stands on this sheet of the case. `county` is today's; of `services` alone where a body sees only its own (X19);
    `signs` is what was signed at the site.

    Raises `NothingToPrint`, `CoreAway`.
    """
    submission = await core.submission(case.id)
    if submission is None:
        raise NothingToPrint("gone")
    survey = await survey_of(core, county, case, submission, signs)
    if sheet.of == "survey" and survey is None:
        raise NothingToPrint("no_survey")
    filed, empty = on_form(county, submission.form_version), blank_content(county, sheet)
    values = _values(filed, case, submission, services)
    values |= await _office_cells(core, county, case, submission, services)
    receipt = empty.receipt
    if sheet.of == "receipt":
        orders = [one for one in case.orders if services is None or one.service in services]
        found = [await core.steward(one) for one in sorted({one.steward for one in orders if one.steward})]
        stewards = {one.id: one for one in found if one is not None}
        receipt = receipt_of(county, case, orders, submission, stewards, link, code)
    cells = {
        name: filled_cell(value, county.form.fields[name]) for name, value in values.items() if name in empty.fields
    }
    cells |= dict(_of_system(county, case, submission))
    say = Catalogue(county).say
    remarks = tuple(_remarks(say, filed, county, case, sheet, values, services)) if sheet.of == "form" else ()
    return empty.model_copy(
        update={
            "blank": False,
            "number": case.number,
            "foot": say("printed.foot", number=case.number, at=f"{now.astimezone(CHINA):%Y-%m-%d %H:%M}"),
            "fields": empty.fields | cells,
            "survey": survey or empty.survey,
            "receipt": receipt,
            "remarks": remarks,
        }
    )


def _values(filed: County, case: Case, submission: Submission, services: Collection[str] | None) -> dict[str, Value]:
    """The answers as they stand: of what is shown, with what was handed in since (容缺、补正)."""
    mine = tuple(one for one in filed.form.fields.values() if one.filler == "applicant")
    away = hidden(filed.form, mine, submission.answers)
    answers: Mapping[str, Answer] = {name: one for name, one in submission.answers.items() if name not in away}
    seen = answers if services is None else visible_answers(filed, services, answers)
    values: dict[str, Value] = {name: one.value for name, one in seen.items() if one.value is not None}
    for one in case.supplements:
        if one.state in _CAME and one.id in filed.form.fields and _concerns(case, one.orders, services):
            if one.value is not None:
                values[one.id] = one.value
            elif one.files:
                values[one.id] = Files(files=one.files)
    return values


def _concerns(case: Case, orders: Collection[str], services: Collection[str] | None) -> bool:
    return services is None or any(one.service in services for one in case.orders if one.id in orders)


async def _office_cells(
    core: RoutingCore, county: County, case: Case, submission: Submission, services: Collection[str] | None
) -> dict[str, Value]:
    """What the offices write themselves (X97–X99, X146, J75, J88–J89); of a service that went to several the first that has it."""
    found: dict[str, Value] = {}
    for cell in await cells_standing(core, county, case, submission):
        mine = cell.order is None or services is None or cell.order.service in services
        if cell.value is not None and mine:
            found.setdefault(cell.field.id, cell.value)
    return found


def _of_system(county: County, case: Case, submission: Submission) -> Iterator[tuple[str, PrintedCell]]:
    """The number of the case (J50), and the day on which it was handed in (J51, X149)."""
    handed_in = date_parts(submission.submitted_at.astimezone(CHINA).date())
    for name, field in county.form.fields.items():
        if field.filler == "system":
            parts = handed_in if isinstance(field, DateField) else {"text": case.number}
            yield name, PrintedCell().model_copy(update=parts)


def _remarks(
    say: Callable[..., str],
    filed: County,
    county: County,
    case: Case,
    sheet: SheetTemplate,
    values: Mapping[str, Value],
    services: Collection[str] | None,
) -> Iterator[Remark]:
    """Papers handed in, what was put right since (更正), and what an older form asked that this sheet has no cell for."""
    fields = filed.form.fields
    papers = [
        say("printed.paper", name=called(fields[name]), number=len(value.files))
        for name, value in values.items()
        if isinstance(value, Files) and name in fields
    ]
    if papers:
        yield Remark(label=say("printed.papers"), text="、".join(papers))
    for name, value in values.items():
        field = fields.get(name)
        if field is None or isinstance(value, Files) or not field.printed:
            continue
        if name not in sheet.fields and field.kind != "declaration":
            yield Remark(label=called(field), text=filled_cell(value, field).text)
        elif lost := _lost(value, county.form.fields.get(name)):
            yield Remark(label=called(field), text=lost)
    for one in case.amendments:
        agreed = any(answer.agrees for answer in one.answers.values())
        if agreed and _concerns(case, one.orders, services):
            about = fields.get(one.field)
            yield Remark(label=say("printed.amended", field=called(about) if about else ""), text=one.words)
    if case.contact:
        yield Remark(label=say("printed.contact_now"), text=case.contact)


def _lost(value: Value, field: Field | None) -> str:
    """Boxes that were ticked and are printed no more."""
    if not isinstance(value, Picks) or field is None or isinstance(field, AttachmentField):
        return ""
    boxes = {option.text for option in getattr(field, "options", ())}
    return "、".join(pick.option for pick in value.picks if pick.option not in boxes)
