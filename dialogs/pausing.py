"""暂停: a member of staff asks which of his tasks, or of those of the body he heads, wait for somebody else (J35)."""

import re

from dialogs.events import PausedAsked
from dialogs.folding import plain_words
from dialogs.roles import speak_as
from dialogs.turn import Turn

LIST = "paused"
"""What the offer is about."""
KINDS = ("pz",)
"""Choices: the order (`pz:<order>`)."""
_WANTED = re.compile(
    r"(?:看|查|看看|哪些)?(?:暂停|停着|停住|中止)(?:了)?(?:的)?(?:任务|工单|办件|清单|有哪些|哪些)?:?([0-9A-Z()]{2,20})?"
)


def wanted(turn: Turn, text: str) -> bool:
    """Whether the whole message asks for it (暂停, 暂停 0012, 哪些停着)."""
    match = _WANTED.fullmatch(plain_words(text))
    if match is None:
        return False
    speak_as(turn, "steward")
    turn.change(floor=None)
    turn.emit(PausedAsked(number=match[1] or ""))
    return True


def take(turn: Turn, target: str) -> None:
    """One of the list was chosen."""
    speak_as(turn, "steward")
    turn.change(floor=None)
    turn.emit(PausedAsked(order=target))
