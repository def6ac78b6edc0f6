"""What is left of a form that was handed in with the basics alone: asked as on the whole form, by whoever fills it in (X26)."""

from collections.abc import Sequence

from model.fields import Field
from model.form import Form

LEFT = "~"
"""Between the id of a form and the fields of it that are left."""

_MOST = 128
_known: dict[tuple[int, tuple[str, ...]], tuple[Form, Form]] = {}
"""Rests made before, with the form they are of: what follows from a form is worked out once for each (`dialogs.derived`)."""


def rest_name(form: str, names: Sequence[str]) -> str:
    """The id of the rest of the form that asks these fields."""
    return f"{form}{LEFT}{'+'.join(names)}"


def names_left(form: str) -> tuple[str, ...]:
    """The fields that the rest of a form asks, by its id."""
    return tuple(form.partition(LEFT)[2].split("+"))


def rest_of(form: Form, names: Sequence[str]) -> Form:
    """The form with these fields to be answered; all others stand as they are, and decide what is shown and asked.

    The notice was read to the applicant when he called. What needs a consent of its own is not asked here.
    """
    key = (id(form), tuple(names))
    if key not in _known:
        if len(_known) >= _MOST:
            _known.pop(next(iter(_known)))
        _known[key] = (form, _made(form, names))
    return _known[key][1]


def _made(form: Form, names: Sequence[str]) -> Form:
    left = frozenset(names)
    sections = tuple(
        one.model_copy(update={"fields": tuple(_left(field, asked=field.id in left) for field in one.fields)})
        for one in form.sections
    )
    return Form(
        id=rest_name(form.id, names),
        version=form.version,
        title=form.title,
        sections=sections,
        consents=form.consents,
        doings=form.doings,
    )


def _left(field: Field, *, asked: bool) -> Field:
    changes = {"personal": False} if asked else {"filler": "staff"}
    return field.model_copy(update=changes)
