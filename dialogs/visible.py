"""Which fields are on the form, given the answers; the rest of the form is as if it were not there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from dialogs.derived import derived
from dialogs.half_rows import first_half, follows
from dialogs.schemes import PERSONAL, scheme_of
from model.draft import Answer, Draft
from model.fields import CodeField, Field
from model.form import Form, Section
from model.holding import holds, looks_at
from model.on_form import hidden
from model.values import Value

_OUTCOMES = 2048


class _Conditions:
    """All conditions of one form. Few answers decide what is shown: each outcome is worked out once and kept.

    Keeping it changes no result, only its cost; the oldest outcomes make room.
    """

    def __init__(self, form: Form) -> None:
        self._form = form
        self._mine = tuple(field for field in form.fields.values() if field.filler == "applicant")
        conditions = [section.when for section in form.sections]
        conditions += [one for field in self._mine for one in (field.when, field.ask_when)]
        self._deciding = tuple(sorted(frozenset().union(*map(looks_at, conditions))))
        self._known: dict[tuple[object, ...], _Shown] = {}
        self._last: tuple[Mapping[str, Answer], tuple[Answer | None, ...], _Shown] | None = None

    def shown(self, answers: Mapping[str, Answer]) -> "_Shown":
        """What is shown for these answers."""
        if (
            self._last is not None and self._last[0] is answers
        ):  # within one turn the same are looked at again and again
            return self._last[2]
        deciding = tuple(map(answers.get, self._deciding))
        if self._last is not None and self._last[1] == deciding:  # another answer, on which nothing hangs
            self._last = (answers, deciding, self._last[2])
            return self._last[2]
        case = tuple([None if one is None else _said(one.value) for one in deciding])
        known = self._known.get(case)
        if known is None:
            if len(self._known) >= _OUTCOMES:
                self._known.pop(next(iter(self._known)))
            known = self._known[case] = self._work_out(answers)
        self._last = (answers, deciding, known)
        return known

    def _work_out(self, answers: Mapping[str, Answer]) -> "_Shown":
        away = hidden(self._form, self._mine, answers)
        fields = tuple(field for field in self._mine if field.id not in away)
        counted = {name: answer for name, answer in answers.items() if name not in away}
        each = tuple(
            (one.id, one, not one.volunteered and holds(one.ask_when, counted))
            for one in fields
            if one.kind != "declaration"
        )
        within = {
            section: tuple(group) for section, group in groupby(each, lambda one: self._form.section_of[one[0]].id)
        }
        asked = tuple((name, field, field.kind == "table") for name, field, to_ask in each if to_ask)
        return _Shown(fields, each, within, asked)


@dataclass(frozen=True, slots=True)
class _Shown:
    """The fields on the form; and each with its id and whether it is asked for, without the declaration that ends it: all
    of them, and by section. Those asked for, again with whether each is a table, whose rows may be told in halves.
    """

    fields: tuple[Field, ...]
    each: tuple[tuple[str, Field, bool], ...]
    within: Mapping[str, tuple[tuple[str, Field, bool], ...]]
    asked: tuple[tuple[str, Field, bool], ...]


_conditions = derived(_Conditions)


def _shown(form: Form, answers: Mapping[str, Answer]) -> _Shown:
    return _conditions(form).shown(answers)


def _said(value: Value | None) -> object:
    """As much of a value as a condition can see."""
    if value is None:
        return False
    match value.shape:  # asked of many values at every message: isinstance costs several times as much
        case "picks":
            return value.picks[0].option if len(value.picks) == 1 else tuple([pick.option for pick in value.picks])
        case "yes_no":
            return "是" if value.yes else "否"
        case _:
            return "answered"


def visible_fields(form: Form, answers: Mapping[str, Answer]) -> tuple[Field, ...]:
    """The fields an applicant answers and that are shown, in form order."""
    return _shown(form, answers).fields


def open_fields(form: Form, draft: Draft) -> Iterator[Field]:
    """Shown fields without an answer, or with half a row, that are still to be asked: not the declaration, not those whose
    consent was refused.
    """
    answers = draft.answers
    return (
        field
        for name, field, table in _shown(form, answers).asked
        if (name not in answers or (table and first_half(field, answers))) and not consent_refused(field, draft)
    )


def listed_fields(form: Form, draft: Draft, section: Section | None = None) -> tuple[Field, ...]:
    """What the review card lists, numbered from 1: shown fields that have an answer or are asked, not the declaration.

    Of all sections, or of one.
    """
    answers = draft.answers
    shown = _shown(form, answers)
    each = shown.each if section is None else shown.within.get(section.id, ())
    return tuple([field for name, field, asked in each if asked or name in answers])


def volunteered_fields(form: Form, draft: Draft) -> tuple[Field, ...]:
    """Shown fields that nobody is asked for and that are empty still: there is room for them."""
    return tuple(
        one for _, one, _ in _shown(form, draft.answers).each if one.volunteered and one.id not in draft.answers
    )


def consent_of(field: Field, answers: Mapping[str, Answer]) -> str | None:
    """The separate consent this field needs now: a number of a person or his papers needs one, that of a firm does not."""
    if field.consent is not None and isinstance(field, CodeField):
        return field.consent if scheme_of(field, answers) in PERSONAL else None
    return field.consent


def checked_in_person(field: Field, answers: Mapping[str, Answer]) -> bool:
    """Whether a number may be left open here because it can be checked in person: those that need a consent."""
    return isinstance(field, CodeField) and consent_of(field, answers) is not None


def consent_refused(field: Field, draft: Draft) -> bool:
    """Whether the separate consent this field needs was refused; the number is then checked in person."""
    if field.consent is None:
        return False
    given = draft.agreements.get(consent_of(field, draft.answers) or "")
    return given is not None and not given.agreed


def missing_fields(form: Form, draft: Draft) -> tuple[Field, ...]:
    """Shown fields with no value that the office still wants (容缺, or to be checked in person)."""
    return tuple(
        field
        for _, field, asked in _shown(form, draft.answers).each
        if asked and field.need != "optional" and not has_value(draft, field.id)
    )


def has_value(draft: Draft, name: str) -> bool:
    """Whether the field has an answer of which nothing is to follow."""
    answer = draft.answers.get(name)
    return answer is not None and answer.value is not None and not follows(answer)
