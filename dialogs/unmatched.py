"""Words that are none of the answers offered to what was asked last: an answer of one's own, or it is asked once more."""

from typing import Final

from dialogs.asking import asks
from dialogs.events import Invited, Unclear
from dialogs.guide import topic_for
from dialogs.inviting import decide, on_floor
from dialogs.turn import Turn

_OWN_WORDS: Final = ".words"
"""An act that is the answer in one's own words ends so."""
_RATING: Final = "rating"


def in_own_words(turn: Turn, text: str) -> bool:
    """来晚了好几次, where he is asked why by taps and no form is open: it opens that for his own words, which it then answers."""
    floor = on_floor(turn)
    if floor is None or floor.kind != _RATING:
        return False
    act = next((one for one in floor.acts if one.form and one.id.endswith(_OWN_WORDS)), None)
    if act is None or asks(text) or topic_for(text, turn.county.guide) is not None:
        return False
    decide(turn, floor, act)
    return True


def is_rated(turn: Turn) -> bool:
    """Whether his mark was asked for last: nothing is left to be told to a steward."""
    floor = on_floor(turn)
    return floor is not None and floor.kind == _RATING


def ask_again(turn: Turn, text: str) -> bool:
    """What was asked last is shown once more. False if nothing was."""
    floor = on_floor(turn)
    if floor is None or not floor.acts:
        return False
    turn.emit(Unclear("unmatched", text))
    turn.emit(Invited(floor))
    return True
