"""The review card: grouped by section, whole where it fits, else folded with each section to unfold."""

from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from dialogs.visible import consent_refused, listed_fields
from handlers.wording.catalogue import Catalogue
from handlers.wording.values import called, show
from model.draft import Draft, Reviewing
from model.fields import Field
from model.form import Form, Section
from model.message import Button, Reply

ROOM = 1500
"""Bytes of UTF-8 for the items of a card; the rest of the platform's 2048 is for its frame and choices."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the card: its number, the field, the value in words, and how it stands."""

    number: int
    field: Field
    value: str
    state: str

    @property
    def called(self) -> str:
        """The field's name, with the printed row it belongs to."""
        return called(self.field)


class Group(NamedTuple):
    """The items of one section; how many of them are given, and how many are to follow."""

    section: Section
    items: tuple[Item, ...]
    given: int
    later: int


def items(form: Form, draft: Draft) -> tuple[Item, ...]:
    """Every shown field, numbered from 1 in form order as the engine numbers them."""
    return tuple(_item(number, field, draft) for number, field in enumerate(listed_fields(form, draft), 1))


def by_section(form: Form, listed: tuple[Item, ...]) -> list[Group]:
    """The items grouped, in form order."""
    grouped = list[Group]()
    for _, section_items in groupby(listed, lambda item: form.section_of[item.field.id].id):
        here = tuple(section_items)
        given = sum(item.state == "given" for item in here)
        later = sum(item.state in ("deferred", "in_person") for item in here)
        grouped.append(Group(form.section_of[here[0].field.id], here, given, later))
    return grouped


def card(catalogue: Catalogue, form: Form, draft: Draft, *, confirm: bool = True) -> Reply:
    """The whole card, the unfolded section, or the list of sections if the whole would not fit."""
    grouped = by_section(form, items(form, draft))
    unfolded = draft.attention.section if isinstance(draft.attention, Reviewing) else None
    missing = sum(group.later for group in grouped)
    if unfolded:
        open_ = next((group for group in grouped if group.section.id == unfolded), grouped[0])
        text = catalogue.say("review.section", section=open_.section, items=open_.items)
        return Reply(text=text, buttons=_buttons(catalogue, grouped, but=open_.section) if confirm else ())
    if _words(grouped) <= ROOM:  # else it need not be put together to know that it is too long
        whole = catalogue.say("review.whole", form=form, groups=grouped, missing=missing, confirm=confirm)
        if len(whole.encode()) <= ROOM:
            return Reply(text=whole, buttons=_confirm(catalogue) if confirm else ())
    text = catalogue.say("review.folded", form=form, groups=grouped, missing=missing, confirm=confirm)
    return Reply(text=text, buttons=_buttons(catalogue, grouped) if confirm else ())


def _words(grouped: list[Group]) -> int:
    """Bytes of the given items alone: the whole card is longer."""
    given = (item for group in grouped for item in group.items if item.state == "given")
    return sum(len(f"{item.called}{item.value}".encode()) for item in given)


def _item(number: int, field: Field, draft: Draft) -> Item:
    answer = draft.answers.get(field.id)
    if answer is not None and answer.value is not None:
        return Item(number, field, show(answer.value, field), "given")
    if consent_refused(field, draft):
        return Item(number, field, "", "in_person")
    if answer is not None and field.need == "deferrable":
        return Item(number, field, "", "deferred")
    return Item(number, field, "", "empty" if answer else "open")


def _confirm(catalogue: Catalogue) -> tuple[Button, ...]:
    return (Button(number=0, label=catalogue.say("button.review_confirm"), say="确认无误", id="a:review:0"),)


def _buttons(catalogue: Catalogue, grouped: list[Group], but: Section | None = None) -> tuple[Button, ...]:
    folds = tuple(
        Button(
            label=catalogue.say("button.unfold", section=group.section),
            say=f"看{group.section.title}",
            id=f"a:unfold:{group.section.id}",
        )
        for group in grouped
        if group.section is not but
    )
    return (*folds, *_confirm(catalogue))
