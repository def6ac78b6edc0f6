"""One file per field kind; `parse` is their only door for a direct answer in words."""

from typing import assert_never

from dialogs.folding import plain_words
from dialogs.kinds import address, buildings, choice, code, contact, date, number, phone, text, yes_no
from dialogs.reading import Context, Reading, Refusal, Understood
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
from model.values import Declared


def parse(message: str, field: Field, context: Context) -> Reading:
    """Reads a message as the direct answer to a field. Never raises; rows of tables go through `kinds.table`."""
    match field:
        case TextField():
            return text.parse(message, field, context)
        case NumberField():
            return number.parse(message, field, context)
        case ChoiceField():
            return choice.parse(message, field, context)
        case YesNoField():
            return yes_no.parse(message, field, context)
        case PhoneField():
            return phone.parse(message, field, context)
        case ContactField():
            return contact.parse(message, field, context)
        case CodeField():
            return code.parse(message, field, context)
        case AddressField():
            return address.parse(message, field, context)
        case DateField():
            return date.parse(message, field, context)
        case BuildingsField():
            return buildings.parse(message, field, context)
        case TableField():
            return Refusal("table.row")
        case AttachmentField():
            return Refusal("attachment.words")
        case DeclarationField():
            agreed = plain_words(message) in {
                "1",
                "我承诺",
                "承诺",
                "确认提交",
                "提交",
                "我承诺提交",
                "我承诺,提交",
            } or yes_no.says(message)
            return Understood(Declared(version=1)) if agreed else Refusal("declaration.unclear")
        case _:
            assert_never(field)
