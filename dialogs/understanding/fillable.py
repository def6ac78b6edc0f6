"""The fields of a form that free text can fill, by kind; worked out once a form."""

from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.derived import derived
from dialogs.kinds.number import SCALED, SPELLINGS
from dialogs.kinds.option_names import option_names
from dialogs.understanding.openings import openings
from model.condition import Has, Says
from model.fields import (
    AddressField,
    AttachmentField,
    BuildingsField,
    ChoiceField,
    CodeField,
    ContactField,
    DateField,
    Field,
    NumberField,
    PhoneField,
    TableField,
    TextField,
)
from model.form import Form

NEW = "新装"
_REMARK = 300
"""Free words of so many characters, which every service asks for under the same name, are remarks."""


@dataclass(frozen=True, slots=True)
class Supply:
    """One row of a power supply: its load, what it had and what is applied for; or one number whose unit the applicant chooses."""

    load: NumberField | None = None
    old: NumberField | None = None
    new: NumberField | None = None
    either: NumberField | None = None

    @property
    def fields(self) -> tuple[NumberField, ...]:
        """Its cells."""
        return tuple(one for one in (self.load, self.old, self.new, self.either) if one is not None)


class Fillable:
    """What an applicant answers, each kind in form order; and what hangs on what."""

    def __init__(self, form: Form) -> None:
        mine = tuple(one for one in form.fields.values() if one.filler == "applicant")
        self.codes = tuple(one for one in mine if isinstance(one, CodeField))
        self.reached = tuple(one for one in mine if isinstance(one, PhoneField | ContactField))
        self.names = tuple(one for one in mine if isinstance(one, TextField) and one.name_only)
        self.either = any(one.names == "either" for one in self.names)
        self.addresses = tuple(one for one in mine if isinstance(one, AddressField))
        self.numbers = tuple(one for one in mine if isinstance(one, NumberField))
        self.buildings = tuple(one for one in mine if isinstance(one, BuildingsField))
        self.dates = tuple(one for one in mine if isinstance(one, DateField))
        self.described = tuple(
            one
            for one in mine
            if isinstance(one, TextField)
            and not one.name_only
            and one.need == "required"
            and all(
                other.filler != "applicant" or isinstance(other, AttachmentField | TextField)
                for other in form.section_of[one.id].fields
            )
        )
        free = [one for one in mine if isinstance(one, TextField) and one.need == "optional" and one.most >= _REMARK]
        self.remarks = tuple(one for one in free if sum(one.called == other.called for other in free) > 1)
        self.written = tuple(
            one
            for one in mine
            if isinstance(one, TextField) and not one.name_only and not one.cell and one not in self.remarks
        )
        self.sized = tuple(
            one for one in mine if isinstance(one, TextField) and "管" in one.tells and "DN" in one.tells
        )
        self.wished = tuple(one for one in mine if isinstance(one, TextField) and one.facts)
        every = tuple(form.fields.values())
        self.named = tuple(one for one in every if isinstance(one, TextField) and one.name_only)
        self.tables = tuple(one for one in every if isinstance(one, TableField))
        self.former = tuple(one for one in every if isinstance(one, AddressField) and one.called.startswith("原"))
        self.own_codes = tuple(one for one in every if isinstance(one, CodeField) and one.by is not None)
        self.heads = tuple(
            one for one in every if isinstance(one, TextField) and one.names == "person" and one.when is not None
        )  # only what is no natural person has a legal representative
        self.told: tuple[ChoiceField | NumberField, ...] = tuple(
            one
            for one in every
            if (
                isinstance(one, ChoiceField)
                and not one.several
                and any(option.implied is not None or option.told_by for option in one.options)
            )
            or (isinstance(one, NumberField) and one.zero_when)
        )
        self.doings = frozenset(one.id for one in every if isinstance(one, ChoiceField) and NEW in option_names(one))
        """The choices of what is to be done: 新装 or else."""
        self.opened_by = {
            one.id: section.when.has[0]
            for section in form.sections
            if isinstance(section.when, Has)
            for one in section.fields
        }
        """The option that opens the section of a field."""
        self.things = {
            one.id: openings(form, one, {}) or () for one in every if isinstance(one, NumberField) and one.whole
        }
        """What must be chosen for a thing to be counted: 通讯 for the number of telephones."""
        self.option_words = frozenset(
            word
            for one in every
            if isinstance(one, ChoiceField)
            for each in one.options
            for word in (each.text, *each.words)
        )
        """What the options are called: no person is called so, though 商用 and 安广 begin with surnames."""
        self.kinds = frozenset(_kinds(every))
        self.lines = _lines(every)
        self.telephones = tuple(one for each in self.lines.values() for one in each)
        self.plain = dict(self._plain(every))
        """By service, the kind of it that its bare word means beside another kind: 网 and 电话 are 宽带 and 通讯."""
        self._cells: dict[str, tuple[NumberField, ...]] = {}
        self._counted: dict[str, tuple[NumberField, ...]] = {}
        for one in every:
            if isinstance(one, NumberField) and one.cell is not None:
                self._cells[one.cell] = (*self._cells.get(one.cell, ()), one)
            if isinstance(one, NumberField) and isinstance(one.when, Says) and one.when.yes:
                self._counted[one.when.field] = (*self._counted.get(one.when.field, ()), one)
        self.supplies = (*_printed_supplies(self._cells), *_chosen_supplies(self.numbers))
        self.owned = frozenset(
            number.id for beside in self._counted.values() for number in beside if number.unit == "千瓦"
        )
        """What one's own generators have."""
        self.later_rows = frozenset(field.id for row in self.supplies[1:] for field in row.fields)
        self.row_of = {field.id: field.cell or field.id for row in self.supplies for field in row.fields}
        self._sections = form.sections
        self._asking: dict[str, frozenset[str]] = {}
        self._fits: dict[str, tuple[NumberField, ...]] = {}
        for one in self.numbers:
            for spelling in _spellings(one):
                self._fits[spelling] = (*self._fits.get(spelling, ()), one)

    def _plain(self, every: tuple[Field, ...]) -> Iterator[tuple[str, tuple[ChoiceField, str]]]:
        """The first option that is named by a deed and the service alone: 装网."""
        for one in every:
            service = self.opened_by.get(one.id, "")
            if isinstance(one, ChoiceField) and one.id in self.kinds and service:
                for option in one.options:
                    if any(word[1:] == service for word in option.words):
                        yield service, (one, option.text)
                        break

    def row(self, cell: str) -> tuple[NumberField, ...]:
        """The number fields printed in one row."""
        return self._cells.get(cell, ())

    def asking(self, field: Field) -> frozenset[str]:
        """The sections that ask for something of this kind, and in the same unit if it is a number."""
        if field.id not in self._asking:
            self._asking[field.id] = frozenset(
                section.id for section in self._sections if any(_alike(one, field) for one in section.fields)
            )
        return self._asking[field.id]

    def counted(self, yes_no: str) -> tuple[NumberField, ...]:
        """The numbers asked beside a yes to this field."""
        return self._counted.get(yes_no, ())

    def measured_in(self, unit: str) -> tuple[NumberField, ...]:
        """The number fields of which this is a unit, however it is spelt."""
        return self._fits.get(unit, ())


