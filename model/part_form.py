"""A form that is a part of another: what is handed in later (容缺, 补正) is asked as it was on the whole form, and alone."""

from collections.abc import Sequence

from model.fields import Field
from model.form import Form, Section

MARK = "#"
"""Between the id of a form and the fields of a part of it."""


ADDED = "="
"""Before the fields of a part that is asked as on the whole form: of a service that is added to a case (加办)."""


def added_name(form: str, names: Sequence[str]) -> str:
    """The id of the part of this form that asks these fields as the whole form would."""
    return f"{form}{MARK}{ADDED}{'+'.join(names)}"


def added_part(form: Form, names: Sequence[str]) -> Form:
    """These fields in their sections, under their conditions, with the texts that people agree to."""
    wanted = frozenset(names)
    parts = (
        section.model_copy(update={"fields": fields})
        for section in form.sections
        if (fields := tuple(one for one in section.fields if one.id in wanted))
    )
    changes = {"id": added_name(form.id, names), "sections": tuple(parts), "doings": {}}
    return Form(**{name: getattr(form, name) for name in Form.model_fields} | changes)


def part_name(form: str, names: Sequence[str]) -> str:
    """The id of the part of this form that asks these fields."""
    return f"{form}{MARK}{'+'.join(names)}"


def part_of(form: Form, names: Sequence[str]) -> Form:
    """These fields of the form, asked whatever else was answered. What was agreed to on the whole form stays agreed."""
    fields = tuple(_alone(form.fields[name]) for name in names if name in form.fields)
    section = Section(id="part", title="补填", fields=fields)
    return Form(id=part_name(form.id, names), version=form.version, title="补填", sections=(section,))


def _alone(field: Field) -> Field:
    alone: dict[str, object] = {"when": None, "ask_when": None, "need": "required", "volunteered": False}
    return field.model_copy(update=alone | {"personal": False, "consent": None})
