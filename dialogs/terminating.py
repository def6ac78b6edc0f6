"""拟终止 by the head of a body: an order is picked from his list, a reason tapped or written; after the announced time 终止, or
恢复 before (X160).
"""

import re

from dialogs.choosing import CHOICE
from dialogs.commands import command
from dialogs.events import TerminationAsked, TerminationDropped
from dialogs.folding import is_place, plain_words, plainly
from dialogs.roles import speak_as
from dialogs.turn import Turn

LIST, WHY, NEXT = "terminate", "terminate_why", "terminate_next"
"""What an offer is about: which order, why, and what becomes of one that was announced."""
DROP = "tn"
"""The choice that leaves everything as it is."""
KINDS = ("to", "tw", "tx", "tk", DROP)
"""Choices: the order (`to:<order>`), why (`tw:<order>/<number>`), that it ends now (`tx:<order>`), or goes on (`tk:<order>`)."""
LONGEST = 60
"""Characters of a reason: it stands in messages of five lines."""
_WANTED = re.compile(r"(?:我要)?(?:拟终止|要终止|终止)(?:任务|工单|办件|申请)?:?([0-9A-Z()]{2,20})?")
_NO = plainly({"0", "取消", "先不终止", "不终止", "不终止了", "算了"})
_ENDS = plainly({"确定终止", "确认终止", "终止", "确定"})
_GOES_ON = plainly({"恢复,接着办", "恢复", "接着办", "恢复办理"})


def wanted(turn: Turn, text: str) -> bool:
    """Whether the whole message asks to end what lies with his body (拟终止, 拟终止 0012)."""
    match = _WANTED.fullmatch(plain_words(text))
    if match is None:
        return False
    speak_as(turn, "steward")
    turn.change(floor=None)
    turn.emit(TerminationAsked(number=match[1] or ""))
    return True


def take(turn: Turn, kind: str, target: str) -> None:
    """One of `KINDS` was chosen."""
    order, _, rest = target.partition("/")
    speak_as(turn, "steward")
    turn.change(floor=None)
    match kind:
        case "to":
            turn.emit(TerminationAsked(order))
        case "tw":
            turn.emit(TerminationAsked(order, reason=int(rest)))
        case "tx":
            turn.emit(TerminationAsked(order, then="end"))
        case "tk":
            turn.emit(TerminationAsked(order, then="go_on"))
        case _:
            turn.emit(TerminationDropped())


def said(turn: Turn, text: str) -> bool:
    """A reason in his own words instead of a tap. False if it is about something else."""
    offered = turn.conversation.offer
    if turn.conversation.floor != CHOICE or offered is None or offered.about not in (WHY, NEXT):
        return False
    words = plain_words(text)
    if words in _NO:
        take(turn, DROP, "")
        return True
    kind = "tx" if words in _ENDS else "tk" if words in _GOES_ON else ""
    if offered.about == NEXT and (chosen := next((one for one in offered.choices if one.startswith(f"{kind}:")), None)):
        take(turn, kind, chosen.partition(":")[2])
        return True
    if offered.about != WHY or command(text) is not None or is_place(words):
        return False
    order = offered.choices[0].partition(":")[2].partition("/")[0]
    turn.change(floor=None)
    turn.emit(TerminationAsked(order, reason=text.strip()[:LONGEST]))
    return True
