"""A changed form carries every answer that still fits, keeps the others aside, and says what is newly needed (design §3,
form versions).
"""

from dataclasses import dataclass

from dialogs.kinds.table import Cell, Row
from dialogs.visible import open_fields
from model.draft import Answer, Draft
from model.fields import (
    AddressField,
    AttachmentField,
    BuildingsField,
    ChoiceField,
    CodeField,
    Column,
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
    Pick,
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


@dataclass(frozen=True, slots=True)
class Migration:
    """A draft on a newer version of its form, and the fields by id: whose answers are kept aside now, which are newly
    asked among those already passed, and whose answers came back.
    """

    draft: Draft
    dropped: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    back: tuple[str, ...] = ()


def migrate(draft: Draft, form: Form) -> Migration | None:
    """The draft on the form's version; None if it is there already, or beyond it: never downwards (rolling deploys).

    No answer is destroyed: one that fits no field of the new version is kept aside, and a later version that has its
    field again finds it. An answer given since then comes first.
    """
    if draft.form_version >= form.version:
        return None
    given = {name: answer for name, answer in draft.answers.items() if fits(form.fields.get(name), answer)}
    back = {
        name: answer
        for name, answer in draft.aside.items()
        if (name not in given or given[name].value is None) and fits(form.fields.get(name), answer)
    }
    kept = given | back
    left = {name: one for name, one in draft.answers.items() if name not in given and one.value is not None}
    dropped = tuple(name for name in left if name not in kept)
    aside = {name: one for name, one in (draft.aside | left).items() if name not in back or name in left}
    moved = draft.model_copy(
        update={
            "form_version": form.version,
            "answers": kept,
            "aside": aside,
            "attention": None,
            "last": None,
            "copied": tuple(name for name in draft.copied if name in kept),
            "trail": tuple(name for name in draft.trail if name in kept),
            "revision": draft.revision + 1,
        }
    )
    order = {name: n for n, name in enumerate(form.fields)}
    given_itself = (name for name, one in kept.items() if one.certainty != "derived")
    reached = max((order[name] for name in given_itself), default=-1)
    opened = (one.id for one in open_fields(form, moved) if order[one.id] < reached)
    return Migration(moved, dropped, tuple(name for name in opened if name not in dropped), tuple(back))


def fits(field: Field | None, answer: Answer) -> bool:
    """Whether an answer is still a valid answer to the field as it is now: of its shape, and within its limits.

    Where only the office's wish for more has grown (a half day, a shorter text) it is asked again; nothing is converted.
    """
    if field is None or field.filler != "applicant":
        return False
    if answer.value is None:
        return field.need != "required"
    if type(answer.value) is not _SHAPES[type(field)]:
        return False
    match field, answer.value:
        case ChoiceField(options=options, several=several), Picks(picks=picks):
            blanks = {option.text: option.blank for option in options}
            return (several or len(picks) == 1) and all(_ticks(pick, blanks.get(pick.option)) for pick in picks)
        case NumberField(unit=unit, units=units, least=least, most=most, whole=whole), Amount(
            unit=given, number=number
        ):
            in_range = least <= number <= most and (not whole or number == number.to_integral_value())
            return given in (units or (unit,)) and in_range
        case TableField(columns=columns, most=most), Rows(rows=rows):
            return len(rows) <= most and all(_row_fits(columns, row) for row in rows)
        case DateField(hours=hours), Day(time=time):
            return time is not None or not hours  # without a half it is the whole day
        case CodeField(scheme=scheme, by=by), Code(scheme=given):
            return given == scheme if by is None else given in (*by.schemes.values(), by.otherwise)
        case AttachmentField(most=most), Files(files=files):
            return len(files) <= most
        case AddressField(most=most), Address(text=text):
            return len(text) <= most
        case YesNoField(count_unit=unit), YesNo(yes=yes, count=count):
            return not unit or not yes or count is not None
        case TextField(most=most), Words(text=text):
            return len(text) <= most
        case _:
            return True


def _ticks(pick: Pick, blank: str | None) -> bool:
    """Whether the option is there (`blank` None: it is not), with the words it must have on its blank."""
    return blank is not None and (bool(pick.note) or blank != "required")


def _row_fits(columns: tuple[Column, ...], row: Row) -> bool:
    """Whether its cells are those of the table; one that is not there is asked for."""
    by_name = {column.id: column for column in columns}
    return all(name in by_name and _cell_fits(by_name[name], cell) for name, cell in row.items())


def _cell_fits(column: Column, cell: Cell) -> bool:
    if cell is None:
        return column.need == "deferrable"
    return cell.unit == column.unit if isinstance(cell, Amount) else not column.number