def _kinds(every: tuple[Field, ...]) -> Iterator[str]:
    """The choices of several whose options are kinds of a service, and named as the service is: 宽带, 有线电视."""
    named = {
        one.id: {word for option in one.options for word in (option.text, *option.words)}
        for one in every
        if isinstance(one, ChoiceField) and one.several
    }
    yield from (one for one in named if any(named[one] & named[other] for other in named if other != one))


def _lines(every: tuple[Field, ...]) -> dict[str, tuple[tuple[ChoiceField, str], ...]]:
    """By what a telephone is called (座机), the options of choices of several that it may be: a 固定座机 is applied for."""
    called = {word for one in every if isinstance(one, PhoneField) for word in (one.called, *one.words)}
    found = dict[str, tuple[tuple[ChoiceField, str], ...]]()
    for field in (one for one in every if isinstance(one, ChoiceField) and one.several):
        for option in field.options:
            tails = {word[at:] for word in option.words for at in range(len(word))}
            for word in called & tails:
                if all(field is not other for other, _ in found.get(word, ())):
                    found[word] = (*found.get(word, ()), (field, option.text))
    return found


def _printed_supplies(cells: dict[str, tuple[NumberField, ...]]) -> Iterator[Supply]:
    """The rows that print a load and a capacity beside each other."""
    for row in cells.values():
        load = next((one for one in row if one.unit == "千瓦"), None)
        old = next((one for one in row if one.unit == "千伏安" and "原" in one.called), None)
        new = next((one for one in row if one.unit == "千伏安" and "原" not in one.called), None)
        if load is not None and new is not None:
            yield Supply(load, old, new)


def _chosen_supplies(numbers: tuple[NumberField, ...]) -> Iterator[Supply]:
    """Capacities for which the applicant chooses between both units."""
    yield from (Supply(either=one) for one in numbers if {"千瓦", "千伏安"} <= set(one.units))


def _alike(one: Field, other: Field) -> bool:
    if isinstance(one, NumberField) and isinstance(other, NumberField):
        return bool(one.unit) and one.unit == other.unit
    return one.kind == other.kind


def _spellings(field: NumberField) -> dict[str, None]:
    return {
        spelling: None
        for own in field.units or (field.unit,)
        for spelling in (*((own.lower(), *SPELLINGS.get(own, ())) if own else ()), *SCALED.get(own, {}))
    }


fillable = derived(Fillable)
