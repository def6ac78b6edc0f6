"""A reply as a card with buttons (模板卡片·按钮交互型), where it is one: short enough, with choices that fit on buttons."""

import hashlib
from typing import Any, Final

from bot.channels.wechat.render import plain
from bot.channels.wecom.presses import MAX_KEY_BYTES, key_of
from model.message import Button, Reply

MOST_BUTTONS: Final = 6
TITLE: Final = 36
TEXT: Final = 160
BUTTON: Final = 10
"""Platform rule: more characters than that are not recommended; what a phone does with them is not documented."""
_ENDS: Final = "：。；"


def task_id(key: str) -> str:
    """The platform's name of a card, from the row's key: letters and digits, at most 128, one card each in an app."""
    return hashlib.sha256(key.encode()).hexdigest()


def card_of(reply: Reply, key: str) -> dict[str, Any] | None:
    """The card; None where the reply has no choices, or its words or choices do not fit. Nothing is cut off."""
    parts = _parted(plain(reply.text))
    if parts is None or not 1 <= len(reply.buttons) <= MOST_BUTTONS:
        return None
    title, rest = parts
    text = "\n".join(part for part in (rest, plain(reply.tail)) if part).strip()
    buttons = [_button(one, place) for place, one in enumerate(reply.buttons)]
    keys = {one["key"] for one in buttons}
    fits = len(text) <= TEXT and len(keys) == len(buttons) and all(map(_fits, buttons))
    if not fits:
        return None
    card = {
        "card_type": "button_interaction",
        "main_title": {"title": title},
        "task_id": task_id(key),
        "button_list": buttons,
    }
    return card | ({"sub_title_text": text} if text else {})


def _parted(text: str) -> tuple[str, str] | None:
    """The first line as the title, if it is short, else what stands before its first colon or stop; None if neither is."""
    first, _, rest = text.strip().partition("\n")
    if 0 < len(first) <= TITLE:
        return first, rest.strip()
    at = next((place for place, one in enumerate(first) if one in _ENDS), 0)
    if not 0 < at <= TITLE:
        return None
    return first[:at], f"{first[at + 1 :]}\n{rest}".strip()


def _button(button: Button, place: int) -> dict[str, Any]:
    label, said = (plain(one).replace("\n", " ").strip() for one in (button.label or button.say, button.say))
    label = said if len(label) > BUTTON >= len(said) > 0 else label
    return {"text": label, "style": 1 if place == 0 else 2, "key": key_of(button)}


def _fits(button: dict[str, Any]) -> bool:
    return 0 < len(button["text"]) <= BUTTON and len(button["key"]) <= MAX_KEY_BYTES
