"""A form: sections of fields, the privacy notice and consents, the declaration. The one form of the joint service (一表申请)."""

from functools import cached_property
from typing import Self

from pydantic import Field as Setting
from pydantic import model_validator

from model.alternatives import SaidWords
from model.condition import Condition
from model.fields import Act, ChoiceField, Field, Option
from model.frozen import Frozen


class Section(Frozen):
    """A part of the form, shown when its condition holds; `heading` is the printed one, `title` how the bot calls it."""

    id: str = Setting(pattern=r"^[a-z][a-z0-9_]*$")
    title: str
    heading: str = ""
    note: str = ""
    when: Condition | None = None
    fields: tuple[Field, ...] = Setting(min_length=1)


class Consent(Frozen):
    """A separate consent (单独同意) asked before the first field that names it; `version` is that of its text."""

    version: int = 1
    title: str
    text: str
    instead: str


class Text(Frozen):
    """A text a person agrees to: the privacy notice or the declaration."""

    version: int = 1
    title: str
    text: str


class Doing(Frozen):
    """What people say for an option that several choices of a form have (新装, 过户), of whichever of them is spoken of."""

    words: SaidWords = ()
    facts: SaidWords = ()
    acts: tuple[Act, ...] = ()


class Form(Frozen):
    """A form with its version; versions are ordered, a higher one may change anything (design §3, form versions).

    `doings`: words that every option of this text has beside its own, written once.
    """

    id: str
    version: int = Setting(ge=1)
    title: str
    sections: tuple[Section, ...] = Setting(min_length=1)
    notice: Text | None = None
    consents: dict[str, Consent] = {}
    declaration: Text | None = None
    doings: dict[str, Doing] = {}

    @model_validator(mode="after")
    def _say_alike(self) -> Self:
        """Runs again for every county that the form is put into: then it says so already, and stays the same object."""
        sections = tuple(_section_saying(one, self.doings) for one in self.sections) if self.doings else self.sections
        if any(one is not other for one, other in zip(sections, self.sections, strict=True)):
            object.__setattr__(self, "sections", sections)
        return self

    @cached_property
    def fields(self) -> dict[str, Field]:
        """All fields by id, in form order."""
        return {field.id: field for section in self.sections for field in section.fields}

    @cached_property
    def carried(self) -> tuple[str, ...]:
        """The fields that say who applies, in form order: what 照上一件填 takes over."""
        return tuple(name for name, field in self.fields.items() if field.carried)

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """The section of each field id."""
        return {field.id: section for section in self.sections for field in section.fields}


def _section_saying(section: Section, doings: dict[str, Doing]) -> Section:
    fields = tuple(_saying(one, doings) for one in section.fields)
    same = all(one is other for one, other in zip(fields, section.fields, strict=True))
    return section if same else section.model_copy(update={"fields": fields})


def _saying(field: Field, doings: dict[str, Doing]) -> Field:
    """The field with what its options share with those of the same text elsewhere."""
    if not isinstance(field, ChoiceField):
        return field
    options = tuple(_said_so(one, doings.get(one.text)) for one in field.options)
    same = all(one is other for one, other in zip(options, field.options, strict=True))
    return field if same else field.model_copy(update={"options": options})


def _said_so(option: Option, doing: Doing | None) -> Option:
    if doing is None:
        return option
    words = tuple(dict.fromkeys((*option.words, *doing.words)))
    facts = tuple(dict.fromkeys((*option.facts, *doing.facts)))
    acts = tuple(dict.fromkeys((*option.acts, *doing.acts)))
    if (words, facts, acts) == (option.words, option.facts, option.acts):
        return option
    return option.model_copy(update={"words": words, "facts": facts, "acts": acts})
