"""提请会商 by the head of a body: a case is picked from what lies with it, or named by its number (X57, J34)."""

import re

from dialogs.events import ConsultWanted
from dialogs.folding import plain_words
from dialogs.roles import speak_as
from dialogs.turn import Turn

LIST = "consult"
"""What the offer is about."""
KINDS = ("hc",)
"""Choices: the order (`hc:<order>`)."""
_WANTED = re.compile(r"(?:我要)?(?:提请会商|提请专题会商|提请联合会商|要会商|会商)(?:任务|办件)?:?([0-9A-Z()]{2,20})?")
_ASK = "ask_consultation"


def wanted(turn: Turn, text: str) -> bool:
    """Whether the whole message asks for one (提请会商, 会商 0012) and is no answer to a task of his own."""
    match = _WANTED.fullmatch(plain_words(text))
    number = (match[1] or "") if match else ""
    own = (one for one in turn.conversation.invitations if any(act.id == _ASK for act in one.acts))
    if match is None or any(number in plain_words(one.number) for one in own):
        return False
    speak_as(turn, "steward")
    turn.change(floor=None)
    turn.emit(ConsultWanted(number=number))
    return True


def take(turn: Turn, target: str) -> None:
    """One of the list was chosen."""
    speak_as(turn, "steward")
    turn.change(floor=None)
    turn.emit(ConsultWanted(order=target))
