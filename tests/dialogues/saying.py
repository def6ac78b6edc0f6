"""What a form holds after some messages, in words that are short to write down."""

from bot.replaying import begun
from dialogs.advance import advance
from model.message import Actor, TextMessage
from model.values import Address, Code, Contact, Phone, Picks, Value, Words
from tests.dialogues.people import NOW
from tests.shipped import shipped


def filled(county: str, *turns: str) -> dict[str, str]:
    """The answers after these messages, by the field's id; fields left open are not there."""
    one = shipped()[county]
    conversation = begun(one, NOW)
    for turn in turns:
        conversation = advance(
            one, conversation, TextMessage(text=turn), Actor(person="o", role="applicant"), NOW
        ).conversation
    answers = conversation.draft().answers
    return {name: short(answer.value) for name, answer in answers.items() if answer.value is not None}


def short(value: Value | None) -> str:
    """A value as a person would note it."""
    match value:
        case Address() | Words():
            return value.text.replace("\n", " ")
        case Phone() | Code():
            return value.number
        case Contact():
            return f"{value.name} {value.phone}"
        case Picks():
            return "、".join(value.options)
        case _:
            return str(value)
