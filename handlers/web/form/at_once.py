"""A small form shown whole: also the fields that only some options of its first choice ask for, each with those options.

Whoever fills it in where there is no signal cannot ask which fields an option brings.
"""

from collections.abc import Callable
from typing import NamedTuple

from handlers.web.form.shape import FieldView
from handlers.web.form.view import FormPage
from model.draft import Answer, Draft
from model.fields import ChoiceField
from model.form import Form
from model.values import Pick, Picks


class AtOnce(NamedTuple):
    """A field; `options` of the field `asks` that it is for, none where it is always there."""

    field: FieldView
    asks: str
    options: tuple[str, ...]


def at_once(form: Form, draft: Draft, page_of: Callable[[Draft], FormPage]) -> tuple[AtOnce, ...]:
    """All fields in form order. As they are now, where they are asked for now."""
    now = _shown(page_of(draft))
    asks = next((one for one in form.fields.values() if isinstance(one, ChoiceField) and not one.several), None)
    if asks is None or asks.id not in now:
        return tuple(AtOnce(one, "", ()) for one in now.values())
    views, options = dict[str, FieldView](), dict[str, list[str]]()
    for option in asks.options:
        chosen = Answer(value=Picks(picks=(Pick(option=option.text),)), by="", at=draft.changed_at)
        other = draft.model_copy(update={"answers": {**draft.answers, asks.id: chosen}})
        for name, view in _shown(page_of(other)).items():
            views.setdefault(name, view)
            options.setdefault(name, []).append(option.text)
    every = len(asks.options)
    return tuple(
        AtOnce(now.get(name, views[name]), asks.id, () if len(options[name]) == every else tuple(options[name]))
        for name in form.fields
        if name in views
    )


def _shown(page: FormPage) -> dict[str, FieldView]:
    return {one.id: one for section in page.sections() for one in section.fields}
