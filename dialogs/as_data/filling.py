"""A whole form given at once as JSON values: all that is wrong with it, or the draft it makes (X19, X23, X26, J22)."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from dialogs.as_data.reading import read_value
from dialogs.derived import derived
from dialogs.reading import Context, Partial, Reading, Refusal, Understood
from dialogs.visible import checked_in_person, consent_of, missing_fields, visible_fields
from model.county import County
from model.draft import Agreement, Answer, Draft
from model.fields import Field
from model.form import Form
from model.frozen import Frozen
from model.holding import holds, looks_at
from model.values import Declared

NOTICE, DECLARATION = "notice", "declaration"
"""The texts that every form may have, as they are named among its agreements; all others are its consents."""

Reader = Callable[[Any, Field, Context], Reading]
"""Makes a value of what was given for a field, or says why it is none."""

NOTHING: Final[Mapping[str, Answer]] = {}
"""No answers from before."""

_LATE: Final = ("yes_no", "code")
"""Kinds whose reading hangs on other answers: read once those are known."""


class Agreed(Frozen):
    """What the applicant said to a text, and which version of it he saw."""

    version: int
    agreed: bool = True


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field, or with one agreement: the code of the reason, and what fills its text."""

    name: str
    code: str
    about: Mapping[str, str] = field(default_factory=dict)
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """The draft as far as it could be read; it may be handed in if there is no problem."""

    draft: Draft
    problems: tuple[Problem, ...]


def fill(
    county: County,
    given: Mapping[str, Any],
    agreed: Mapping[str, Agreed],
    *,
    draft_id: str,
    by: str,
    at: dt.datetime,
    basics: Collection[str] | None = None,
    known: Mapping[str, Answer] = NOTHING,
    read: Reader = read_value,
) -> Filled:
    """Reads the answers of an application on the county's form, as `by` gives them at `at`; `None` leaves a field open.
    With `basics` only these have to be there, and the declaration may follow with the rest (X26). `known` was answered before, on
    another form, and is only looked at; `read` makes a value of what was given.

    Problems, all of them, in the order of the form. Codes: `form.unknown`, `form.not_yours`, `form.hidden`, `form.missing`,
    `form.required`, `form.consent`; `agreement.unknown`, `agreement.missing`, `agreement.version`, `agreement.declined`; those of
    `read_value`; `want.…` where half an answer was given.
    """
    form = county.form
    readings = read_answers(county, given, at, known, read)
    answers = dict(known) | {
        name: Answer(value=one.value, by=by, at=at, certainty=one.certainty, warnings=one.warnings)
        for name, one in readings.items()
        if isinstance(one, Understood)
    }
    left = {name: Answer(value=None, by=by, at=at) for name, value in given.items() if value is None}
    answers |= {name: one for name, one in left.items() if name in _fields(form)}
    agreements, unagreed = _agreements(form, answers, agreed, at)
    if basics is not None:
        unagreed = [one for one in unagreed if one.name != DECLARATION or one.code != "agreement.missing"]
    if basics is None or DECLARATION in agreed:
        answers |= _declared(form, answers, by, at)
    shown = visible_fields(form, answers)
    draft = Draft(
        id=draft_id,
        form=form.id,
        form_version=form.version,
        opened_at=at,
        changed_at=at,
        submitted_at=at,
        state="submitting",
        answers=dict(known) | {one.id: answers[one.id] for one in shown if one.id in answers},
        agreements=agreements,
        confirmed=tuple(one.id for one in shown),
    )
    draft = draft.model_copy(update={"lacking": tuple(one.id for one in missing_fields(form, draft))})
    missing = [one for one in _missing(form, draft) if one.id not in readings]
    unread = {name for name, one in readings.items() if not isinstance(one, Understood)}
    unsettled = _unsettled(form, unread | {one.id for one in missing})
    problems = [
        *_of_fields(form, given, readings, answers, unsettled),
        *(
            Problem(one.id, "form.missing", field=one)
            for one in missing
            if (basics is None or one.id in basics) and not _hangs_on(form, one.id) & unsettled
        ),
        *_without_consent(form, draft),
        *unagreed,
    ]
    order = {name: place for place, name in enumerate(form.fields)}
    return Filled(draft, tuple(sorted(problems, key=lambda one: order.get(one.name, len(order)))))


@derived
def _fields(form: Form) -> dict[str, Field]:
    """What an applicant answers; the declaration is agreed to instead."""
    return {name: one for name, one in form.fields.items() if one.filler == "applicant" and one.kind != "declaration"}


