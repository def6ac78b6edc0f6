"""The review card: grouped by section, whole where it fits, else folded with each section to unfold."""

import re
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from dialogs.folding import fold
from dialogs.visible import consent_refused, listed_fields, volunteered_fields
from handlers.wording.catalogue import Catalogue
from handlers.wording.values import called, show
from model.draft import Answer, Draft, Reviewing
from model.fields import Field
from model.form import Form, Section
from model.message import Button, Reply
from model.values import Code, Declared, Files, Rows

SOURCE_SHOWN, _WORTH = 24, 3
"""Characters of the words a value was taken from; fewer than the second say nothing."""
_EXAMPLE = 3
"""The item that 改3 is shown with."""
ROOM = 1750
"""Bytes of UTF-8 for a whole card with its promise; the rest of the platform's 2048 is for what was just filled, and choices."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the card: its number, the field, the value in words, and how it stands; `source` are the words it was
    taken from, where they say it differently, and `unsure` what is still to be confirmed.
    """

    number: int
    field: Field
    value: str
    state: str
    source: str = ""
    unsure: bool = False

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


def card(catalogue: Catalogue, form: Form, draft: Draft, *, confirm: bool = True, folded: bool = False) -> Reply:
    """The whole card, the unfolded section, or the list of sections (`folded`, or if the whole would not fit)."""
    grouped = by_section(form, items(form, draft))
    unfolded = draft.attention.section if isinstance(draft.attention, Reviewing) else None
    missing = sum(group.later for group in grouped)
    unsure = sum(item.unsure for group in grouped for item in group.items)
    room = [(one.words[0] if one.words else called(one), one.example) for one in volunteered_fields(form, draft)]

    def end(number: int | None = _EXAMPLE) -> str:
        return ending(catalogue, form, number) if confirm else ""

    if unfolded:
        open_ = next((group for group in grouped if group.section.id == unfolded), grouped[0])
        last = end(open_.items[0].number)
        text = catalogue.say("review.section", section=open_.section, items=open_.items, confirm=confirm, end=last)
        return Reply(text=text, buttons=_buttons(catalogue, form, grouped, but=open_.section) if confirm else ())
    if not folded and _words(grouped) <= ROOM:  # else it need not be put together to know that it is too long
        whole = catalogue.say(
            "review.whole",
            form=form,
            groups=grouped,
            missing=missing,
            confirm=confirm,
            unsure=unsure,
            room=room,
            end=end(),
        )
        if len(whole.encode()) <= ROOM:
            return Reply(text=whole, buttons=confirming(catalogue, form) if confirm else ())
    text = catalogue.say(
        "review.folded",
        form=form,
        groups=grouped,
        missing=missing,
        confirm=confirm,
        unsure=unsure,
        room=room,
        end=end(None),
    )
    return Reply(text=text, buttons=_buttons(catalogue, form, grouped) if confirm else ())


def _words(grouped: list[Group]) -> int:
    """Bytes of the given items alone: the whole card is longer."""
    given = (item for group in grouped for item in group.items if item.state == "given")
    return sum(len(f"{item.called}{item.value}".encode()) for item in given)


def _item(number: int, field: Field, draft: Draft) -> Item:
    answer = draft.answers.get(field.id)
    if answer is not None and answer.value is not None:
        shown = show(answer.value, field)
        return Item(number, field, shown, "given", source_words(answer, shown), not answer.confirmed)
    if consent_refused(field, draft):
        return Item(number, field, "", "in_person")
    if answer is not None and field.need == "deferrable":
        return Item(number, field, "", "deferred")
    return Item(number, field, "", "empty" if answer else "open")


def source_words(answer: Answer, shown: str) -> str:
    """The words the value was taken from, if they are other than the value; a tap and a number of a list say nothing."""
    said = " ".join(answer.source.split()).strip(" ,，。;；")
    if isinstance(answer.value, Code | Files | Declared | Rows) or len(said) < _WORTH or answer.source.startswith("照"):
        return ""
    if _bare(said) in _bare(shown) or _bare(shown) in _bare(said) or said == "跳过":
        return ""
    return said if len(said) <= SOURCE_SHOWN else said[: SOURCE_SHOWN - 1] + "…"


def _bare(text: str) -> str:
    return re.sub(r"[\s,，。、;；:：（）()]", "", fold(text))


def ending(catalogue: Catalogue, form: Form, number: int | None = _EXAMPLE) -> str:
    """What can be done with the card: change the item of such a `number` or name; or promise, if the form has a
    declaration (承诺), and hand in.
    """
    return catalogue.say("review.end", declaration=form.declaration, number=number)


def confirming(catalogue: Catalogue, form: Form) -> tuple[Button, ...]:
    """Goes on from the card."""
    key, say = ("review_promise", "我承诺，提交") if form.declaration else ("review_confirm", "确认无误")
    return (Button(number=0, label=catalogue.say(f"button.{key}"), say=say, id="a:review:0"),)


def _buttons(catalogue: Catalogue, form: Form, grouped: list[Group], but: Section | None = None) -> tuple[Button, ...]:
    folds = tuple(
        Button(
            label=catalogue.say("button.unfold", section=group.section),
            say=f"看{group.section.title}",
            id=f"a:unfold:{group.section.id}",
        )
        for group in grouped
        if group.section is not but
    )
    return (*folds, *confirming(catalogue, form))
