"""What a field of each kind finds in a stretch of a message that is meant for it."""

from dialogs.schemes import scheme_of
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.addresses import address_said
from dialogs.understanding.within.amounts import bare_number_said, number_said
from dialogs.understanding.within.buildings import buildings_said
from dialogs.understanding.within.choices import choice_said
from dialogs.understanding.within.codes import code_said
from dialogs.understanding.within.contacts import contact_said, phone_said
from dialogs.understanding.within.dates import day_said
from dialogs.understanding.within.finding import Finding
from dialogs.understanding.within.words import words_said
from dialogs.understanding.within.yes_no import yes_no_said
from model.fields import (
    AddressField,
    BuildingsField,
    ChoiceField,
    CodeField,
    ContactField,
    DateField,
    Field,
    NumberField,
    PhoneField,
    TextField,
    YesNoField,
)


def find(scene: Scene, field: Field, start: int, end: int, *, strong: bool) -> Finding | None:
    """The field's value in the stretch; None if there is nothing of the kind. `strong`: a colon or the like points there."""
    if _looks_at_answers(field):
        return _find(scene, field, start, end, strong=strong)
    scheme = scheme_of(field, scene.answers) if isinstance(field, CodeField) else ""
    key, seen = (find, field.id, start, end, strong, scheme), scene.marked.seen
    if key not in seen:
        seen[key] = _find(scene, field, start, end, strong=strong)
    found: Finding | None = seen[key]
    return found


def _looks_at_answers(field: Field) -> bool:
    """Whether the same words can be another value once other fields are answered, the kind of a number apart."""
    if isinstance(field, NumberField):
        return bool(field.units) or field.per is not None
    return isinstance(field, ContactField | BuildingsField)


def _find(scene: Scene, field: Field, start: int, end: int, *, strong: bool) -> Finding | None:
    match field:
        case NumberField():
            return number_said(scene, field, start, end) or (
                bare_number_said(scene, field, start, end) if strong else None
            )
        case YesNoField():
            return yes_no_said(scene, field, start, end)
        case ChoiceField():
            return choice_said(scene, field, start, end)
        case PhoneField():
            return phone_said(scene, start, end)
        case ContactField():
            return contact_said(scene, start, end)
        case CodeField():
            return code_said(scene, field, start, end)
        case DateField():
            return day_said(scene, field, start, end)
        case BuildingsField():
            return buildings_said(scene, start, end)
        case TextField():
            return words_said(scene, field, start, end, strong=strong)
        case AddressField():
            return address_said(scene, field, start, end, strong=strong)
        case _:
            return None