def read_answers(
    county: County,
    given: Mapping[str, Any],
    at: dt.datetime,
    known: Mapping[str, Answer],
    read: Reader = read_value,
    form: Form | None = None,
) -> dict[str, Reading]:
    """Every field of an applicant that has a value, those last that hang on others; `known` was answered before. `form`: not the
    county's own, but a part of it or an earlier one.
    """
    readings, answers = dict[str, Reading](), dict(known)
    fields = sorted(
        (one for one in _fields(form or county.form).values() if given.get(one.id) is not None),
        key=lambda one: _LATE.index(one.kind) if one.kind in _LATE else -1,
    )
    for one in fields:
        reading = read(given[one.id], one, Context(at, county.area_code, county.calendar, answers))
        readings[one.id] = reading
        if isinstance(reading, Understood):
            answers = {**answers, one.id: Answer(value=reading.value, by="", at=at)}
    return readings


def _agreements(
    form: Form, answers: Mapping[str, Answer], agreed: Mapping[str, Agreed], at: dt.datetime
) -> tuple[dict[str, Agreement], list[Problem]]:
    """What was agreed to, with what is wrong with it; a consent that is not named was not given."""
    texts = {NOTICE: form.notice, DECLARATION: form.declaration, **form.consents}
    versions = {name: text.version for name, text in texts.items() if text is not None}
    problems = [
        Problem(name, "agreement.unknown", {"names": "、".join(versions)}) for name in agreed if name not in versions
    ]
    problems += [
        Problem(name, "agreement.version", {"version": str(version)})
        for name, version in versions.items()
        if name in agreed and agreed[name].version != version
    ]
    for name in (NOTICE, DECLARATION):
        if name in versions and name not in agreed:
            problems.append(Problem(name, "agreement.missing"))
        elif name in versions and not agreed[name].agreed:
            problems.append(Problem(name, "agreement.declined"))
    wanted = {consent_of(one, answers) for one in visible_fields(form, answers)} & form.consents.keys()
    kept = {
        name: Agreement(agreed=name in agreed and agreed[name].agreed, version=version, at=at)
        for name, version in versions.items()
        if name != DECLARATION and (name in agreed or name in wanted)
    }
    return kept, problems


def _declared(form: Form, answers: Mapping[str, Answer], by: str, at: dt.datetime) -> dict[str, Answer]:
    """The declaration stands in its own field (X60, X147)."""
    text = form.declaration
    ends = next((one for one in visible_fields(form, answers) if one.kind == "declaration"), None)
    if text is None or ends is None:
        return {}
    return {ends.id: Answer(value=Declared(version=text.version), by=by, at=at)}


def _of_fields(
    form: Form,
    given: Mapping[str, Any],
    readings: Mapping[str, Reading],
    answers: Mapping[str, Answer],
    unsettled: frozenset[str],
) -> Iterator[Problem]:
    """What is wrong with what was given."""
    shown = {one.id for one in visible_fields(form, answers)}
    mine = _fields(form)
    for name, value in given.items():
        one = mine.get(name)
        if one is None:
            code = "form.not_yours" if name in form.fields else "form.unknown"
            yield Problem(name, code, field=form.fields.get(name))
        elif name not in shown:
            if value is not None and name not in unsettled:
                yield Problem(name, "form.hidden", field=one)
        elif value is not None:
            yield from _of_reading(one, readings[name])
        elif one.need == "required" and not checked_in_person(one, answers):
            yield Problem(name, "form.required", field=one)


def _of_reading(one: Field, reading: Reading) -> Iterator[Problem]:
    match reading:
        case Refusal(code=code, about=about):
            yield Problem(one.id, code, about, one)
        case Partial(want=want, about=about):
            yield Problem(one.id, f"want.{want}", about, one)
        case _:
            return


def _missing(form: Form, draft: Draft) -> Iterator[Field]:
    """Fields that must have an answer and have none."""
    for one in visible_fields(form, draft.answers):
        asked = one.need == "required" and not one.volunteered and one.kind != "declaration"
        if not asked or one.id in draft.answers or not holds(one.ask_when, draft.answers):
            continue
        if not checked_in_person(one, draft.answers):
            yield one


def _without_consent(form: Form, draft: Draft) -> Iterator[Problem]:
    """Numbers that came without their consent."""
    for one in visible_fields(form, draft.answers):
        consent, given = consent_of(one, draft.answers), draft.answers.get(one.id)
        if consent is not None and given is not None and given.value is not None:
            said = draft.agreements.get(consent)
            if said is None or not said.agreed:
                yield Problem(one.id, "form.consent", {"consent": consent}, one)


def _unsettled(form: Form, open_still: Iterable[str]) -> frozenset[str]:
    """These fields and all that hang on them: whether they are shown at all is told by an answer that is not known yet."""
    found = set(open_still)
    while True:
        more = {name for name in form.fields if name not in found and _hangs_on(form, name) & found}
        if not more:
            return frozenset(found)
        found |= more


@derived
def _hanging(form: Form) -> dict[str, frozenset[str]]:
    return {
        name: looks_at(form.section_of[name].when) | looks_at(one.when) | looks_at(one.ask_when)
        for name, one in form.fields.items()
    }


def _hangs_on(form: Form, name: str) -> frozenset[str]:
    """The fields whose answers decide whether this one is shown, or asked for."""
    return _hanging(form)[name]
