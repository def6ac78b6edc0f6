"""A changed form carries every answer that still fits and says what is newly needed (design §3, form versions)."""

from dialogs.visible import open_fields
from model.draft import Answer, Draft
from model.fields import (
    AddressField,
    AttachmentField,
    BuildingsField,
    ChoiceField,
    CodeField,
    ContactField,
    DateField,
    DeclarationField,
    Field,
    NumberField,
    PhoneField,
    TableField,
    TextField,
    YesNoField,
)
from model.form import Form
from model.values import (
    Address,
    Amount,
    Buildings,
    Code,
    Contact,
    Day,
    Declared,
    Files,
    Phone,
    Picks,
    Rows,
    Words,
    YesNo,
)

_SHAPES: dict[type, type] = {
    TextField: Words,
    NumberField: Amount,
    ChoiceField: Picks,
    YesNoField: YesNo,
    PhoneField: Phone,
    ContactField: Contact,
    CodeField: Code,
    AddressField: Address,
    DateField: Day,
    BuildingsField: Buildings,
    TableField: Rows,
    AttachmentField: Files,
    DeclarationField: Declared,
}


def migrate(draft: Draft, form: Form) -> tuple[Draft, tuple[str, ...], tuple[str, ...]]:
    """The draft on the form's version, the labels of answers that no longer fit, and the new questions among those already passed.

    A draft of a newer version than this process knows is returned as it is: never downwards (rolling deploys).
    """
    if draft.form_version >= form.version:
        return draft, (), ()
    kept = {name: answer for name, answer in draft.answers.items() if fits(form.fields.get(name), answer)}
    dropped = tuple(name for name, answer in draft.answers.items() if name not in kept and answer.value is not None)
    moved = draft.model_copy(
        update={
            "form_version": form.version,
            "answers": kept,
            "attention": None,
            "copied": tuple(name for name in draft.copied if name in kept),
            "trail": tuple(name for name in draft.trail if name in kept),
            "revision": draft.revision + 1,
        }
    )
    order = {name: n for n, name in enumerate(form.fields)}
    reached = max((order[name] for name in kept), default=-1)
    return (
        moved,
        dropped,
        tuple(one.id for one in open_fields(form, moved) if one.id not in dropped and order[one.id] < reached),
    )


def fits(field: Field | None, answer: Answer) -> bool:
    """Whether an answer is still a valid answer to the field as it is now."""
    if field is None:
        return False
    if answer.value is None:
        return field.need != "required"
    if type(answer.value) is not _SHAPES[type(field)]:
        return False
    match field, answer.value:
        case ChoiceField(options=options, several=several), Picks(options=picked):
            return set(picked) <= {option.text for option in options} and (several or len(picked) == 1)
        case NumberField(unit=unit, units=units), Amount(unit=given):
            return given in (units or (unit,))
        case TableField(columns=columns), Rows(rows=rows):
            names = {column.id for column in columns}
            return all(set(row) == names for row in rows)
        case YesNoField(count_unit=unit), YesNo(yes=yes, count=count):
            return not unit or not yes or count is not None
        case TextField(most=most), Words(text=text):
            return len(text) <= most
        case _:
            return True
