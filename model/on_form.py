"""Which fields are on a form, given the answers; the rest of it is as if it were not there (design §3, conditions)."""

from collections.abc import Mapping, Sequence

from model.draft import Answer
from model.fields import Field
from model.form import Form
from model.holding import holds


def hidden(form: Form, fields: Sequence[Field], answers: Mapping[str, Answer]) -> frozenset[str]:
    """Those of `fields` that are not shown. Conditions see only answers of shown fields, so that hiding one field also
    hides what hangs on it. They may look forward, so the rounds go on until nothing changes (at most one round per field:
    each settles one more).
    """
    found: frozenset[str] = frozenset()
    for _ in range(len(fields) + 1):
        counted = {name: answer for name, answer in answers.items() if name not in found} if found else answers
        closed = {section.id for section in form.sections if not holds(section.when, counted)}
        now = frozenset(
            field.id for field in fields if form.section_of[field.id].id in closed or not holds(field.when, counted)
        )
        if now == found:
            break
        found = now
    return found


def asked(form: Form, answers: Mapping[str, Answer]) -> tuple[Field, ...]:
    """The fields that an applicant is asked for, in form order; not the declaration, which ends the form."""
    mine = tuple(one for one in form.fields.values() if one.filler == "applicant")
    away = hidden(form, mine, answers)
    counted = {name: one for name, one in answers.items() if name not in away}
    return tuple(
        one
        for one in mine
        if one.id not in away and one.kind != "declaration" and not one.volunteered and holds(one.ask_when, counted)
    )


def shown(form: Form, answers: Mapping[str, Answer]) -> frozenset[str]:
    """The fields that an applicant may answer, asked or not."""
    mine = tuple(one for one in form.fields.values() if one.filler == "applicant" and one.kind != "declaration")
    return frozenset(one.id for one in mine) - hidden(form, mine, answers)
