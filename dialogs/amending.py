"""更正: the applicant says what is wrong in a case that was handed in. Those who work on it hear his words; the form that
was signed stays as it is (档案).
"""

from collections.abc import Sequence

from dialogs.changing_phone import new_phone
from dialogs.commands import command
from dialogs.events import AmendmentAsked, AmendmentDropped, AmendmentWished
from dialogs.folding import plain_words, plainly
from dialogs.turn import Turn

SHOWN, ASKED = "mine", "mine:amend"
"""On the floor: what we hold was the last thing shown, with its cases (`shown`); or what is to be amended was asked last."""
LONGEST = 200
"""Characters of a wish: it must fit into what is pushed to several people."""
FIRST = 2
"""The number of the first case's choice: before it comes the erasure."""
_WORD = "更正"
_NO = plainly(("0", "不改", "不用改", "不更正", "算了", "取消"))


def shown(cases: Sequence[tuple[str, str]]) -> str:
    """The floor after what we hold was shown, with the id and the number of each case that can be amended."""
    return "|".join([SHOWN, *(f"{case}={number}" for case, number in cases)])


def asked(case: str) -> str:
    """The floor after it was asked what is wrong in this case."""
    return f"{ASKED}|{case}"


def ask(turn: Turn, case: str, *, too_long: bool = False) -> None:
    """Asks what is wrong in this case, and what is right."""
    turn.change(floor=asked(case))
    turn.emit(AmendmentAsked(case, too_long=too_long))


def said(turn: Turn, text: str) -> bool:
    """Words right after what we hold was shown, or after it was asked what is wrong. False if they are about something else."""
    floor, _, rest = (turn.conversation.floor or "").partition("|")
    if floor == SHOWN:
        cases = [tuple(one.split("=", 1)) for one in rest.split("|") if one]
        case = _chosen(cases, plain_words(text))
        if case:
            ask(turn, case)
        return case is not None
    if floor != ASKED:
        return False
    if plain_words(text) in _NO:
        turn.change(floor=None)
        turn.emit(AmendmentDropped())
    elif command(text) is not None:
        turn.change(floor=None)  # something else is wanted first
        return False
    elif len(text.strip()) > LONGEST:
        ask(turn, rest, too_long=True)
    else:
        turn.change(floor=None)
        turn.emit(AmendmentWished(rest, text.strip(), new_phone(text, turn.county.area_code)))
    return True


def _chosen(cases: Sequence[tuple[str, ...]], words: str) -> str | None:
    """The case that a number of the list means, or 更正 with its number; 更正 alone means the only one."""
    if words == _WORD and len(cases) == 1:
        return cases[0][0]
    named = [
        case
        for number, (case, called) in enumerate(cases, FIRST)
        if words in {str(number), plain_words(_WORD + called)}
    ]
    return named[0] if named else None
