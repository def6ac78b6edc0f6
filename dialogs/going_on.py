"""接着办: a code of the hotline, scanned or typed, and the end of a phone number that shows whose it is (交接码, ADR 27)."""

import re
from typing import Final

from dialogs.commands import CommandWord, command, noted
from dialogs.events import GoOnAsked, GoOnDropped, GoOnMistyped, GoOnProved, GoOnUnclear
from dialogs.folding import plain_words, plainly
from dialogs.turn import Turn
from model.conversation import Conversation
from model.handover import LENGTH, TAIL, is_code

_FLOOR: Final = "go_on"
"""On the floor: the end of the phone number was asked for."""
_NUMBERS: Final = str.maketrans("零〇一幺二三四五六七八九", "001123456789")
_NAMED: Final = re.compile(r"(?:我要|我)?(?:接着办|接办|继续办|交接码?|热线码)(?:是|为)?[::]?(\d{3,16})", re.ASCII)
_BARE: Final = re.compile(r"\d+", re.ASCII)
_PHONE: Final = range(7, 13)
"""Digits of a whole phone number, with or without its area code: its end is meant."""
_QUOTED: Final = 12
_NO: Final = plainly({"不是我", "不是我的", "不是本人", "算了", "不用了", "不办了", "取消", "没有", "扫错了"})

_ASIDE: Final = (CommandWord.HELLO, CommandWord.THANKS, CommandWord.HELP)
"""Said to anybody who asks something; the question stands."""


def asked(code: str) -> str:
    """The floor after the end of the phone number was asked for."""
    return f"{_FLOOR}|{code}"


def waits(conversation: Conversation) -> bool:
    """Whether it was the last thing asked."""
    return (conversation.floor or "").partition("|")[0] == _FLOOR


def code_of(text: str) -> str | None:
    """The digits that a whole message says as a code: named as one, or so that they can be nothing else."""
    words = _digits(text)
    named = _NAMED.fullmatch(words)
    if named is not None:
        return named[1]
    return words if _BARE.fullmatch(words) and is_code(words) else None


def come(turn: Turn, text: str) -> bool:
    """A code as it was told on the telephone or in an SMS. False if the message is about something else.

    Digits alone are an answer where a form has begun.
    """
    code = code_of(text)
    if code is None or (_BARE.fullmatch(_digits(text)) and turn.has_draft and turn.draft.answers):
        return False
    turn.change(floor=None)
    if is_code(code):
        turn.emit(GoOnAsked(code))
    else:
        turn.emit(GoOnMistyped(code, short=len(code) != LENGTH))
    return True


def said(turn: Turn, text: str) -> bool:
    """Words after the end of the phone number was asked for. False if they are about something else."""
    if not waits(turn.conversation):
        return False
    words = _digits(text)
    runs = [one for one in _BARE.findall(words) if len(one) > 1]  # not the 四 of 后四位
    if len(runs) == 1 and (len(runs[0]) == TAIL or len(runs[0]) in _PHONE):
        _, _, code = (turn.conversation.floor or "").partition("|")
        turn.change(floor=None)
        turn.emit(GoOnProved(code, runs[0][-TAIL:]))
    elif words in _NO:
        turn.change(floor=None)
        turn.emit(GoOnDropped())
    elif command(text) in _ASIDE or noted(text):
        turn.emit(GoOnUnclear(""))
    elif command(text) is not None:
        turn.change(floor=None)  # something else is wanted first
        return False
    elif _BARE.search(words):
        turn.emit(GoOnUnclear(plain_words(text)[:_QUOTED]))
    else:
        return False
    return True


def _digits(text: str) -> str:
    """The words with the numbers of Chinese as digits, and what stands between digits left out."""
    return re.sub(r"(?<=\d)[-./,,、]+(?=\d)", "", plain_words(text).translate(_NUMBERS))
