"""What could concern more than one is answered by a choice: a number, a tap on `m:<choice>`, or 更多 for the rest."""

import re

from dialogs.events import Choosing
from dialogs.folding import is_place, plain_words, plainly
from dialogs.turn import Turn
from model.conversation import Offer

CHOICE = "choice"
"""On the floor: an offer was the last thing shown."""
PAGE = 7
"""Choices in one message: with a name and a place each they fit the platform's 2048 bytes."""

_WORDS = {
    "d": plainly({"接着填", "继续填", "接着填这份", "填这份"}),
    "y": plainly({"照着填", "照上一件填", "照填", "要照"}),
    "new": plainly({"另报一件新的", "新的", "另报", "重新报一件"}),
    "fresh": plainly({"从头填", "不照着填", "不用照", "不用", "不照", "不用,从头填"}),
    "others": plainly({"照别的一件", "照别的"}),
    "list": plainly({"看全部办件", "全部办件"}),
    "z": plainly({"确定撤回", "确认撤回", "确定", "确认", "是", "是的", "对"}),
    "ry": plainly({"直接转", "转", "确定", "确认", "是", "是的", "对"}),
    "rn": plainly({"先不转", "不转", "不转了", "算了", "不", "不是"}),
    "stay": plainly({"不撤", "不撤了", "不撤回", "先不撤", "算了", "不", "不是"}),
    "tell": plainly(
        {"转告", "转告服务管家", "告诉服务管家", "告诉他", "转告他", "好", "好的", "是", "是的", "可以", "要"}
    ),
    "cb": plainly({"恢复办理", "恢复", "继续办理", "继续办"}),
    "none": plainly({"都不是", "都不对", "不保存", "都不是,不保存"}),
}
_NTH = re.compile(r"第?([0-9]{1,3})(?:件|个|份)?")


def offer(turn: Turn, about: str, choices: tuple[str, ...]) -> None:
    """Shows the first of the choices; a number said next is one of them."""
    shown = min(len(choices), PAGE)
    turn.change(floor=CHOICE, pushed=False, offer=Offer(about=about, choices=choices, shown=shown))
    turn.emit(Choosing(about, choices[:shown], left=len(choices) - shown))


def said(turn: Turn, text: str) -> str | None:
    """The choice that a bare number or its own word means, if an offer was the last thing shown."""
    offered = turn.conversation.offer
    if turn.conversation.floor != CHOICE or offered is None:
        return None
    words = plain_words(text)
    meant = [kind for kind, spoken in _WORDS.items() if words in spoken]
    if meant:
        return next((one for one in offered.choices if one.partition(":")[0] in meant), None)
    match = _NTH.fullmatch(words)
    if match is None or not is_place(match[1]):
        return None
    number = int(match[1])
    return offered.choices[number - 1] if 1 <= number <= offered.shown else None


def more(turn: Turn) -> bool:
    """更多: the next choices. False if no offer with more of them is on the screen."""
    offered = turn.conversation.offer
    if turn.conversation.floor != CHOICE or offered is None or offered.shown >= len(offered.choices):
        return False
    first, shown = offered.shown, min(offered.shown + PAGE, len(offered.choices))
    turn.change(offer=offered.model_copy(update={"shown": shown}))
    turn.emit(Choosing(offered.about, offered.choices[first:shown], first + 1, len(offered.choices) - shown))
    return True
