"""A location message: the address that is asked for, or else one that still is to be filled in."""

from dialogs.answering import refuse, store
from dialogs.disambiguating import ask_which
from dialogs.events import Unreadable
from dialogs.focus import OnField
from dialogs.kinds.address import locate
from dialogs.reading import Refusal, Understood
from dialogs.turn import Turn
from dialogs.visible import open_fields
from model.draft import Meaning, Unsettled
from model.fields import AddressField
from model.message import LocationMessage


def take_location(turn: Turn, message: LocationMessage) -> None:
    """Asked for, it is the answer. Else it is read back for the one address that is open; of several the person says which."""
    on = turn.focus if turn.has_draft else None
    if isinstance(on, OnField) and isinstance(on.field, AddressField):
        reading = locate(message, on.field)
        if isinstance(reading, Understood):
            store(turn, on.field, turn.made(reading.value, message.label))
        elif isinstance(reading, Refusal):
            refuse(turn, on.field, reading, message.label)
        return
    meanings = tuple(_open(turn, message)) if turn.has_draft and turn.draft.applies else ()
    if len(meanings) > 1:
        ask_which(turn, [Unsettled(said=message.label[:40], meanings=meanings)])
    elif meanings:
        kept = turn.draft.attention
        store(turn, turn.form.fields[meanings[0].field], meanings[0].answer.model_copy(update={"confirmed": False}))
        turn.change_draft(attention=kept)
    else:
        turn.emit(Unreadable("location"))


def _open(turn: Turn, message: LocationMessage) -> list[Meaning]:
    """The open addresses it may be, none before the notice."""
    found = list[Meaning]()
    for field in open_fields(turn.form, turn.draft):
        if isinstance(field, AddressField) and isinstance(turn.gate(field), OnField):
            reading = locate(message, field)
            if isinstance(reading, Understood):
                found.append(Meaning(field=field.id, answer=turn.made(reading.value, message.label)))
    return found
