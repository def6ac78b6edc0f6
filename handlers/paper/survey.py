"""联合踏勘意见表 (附件3) in its parts, as a case has it: the head, a row for each department, the conclusion (X150–X159)."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from handlers.paper.signatures import Sign
from handlers.parties import parties, to_call
from handlers.ports import RoutingCore
from handlers.wording.catalogue import Catalogue
from handlers.wording.values import moment, show
from model.case import JOINT, Case
from model.county import County
from model.edition import on_form, under
from model.frozen import Frozen
from model.order import Opinion
from model.staff import Staff
from model.submission import Submission
from routing.conclusion import failed, missing


class SurveyRow(Frozen):
    """A department (X156): who surveyed, `written_by` where somebody else wrote it down and he signed nothing himself, what he ticked
    and wrote beside it (X157).
    """

    department: str
    surveyor: str = ""
    written_by: str = ""
    opinion: str = ""
    detail: str = ""
    detail_label: str = ""


class Drawn(Frozen):
    """A signature by hand: the bytes of the picture, and whose it is."""

    name: str
    image: tuple[int, ...]


class SurveySheet(Frozen):
    """The sheet; empty texts where nothing is known yet. `opinions` are the boxes of every row. `signed`: who signed by name, with when,
    and who is only named; `drawn`: who signed by hand.
    """

    opinions: tuple[str, ...] = ()
    project: str = ""
    applicant: str = ""
    contact: str = ""
    phone: str = ""
    address: str = ""
    organiser: str = ""
    at: str = ""
    promise: str = ""
    rows: tuple[SurveyRow, ...] = ()
    conclusion: str = ""
    signed: str = ""
    drawn: tuple[Drawn, ...] = ()


async def survey_of(
    core: RoutingCore,
    county: County,
    case: Case,
    submission: Submission | None,
    signs: Mapping[str, Sign] | None = None,
) -> SurveySheet | None:
    """The sheet of a case, with what was signed at the site; None for a case that has none. Raises `CoreAway`."""
    if case.sheet is None or under(county, case.process_version).process.survey.sheet is None:
        return None
    writers = {row.opinion.by for row in case.sheet.rows if row.opinion} | {
        one.survey.by for one in case.orders if one.survey
    }
    found = {one: await core.steward(one) for one in sorted(writers | {case.sheet.organiser or ""}) if one}
    people = {name: staff for name, staff in found.items() if staff is not None}
    return _sheet(county, case, submission, people, signs or {})


def _sheet(
    county: County, case: Case, submission: Submission | None, people: Mapping[str, Staff], signs: Mapping[str, Sign]
) -> SurveySheet:
    assert case.sheet is not None
    filed = on_form(county, submission.form_version) if submission else county
    answers = submission.answers if submission else {}

    def said(field: str | None) -> str:
        answer = answers.get(field or "")
        return show(answer.value) if answer and answer.value else ""

    named = parties(filed, answers)
    call = to_call(named, case.contact)
    organiser = people.get(case.sheet.organiser or "")
    at, promise = case.appointments.get(JOINT), case.sheet.promise
    say = Catalogue(county).say
    rows = tuple(_rows(say, county, case, people, signs))
    keys = [*(row.body for row in case.sheet.rows), *(order.id for order in case.orders)]
    by_hand, by_name = _signed(say, list(zip(keys, rows, strict=True)), signs)
    return SurveySheet(
        opinions=tuple(one.text for one in under(county, case.process_version).process.survey.opinions),
        project=said(filed.places.project),
        applicant=named.applicant.name,
        contact=call.name or named.applicant.name,
        phone=call.phone,
        address=said(filed.places.address),
        organiser=f"{organiser.name} {organiser.phone}" if organiser else county.body[case.lead or ""].short,
        at=moment(at.at) if at and not at.released else "",
        promise=say("printed.promise", promise=promise) if promise else "",
        rows=rows,
        conclusion=_conclusion(say, county, case),
        signed="、".join(by_name),
        drawn=by_hand,
    )


def _signed(
    say: Callable[..., str], rows: Sequence[tuple[str, SurveyRow]], signs: Mapping[str, Sign]
) -> tuple[tuple[Drawn, ...], tuple[str, ...]]:
    """Who signed by hand, and who by name (with when) or not at all; each once."""
    by_hand, by_name = dict[Drawn, None](), dict[str, None]()
    for key, row in rows:
        sign = signs.get(key) if row.opinion else None
        name = (sign.name if sign is not None else "") or row.surveyor
        if sign is not None and sign.image is not None:
            by_hand[Drawn(name=name, image=tuple(sign.image))] = None
        elif sign is not None:
            by_name[say("printed.signed", name=name, at=sign.at)] = None
        elif name:
            by_name[name] = None
    return tuple(by_hand), tuple(by_name)


def _rows(
    say: Callable[..., str], county: County, case: Case, people: Mapping[str, Staff], signs: Mapping[str, Sign]
) -> Iterator[SurveyRow]:
    """Departments in the order chosen, then the units that build; a body with two orders has two rows."""
    assert case.sheet is not None
    rows = [(row.body, row.body, row.surveyor, row.opinion, row.basis) for row in case.sheet.rows]
    rows += [(order.id, order.body, "", order.survey, "") for order in case.orders]
    for key, body, surveyor, opinion, basis in rows:
        writer = people.get(opinion.by) if opinion else None
        label, detail = _detail(say, opinion, basis)
        yield SurveyRow(
            department=county.body[body].name,
            surveyor=surveyor or (writer.name if writer else ""),
            written_by=writer.name if surveyor and writer and key not in signs else "",
            opinion=opinion.text if opinion else "",
            detail=detail,
            detail_label=label,
        )


def _detail(say: Callable[..., str], opinion: Opinion | None, basis: str) -> tuple[str, str]:
    if opinion is None or not opinion.remark:
        return "", ""
    label = "to_mend" if opinion.passes else "reason" if basis else "reason_and_basis"
    return say(f"printed.detail_label.{label}"), say("printed.detail", remark=opinion.remark, basis=basis)


def _conclusion(say: Callable[..., str], county: County, case: Case) -> str:
    assert case.sheet is not None
    left, wanting = ([county.body[one].short for one in some] for some in (missing(case), failed(case)))
    return say("printed.conclusion", missing=left, failed=wanting, later=len(case.sheet.follow_ups))
