"""Which fields are on the form, given the answers; the rest of the form is as if it were not there."""

from collections.abc import Mapping

from dialogs.conditions import holds
from dialogs.schemes import scheme_of
from model.draft import Answer, Draft
from model.fields import CodeField, Field
from model.form import Form


def visible_fields(form: Form, answers: Mapping[str, Answer]) -> tuple[Field, ...]:
    """The fields an applicant answers and that are shown, in form order.

    Conditions see only answers of shown fields, so that hiding one field also hides what hangs on it. Conditions may look
    forward, so the rounds go on until nothing changes (at most one round per field: each round settles one more).
    """
    mine = [field for field in form.fields.values() if field.filler == "applicant"]
    hidden: frozenset[str] = frozenset()
    for _ in range(len(mine) + 1):
        counted = {name: answer for name, answer in answers.items() if name not in hidden} if hidden else answers
        closed = {section.id for section in form.sections if not holds(section.when, counted)}
        now = frozenset(
            field.id
            for field in mine
            if form.section_of[field.id].id in closed or (field.when is not None and not holds(field.when, counted))
        )
        if now == hidden:
            break
        hidden = now
    return tuple(field for field in mine if field.id not in hidden)


def open_fields(form: Form, draft: Draft) -> tuple[Field, ...]:
    """Shown fields without an answer that are still to be asked: not the declaration, not those whose consent was refused."""
    return tuple(
        field for field in _asked(form, draft) if field.id not in draft.answers and not consent_refused(field, draft)
    )


def listed_fields(form: Form, draft: Draft) -> tuple[Field, ...]:
    """What the review card lists, numbered from 1: shown fields that have an answer or are asked, not the declaration."""
    return _asked(form, draft, or_answered=True)


def consent_of(field: Field, answers: Mapping[str, Answer]) -> str | None:
    """The separate consent this field needs now: a number of a person or his papers needs one, that of a firm does not."""
    if isinstance(field, CodeField) and scheme_of(field, answers) not in ("identity", "document"):
        return None
    return field.consent


def checked_in_person(field: Field, answers: Mapping[str, Answer]) -> bool:
    """Whether a number may be left open here because it can be checked in person: those that need a consent."""
    return isinstance(field, CodeField) and consent_of(field, answers) is not None


def consent_refused(field: Field, draft: Draft) -> bool:
    """Whether the separate consent this field needs was refused; the number is then checked in person."""
    given = draft.agreements.get(consent_of(field, draft.answers) or "")
    return given is not None and not given.agreed


def missing_fields(form: Form, draft: Draft) -> tuple[Field, ...]:
    """Shown fields with no value that the office still wants (容缺, or to be checked in person)."""
    return tuple(field for field in _asked(form, draft) if field.need != "optional" and not _has_value(draft, field))


def _asked(form: Form, draft: Draft, *, or_answered: bool = False) -> tuple[Field, ...]:
    """Shown fields that are asked for (and those answered unasked), without the declaration that ends the form."""
    shown = visible_fields(form, draft.answers)
    counted = {field.id: draft.answers[field.id] for field in shown if field.id in draft.answers}
    return tuple(
        field
        for field in shown
        if field.kind != "declaration" and ((or_answered and field.id in counted) or holds(field.ask_when, counted))
    )


def _has_value(draft: Draft, field: Field) -> bool:
    answer = draft.answers.get(field.id)
    return answer is not None and answer.value is not None
