"""What a page changes of a draft: fields that somebody has really changed, merged with what happened to them meanwhile (design §2.1)."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from dialogs.as_data.entering import LATER, Entered, Posted, entered, mark, read_entered, shown
from dialogs.as_data.filling import read_answers
from dialogs.reading import Context, Partial, Reading, Refusal, Understood
from dialogs.same import same_as
from dialogs.visible import checked_in_person, consent_of, visible_fields
from model.county import County
from model.draft import Answer, Draft
from model.fields import Field
from model.form import Form
from model.page import Edit
from model.values import Value

SEEN: Final = "seen"
"""`seen.<field>` says what the page showed of it: `<revision>.<mark>`, the revision empty where there was no answer."""
WHICH, THEIRS = "which", "theirs"
"""`which.<field>` says which of two values counts: theirs, or what was entered here, over the revision it names."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The field gets this value; None: it is left open."""

    value: Value | None
    reading: Understood | None = None


@dataclass(frozen=True, slots=True)
class Wrong:
    """It cannot be taken: the reading says why, None that it has to be filled in."""

    reading: Refusal | Partial | None


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody else has answered the field meanwhile, and otherwise: both are shown, and the person says which counts."""

    mine: Value | None


Result = Taken | Wrong | Other


def seen(field: Field, answer: Answer | None) -> str:
    """What a page sends along so that it is known what it showed."""
    what = shown(answer.value, field) if answer is not None else ()
    return f"{'' if answer is None else answer.revision}.{mark(what)}"


def edits(form: Form, posted: Posted) -> tuple[Edit, ...]:
    """The fields of a posted page that hold something else than it showed, in the order of the form."""
    return tuple(_edits(form, posted))


def _edits(form: Form, posted: Posted) -> Iterator[Edit]:
    for name, field in form.fields.items():
        token = _first(posted, f"{SEEN}.{name}")
        if token is None or field.filler != "applicant" or field.kind == "declaration":
            continue
        revision, _, was = token.partition(".")
        given, which = entered(field, posted), _first(posted, f"{WHICH}.{name}")
        if mark(given) == was or which == THEIRS:
            continue
        counts = which or revision
        yield Edit(field=name, seen=int(counts) if counts.isdecimal() else None, given=given)


def left_empty(form: Form, posted: Posted, draft: Draft) -> tuple[Edit, ...]:
    """Optional fields that stood on the posted page and have no answer: whoever goes on has seen them, and is not asked for them again."""
    return tuple(
        Edit(field=name, seen=None, given=())
        for name, field in form.fields.items()
        if f"{SEEN}.{name}" in posted and field.need == "optional" and not field.volunteered
        if name not in draft.answers and not entered(field, posted)
    )


def results(
    county: County, form: Form, draft: Draft, changed: Iterable[Edit], now: dt.datetime
) -> Mapping[str, Result]:
    """What becomes of each edit, on the draft as it is now and on its form. Fields that are not on it, given these answers, are left
    out, and numbers whose consent was not given.
    """
    wanted = {one.field: one for one in changed}
    given = {name: one.given for name, one in wanted.items() if not _open(one.given)}
    read = read_answers(county, given, now, draft.answers, partial(_read, form), form)
    answers = {**draft.answers}
    for name, edit in wanted.items():
        one = read.get(name)
        if isinstance(one, Understood):
            answers[name] = Answer(value=one.value, by="", at=now)
        elif _open(edit.given) and name in answers:
            answers[name] = Answer(value=None, by="", at=now)
    found = dict[str, Result]()
    for field in visible_fields(form, answers):
        wish = wanted.get(field.id)
        if wish is not None and may_be_given(form, field, draft, answers) and not _has_files(draft, field):
            found[field.id] = _result(field, wish, read.get(field.id), draft, answers)
    return found


def may_be_given(form: Form, field: Field, draft: Draft, answers: Mapping[str, Answer]) -> bool:
    """Whether the separate consent before this field, if it needs one, was given, as it is worded now."""
    name = consent_of(field, answers)
    if name is None or name not in form.consents:
        return True
    given = draft.agreements.get(name)
    return given is not None and given.agreed and given.version >= form.consents[name].version


def _result(field: Field, edit: Edit, reading: Reading | None, draft: Draft, answers: Mapping[str, Answer]) -> Result:
    if isinstance(reading, Refusal | Partial):
        return Wrong(reading)
    if reading is None and field.need == "required" and not (edit.given and checked_in_person(field, answers)):
        return Wrong(None)
    value = reading.value if reading is not None else None
    standing = draft.answers.get(field.id)
    if standing is not None and standing.value not in (None, value) and standing.revision != edit.seen:
        return Other(value)
    return Taken(value, reading)


def _read(form: Form, given: Any, field: Field, context: Context) -> Reading:
    """同上 is the answer that it names, as in the chat."""
    texts = [text for part, text in given if not part]
    same = same_as(field, texts[0], context.answers, form) if len(texts) == len(given) == 1 else None
    return read_entered(given, field, context) if same is None else Understood(same, certainty="derived")


def _open(given: Entered) -> bool:
    """Nothing was entered but, maybe, that it is left open."""
    return all(part == LATER for part, _ in given)


def _has_files(draft: Draft, field: Field) -> bool:
    """Files come and go one by one, not with the page."""
    answer = draft.answers.get(field.id)
    return field.kind == "attachment" and answer is not None and answer.value is not None


def _first(posted: Posted, name: str) -> str | None:
    return next(iter(posted.get(name, ())), None)
