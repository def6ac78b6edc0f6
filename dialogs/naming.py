"""接单 XXLB2026000001: an act and the number of the case that it is for, as the choices write it when it could be several."""

import re
from collections.abc import Iterator
from typing import Final

from dialogs.folding import plain_words
from dialogs.inviting import choose
from dialogs.turn import Turn
from model.message import Act, Invitation

_NUMBER: Final = re.compile(r"[A-Z]*[0-9]{4,}")
_BETWEEN: Final = ":,、-—“”\"'#·"
"""What people put between the two."""


def said(turn: Turn, text: str) -> bool:
    """An act of the invitation whose number, or the end of it, stands beside it, in either order; where a case has several,
    words of their titles tell them apart. False if these words are about something else.
    """
    words = plain_words(text)
    named = _NUMBER.search(words)
    if named is None:
        return False
    rest = (words[: named.start()] + words[named.end() :]).strip(_BETWEEN)
    return choose(turn, list(_fitting(turn, named[0], rest)))


def _fitting(turn: Turn, number: str, rest: str) -> Iterator[tuple[Invitation, Act]]:
    for one in turn.conversation.invitations:
        if one.number and plain_words(one.number).endswith(number) and (act := _act(one, rest)) is not None:
            yield one, act


def _act(one: Invitation, rest: str) -> Act | None:
    """The act that is said here; what else is said has to be of the title."""
    title = plain_words(one.title)
    for act in one.acts:
        for word in map(plain_words, (act.label, *act.words)):
            left = rest.removeprefix(word) if rest.startswith(word) else rest.removesuffix(word)
            if left != rest and left.strip(_BETWEEN) in title:
                return act
    return None
