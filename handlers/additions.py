"""加办 as data: the services and what was said for them, from whoever does not chat, as the command of the core (X19, X24, J22)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from dialogs.adding import brought_by, papers_of
from dialogs.as_data.filling import NOTICE, Agreed, Problem, Reader, fill
from dialogs.as_data.reading import read_value
from model.case import Case
from model.commands.adding import AddService
from model.county import County
from model.decision import Refused
from model.draft import Answer, Draft
from model.edition import on_form, under
from model.form import Form
from model.part_form import added_part
from model.submission import Submission
from routing.adding import addable, ticked
from routing.refusal import No


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted for a case: the services, what was said for them, and who writes it when, by which channel."""

    id: str
    services: Sequence[str]
    given: Mapping[str, Any]
    agreed: Mapping[str, Agreed]
    by: str
    role: Literal["applicant", "staff"]
    channel: Literal["api", "window"]
    at: dt.datetime


def addition(
    county: County, case: Case, signed: Submission, wish: Wish, read: Reader = read_value
) -> AddService | Refused | tuple[Problem, ...]:
    """The command; or why these services cannot be added, or all that is wrong with what was said for them.

    `signed` is the form of the case as it stands. What the case knows is not asked again, and what was agreed to holds.
    """
    here = under(on_form(county, signed.form_version), case.process_version)
    if (refused := why_not(here, case, wish.services, wish.at)) is not None:
        return refused
    known = ticked(signed, (*case.services, *wish.services), here)
    form = part_for(here, case, signed, wish.services)
    part, agreed = here.made_anew(form=form), {**agreed_before(form, signed), **wish.agreed}
    filled = fill(part, wish.given, agreed, draft_id=wish.id, by=wish.by, at=wish.at, known=known, read=read)
    if filled.problems:
        return filled.problems
    return command_of(case, signed, here, wish.services, _signed(case, wish, filled.draft), filled.draft)


def why_not(county: County, case: Case, services: Sequence[str], now: dt.datetime) -> Refused | None:
    """Why the first of them that cannot be added cannot. `county` is on the form of the case."""
    try:
        for service in services:
            addable(case, service, county, now)
    except No as no:
        return no.refused
    return None


def part_for(county: County, case: Case, signed: Submission, services: Sequence[str]) -> Form:
    """The part of the form that these services bring with them. `county` is on the form of the case."""
    known = ticked(signed, (*case.services, *services), county)
    return added_part(county.form, [one.id for one in brought_by(county, signed.answers, known)])


def command_of(
    case: Case, before: Submission, county: County, services: Sequence[str], signed: Submission, draft: Draft
) -> AddService:
    """The command, of the part that was `signed`: the papers that belong to it follow (容缺), and no words are kept in it."""
    papers = papers_of(county.form, draft, before.answers)
    answers = _wordless(signed.answers)
    signed = signed.model_copy(update={"answers": answers, "missing": (*signed.missing, *papers)})
    known = _wordless(ticked(before, (*case.services, *services), county))
    return AddService(services=tuple(services), signed=signed, known=known)


def agreed_before(form: Form, signed: Submission) -> dict[str, Agreed]:
    """What he has agreed to before, as far as the text is the same still."""
    texts = {NOTICE: form.notice, **form.consents}
    return {
        name: Agreed(version=text.version)
        for name, text in texts.items()
        if text and (one := signed.agreements.get(name)) and one.agreed and one.version == text.version
    }


def _signed(case: Case, wish: Wish, draft: Draft) -> Submission:
    answers = {name: draft.answers[name] for name in draft.confirmed or () if name in draft.answers}
    return Submission(
        id=wish.id,
        account=case.account,
        person=case.person,
        county=case.county,
        form=draft.form,
        form_version=draft.form_version,
        channel=wish.channel,
        submitted_at=wish.at,
        answers={name: one.model_copy(update={"role": wish.role}) for name, one in answers.items()},
        agreements=draft.agreements,
        missing=draft.lacking,
    )


def _wordless(answers: Mapping[str, Answer]) -> dict[str, Answer]:
    return {name: one.model_copy(update={"source": ""}) for name, one in answers.items()}
