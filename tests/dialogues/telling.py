"""What the form holds after some messages, for tests of what people write."""

from functools import cache

from bot.replaying import play, result
from handlers.wording.wording import Wording
from model.values import Address, Amount, Code, Contact, Phone, Picks, Words, YesNo
from tests.shipped import shipped

NOW = "now=2025-10-20T15:09:00+08:00;"


@cache
def _wording(county):
    return Wording(shipped()[county])


def told(county, *turns):
    """The values by section and label, and the paths of those to be confirmed, after these messages."""
    story = {"id": "t", "county": county, "turns": turns, "notes": NOW}
    done = result(shipped()[county], story, play(shipped()[county], _wording(county), story))
    return done["values"], done["to_confirm"]


def filled(county, *turns):
    """The answers after these messages in short, by the field's id; fields left open are not there."""
    played = play(shipped()[county], _wording(county), {"turns": turns, "notes": NOW})
    answers = played.conversation.draft().answers
    return {name: _short(answer.value) for name, answer in answers.items() if answer.value is not None}


def _short(value):
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


def plain(value):
    """The number of an amount with its unit, yes or no: for what is short as it is printed."""
    match value:
        case Amount():
            return f"{value.number:f}{value.unit}"
        case YesNo():
            return value.yes
        case _:
            return _short(value)


def shortly(county, *turns):
    """As `filled`, with amounts and 是/否 in plain form."""
    played = play(shipped()[county], _wording(county), {"turns": turns, "notes": NOW})
    answers = played.conversation.draft().answers
    return {name: plain(answer.value) for name, answer in answers.items() if answer.value is not None}
