"""转派 by the head of a body, and 请转给别人 by whoever has an order: picked from lists, with a word of reason (R33)."""

import re

from dialogs.choosing import CHOICE
from dialogs.commands import command
from dialogs.events import ReassignAsked, ReassignDropped, ReliefWanted
from dialogs.folding import is_place, plain_words, plainly
from dialogs.roles import speak_as
from dialogs.turn import Turn

LIST, TO, WHY, WHICH, RELIEF = "reassign", "reassign_to", "reassign_why", "relief_which", "relief"
"""What an offer is about: which order, to whom, whether it is meant and why; of which a steward would be relieved, and why."""
DROP = "rn"
"""The choice that leaves everything where it is."""
KINDS = ("ro", "rt", "ry", DROP, "rq", "rr")
"""Choices: the order (`ro:<order>`), to whom (`rt:<order>/<staff>`), that it is meant (`ry:` the same), or not; of which a
steward would be relieved (`rq:<order>`), and why (`rr:<order>/<number>`).
"""
LONGEST = 60
"""Characters of a reason: it stands in messages of five lines."""
_WANTED = re.compile(r"(?:我要)?(?:转派|改派|单位任务|本单位任务|单位在办)(?:任务|工单)?:?([0-9A-Z()]{2,20})?")
_RELIEF = plainly(
    {
        "请转给别人",
        "转给别人",
        "请转给同事",
        "转给同事",
        "请转派",
        "请换人办",
        "换人办",
        "请负责人转给别人",
        "请把任务转给别人",
    }
)
_NO = plainly({"0", "取消", "不转", "先不转", "不转了", "算了"})


def wanted(turn: Turn, text: str) -> bool:
    """Whether the whole message asks for what lies with his body, to give it to others (转派, 转派 0012, 单位任务), or that what he
    has himself be given to another (请转给别人).
    """
    words = plain_words(text)
    match = _WANTED.fullmatch(words)
    shown = next((one for one in turn.conversation.invitations if one.id == turn.conversation.floor), None)
    if shown is not None and shown.kind == "task" and turn.conversation.pushed:
        shown = None  # another push may have crossed with it: he says which
    if words in _RELIEF and (shown is None or shown.kind != "reassign"):  # there the same words give it away
        speak_as(turn, "steward")
        turn.emit(ReliefWanted(shown.order or "" if shown is not None and shown.kind == "task" else ""))
        return True
    if match is None:
        return False
    speak_as(turn, "steward")
    turn.emit(ReassignAsked(number=match[1] or ""))
    return True


def take(turn: Turn, kind: str, target: str) -> None:
    """One of `KINDS` was chosen."""
    order, _, rest = target.partition("/")
    speak_as(turn, "steward")
    turn.change(floor=None)
    match kind:
        case "ro":
            turn.emit(ReassignAsked(order))
        case "rt" | "ry":
            turn.emit(ReassignAsked(order, rest, sure=kind == "ry"))
        case "rq":
            turn.emit(ReliefWanted(order))
        case "rr":
            turn.emit(ReliefWanted(order, int(rest)))
        case _:
            turn.emit(ReassignDropped())


def said(turn: Turn, text: str) -> bool:
    """Words instead of a tap: a colleague's name, or a reason. False if they are about something else."""
    offered = turn.conversation.offer
    if turn.conversation.floor != CHOICE or offered is None or offered.about not in (TO, WHY, RELIEF):
        return False
    words = plain_words(text)
    if words in _NO:
        take(turn, DROP, "")
        return True
    if command(text) is not None or is_place(words):  # something else is wanted, or a number that is not offered
        return False
    order, _, staff = offered.choices[0].partition(":")[2].partition("/")
    turn.change(floor=None)
    reason = text.strip()[:LONGEST]
    if offered.about == TO:
        turn.emit(ReassignAsked(order, name=reason))
        return True
    turn.emit(
        ReassignAsked(order, staff, reason=reason, sure=True) if offered.about == WHY else ReliefWanted(order, reason)
    )
    return True
