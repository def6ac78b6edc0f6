"""The checklist of papers (一次性告知) for what was chosen: which are here, which may follow (容缺)."""

from dataclasses import dataclass

from dialogs.visible import visible_fields
from model.county import County
from model.draft import Draft
from model.edition import form_of
from model.holding import holds
from model.values import Files


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of the checklist and how it stands."""

    title: str
    note: str
    have: bool
    defer: bool


def checklist(county: County, draft: Draft) -> tuple[Paper, ...]:
    """The papers that the answers call for."""
    shown = {field.id for field in visible_fields(form_of(county, draft), draft.answers)}
    counted = {name: answer for name, answer in draft.answers.items() if name in shown}
    return tuple(
        Paper(one.title, one.note, _have(counted.get(one.field or "")), one.defer)
        for one in county.guide.materials
        if holds(one.when, counted) and (one.field is None or one.field in shown)
    )


def _have(answer: object) -> bool:
    return isinstance(getattr(answer, "value", None), Files)
