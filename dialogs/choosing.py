"""What could concern more than one is answered by a choice: a number, a tap on `m:<choice>`, or 更多 for the rest."""

import re

from dialogs.events import Choosing
from dialogs.focus import OnField
from dialogs.folding import is_place, plain_words, plainly
from dialogs.reading import Understood
from dialogs.turn import Turn
from model.conversation import Offer
from model.fields import ChoiceField, YesNoField

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
    "card:identity": plainly({"身份证", "识别身份证", "是身份证"}),
    "card:licence": plainly({"营业执照", "执照", "识别营业执照", "是营业执照", "是执照"}),
    "card:none": plainly({"不用", "不识别", "不要", "不用识别", "都不是", "不识别,我自己填", "我自己填"}),
    "read:all": plainly(
        {
            "都对,就这样填",
            "都对",
            "对",
            "对的",
            "全对",
            "没错",
            "都没错",
            "就这样填",
            "都按照片上的填",
            "用照片上的",
            "都用照片上的",
        }
    ),
    "read:mine": plainly({"我填过的不改,只填空着的", "只填空着的", "用我填的", "用我的", "我填的"}),
    "read:edit": plainly({"有不对的,我来改", "有不对的", "改", "不对", "有错", "要改", "有一项不对"}),
    "read:none": plainly(
        {
            "不用照片上的",
            "照片上的都不用",
            "都不对",
            "不用",
            "不对",
            "我自己填",
            "都不用",
            "用我填的",
            "用我的",
            "我填的",
        }
    ),
}
_NTH = re.compile(r"第?([0-9]{1,3})(?:件|个|份)?")


def offer(turn: Turn, about: str, choices: tuple[str, ...], *, pushed: bool = False) -> None:
    """Shows the first of the choices; a number said next is one of them. `pushed`: it is shown unasked."""
    shown = min(len(choices), PAGE)
    turn.change(floor=CHOICE, pushed=pushed, offer=Offer(about=about, choices=choices, shown=shown))
    turn.emit(Choosing(about, choices[:shown], left=len(choices) - shown))


def said(turn: Turn, text: str) -> str | None:
    """The choice that a bare number or its own word means, if an offer was the last thing shown. A word that answers what the
    form asks is meant so, where the offer came unasked: it may have crossed with it.
    """
    offered = turn.conversation.offer
    if turn.conversation.floor != CHOICE or offered is None:
        return None
    words = plain_words(text)
    if turn.conversation.pushed and not is_place(words) and _answers_form(turn, text):
        return None
    meant = [kind for kind, spoken in _WORDS.items() if words in spoken]
    if meant:
        kinds = tuple(f"{kind}:" for kind in meant)
        return next((one for one in offered.choices if f"{one}:".startswith(kinds)), None)
    match = _NTH.fullmatch(words)
    if match is None or not is_place(match[1]):
        return None
    number = int(match[1])
    return offered.choices[number - 1] if 1 <= number <= offered.shown else None


def _answers_form(turn: Turn, text: str) -> bool:
    on = turn.focus if turn.has_draft else None
    if not isinstance(on, OnField) or not isinstance(on.field, ChoiceField | YesNoField):
        return False
    return isinstance(turn.read(on.field, text), Understood)


def more(turn: Turn) -> bool:
    """更多: the next choices. False if no offer with more of them is on the screen."""
    offered = turn.conversation.offer
    if turn.conversation.floor != CHOICE or offered is None or offered.shown >= len(offered.choices):
        return False
    first, shown = offered.shown, min(offered.shown + PAGE, len(offered.choices))
    turn.change(offer=offered.model_copy(update={"shown": shown}))
    turn.emit(Choosing(offered.about, offered.choices[first:shown], first + 1, len(offered.choices) - shown))
    return True
