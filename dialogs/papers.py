"""看资料: whoever has the task of an order asks for the photos and files that the applicant has handed in for it."""

import re
from typing import Final

from dialogs import inviting
from dialogs.events import PapersWanted
from dialogs.folding import plain_words
from dialogs.numerals import read_number
from dialogs.roles import speak_as
from dialogs.turn import Turn

LIST, WHICH = "papers", "papers_which"
"""What an offer is about: which paper of an order, or of which order."""
KINDS: Final = ("vp", "vn", "vo")
"""Choices: a paper (`vp:<order>/<place>`), all from there on (`vn:<order>/<place>`), the papers of an order (`vo:<order>`)."""
_WHAT: Final = "照片|图片|相片|资料|材料|图纸|附件|文件"
_WANTED: Final = re.compile(
    rf"(?:我要|我想)?(?:看|查看|看看|看一下|查)(?:一下)?(?:申请人的?|他的|交的)?(?:{_WHAT}):?([0-9A-Z()]{{2,20}})?"
)
_NTH: Final = re.compile(
    rf"(?:再|我要)?(?:看|看看|看一下)第([0-9一二三四五六七八九十]{{1,6}})(?:张|份|个|页|项)(?:{_WHAT})?"
)
_ON: Final = re.compile(rf"(?:接着|继续|往下)(?:看|发)(?:{_WHAT})?|(?:看|发)(?:后面|剩下|其余)的?(?:{_WHAT})?")


def wanted(turn: Turn, text: str) -> bool:
    """Whether the whole message asks for them: 看资料, 看照片 0012, 看第2张, 接着看. Not while he fills in a form of his own."""
    if turn.has_draft and turn.conversation.role == "applicant":
        return False
    words = plain_words(text)
    match = _WANTED.fullmatch(words)
    nth = _NTH.fullmatch(words)
    offered = turn.conversation.offer
    listed = offered.choices if offered is not None and offered.about == LIST else ()
    if match is not None:
        asked = PapersWanted(order="" if match[1] else _on_floor(turn), number=match[1] or "")
    elif nth is not None and (place := read_number(nth[1])) is not None:
        asked = PapersWanted(order=_on_floor(turn) or _order(listed), place=int(place))
    elif _ON.fullmatch(words) and listed:
        further = next((one.rpartition("/")[2] for one in listed if one.startswith("vn:")), len(listed) + 1)
        asked = PapersWanted(order=_order(listed), place=int(further), onwards=True)
    else:
        return False
    speak_as(turn, "steward")
    turn.emit(asked)
    return True


def take(turn: Turn, kind: str, target: str) -> None:
    """One of `KINDS` was chosen."""
    speak_as(turn, "steward")
    order, _, place = target.rpartition("/") if kind != "vo" else (target, "", "")
    turn.emit(PapersWanted(order=order, place=int(place) if place else None, onwards=kind == "vn"))


def _on_floor(turn: Turn) -> str:
    """The order of the task that he has before him."""
    floor = inviting.on_floor(turn)
    return floor.order or "" if floor is not None and floor.kind == "task" else ""


def _order(listed: tuple[str, ...]) -> str:
    return listed[0].partition(":")[2].rpartition("/")[0] if listed else ""
