"""One file per field kind; `parse` is their only door for a direct answer in words."""

from typing import assert_never

from dialogs.kinds import address, buildings, choice, code, contact, date, number, phone, text, yes_no
from dialogs.reading import Context, Reading, Refusal
from model.fields import Field


def parse(message: str, field: Field, context: Context) -> Reading:
    """Reads a message as the direct answer to a field. Never raises; rows of tables go through `kinds.table`."""
    match field.kind:  # by its name, for isinstance costs more than reading most answers
        case "text":
            return text.parse(message, field, context)
        case "number":
            return number.parse(message, field, context)
        case "choice":
            return choice.parse(message, field, context)
        case "yes_no":
            return yes_no.parse(message, field, context)
        case "phone":
            return phone.parse(message, field, context)
        case "contact":
            return contact.parse(message, field, context)
        case "code":
            return code.parse(message, field, context)
        case "address":
            return address.parse(message, field, context)
        case "date":
            return date.parse(message, field, context)
        case "buildings":
            return buildings.parse(message, field, context)
        case "table":
            return Refusal("table.row")
        case "attachment":
            return Refusal("attachment.words")
        case "declaration":
            return Refusal("declaration.last")  # it is agreed to as a whole, on the review card
        case _:
            assert_never(field)
