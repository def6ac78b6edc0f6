"""Template cards with buttons (模板卡片·按钮交互型): what may be on one, who may still press and update it."""

import re
import secrets
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from .errors import ApiError

CODE_LASTS = 72 * 3600
"""Platform rule: a response_code works once, for 72 hours."""
_BUTTONS, _LINES = 6, 6
_KEY_BYTES = 1024
_TASK_ID = re.compile(r"[A-Za-z0-9_@-]{1,128}")
_TYPES = frozenset({"text_notice", "news_notice", "button_interaction", "vote_interaction", "multiple_interaction"})
_SEEN = {"title": 36, "desc": 44, "sub": 160, "button": 10, "keyname": 5, "value": 30}
"""Platform rule: more characters than that are not recommended; here what is beyond is not seen."""


class CardButton(BaseModel):
    """A button of a card."""

    text: str
    key: str
    style: int = 1


class Card(BaseModel):
    """A card as a member sees it. `said` stands in place of the buttons once it was updated: nothing can be pressed then."""

    task_id: str
    title: str
    desc: str = ""
    text: str = ""
    lines: list[tuple[str, str]] = []
    buttons: list[CardButton] = []
    said: str | None = None


def checked(card: Any) -> Card:
    """The card, or the platform's refusal; the code says which field is wrong, and errmsg names it."""
    if not isinstance(card, dict):
        raise ApiError(40058, "invalid param: template_card")
    if card.get("card_type") not in _TYPES:
        raise ApiError(42031, "Template_Card.CardType invalid")
    if card["card_type"] != "button_interaction":
        raise ApiError(40008, f"the stand-in shows no {card['card_type']}")
    title, desc = (_text(card.get("main_title"), name) for name in ("title", "desc"))
    if not title:
        raise ApiError(41016, "missing title: Template_Card.main_title.title")
    task_id = card.get("task_id")
    if not isinstance(task_id, str) or _TASK_ID.fullmatch(task_id) is None:
        raise ApiError(42014, "taskid has existed or empty or exceed max len")
    return Card(
        task_id=task_id,
        title=_seen(title, "title"),
        desc=_seen(desc, "desc"),
        text=_seen(_text(card, "sub_title_text"), "sub"),
        lines=_lines(card.get("horizontal_content_list") or []),
        buttons=_buttons(card.get("button_list")),
    )


def _text(part: Any, name: str) -> str:
    value = part.get(name, "") if isinstance(part, dict) else ""
    return value.strip() if isinstance(value, str) else ""


def _seen(text: str, where: str) -> str:
    limit = _SEEN[where]
    return text if len(text) <= limit else text[:limit] + "…"


def _lines(given: Any) -> list[tuple[str, str]]:
    if not isinstance(given, list) or len(given) > _LINES:
        raise ApiError(42035, "Template_Card.horizontal_content_list size invalid")
    lines = []
    for one in given:
        name = _text(one, "keyname")
        if not name:
            raise ApiError(42027, "Template_Card.horizontal_content_list.keyname missing")
        lines.append((_seen(name, "keyname"), _seen(_text(one, "value"), "value")))
    return lines


def _buttons(given: Any) -> list[CardButton]:
    if not isinstance(given, list) or not 1 <= len(given) <= _BUTTONS:
        raise ApiError(40016, "invalid button size: Template_Card.button_list")
    buttons: list[CardButton] = []
    for one in given:
        text, key = _text(one, "text"), _text(one, "key")
        if not text:
            raise ApiError(42038, "Template_Card.button_list.text missing or invalid")
        if not key or len(key.encode()) > _KEY_BYTES or any(key == other.key for other in buttons):
            raise ApiError(42039, "Template_Card.button_list.key missing or invalid")
        style = one.get("style", 1)
        buttons.append(CardButton(text=_seen(text, "button"), key=key, style=style if style in range(1, 5) else 1))
    return buttons


@dataclass
class _Code:
    task_id: str
    until: float
    used: bool = False


@dataclass
class Desk:
    """The cards one app has sent: which task ids are taken, and which codes may still update a card."""

    tasks: set[str] = field(default_factory=set)
    codes: dict[str, _Code] = field(default_factory=dict)

    def take(self, task_id: str) -> None:
        """Platform rule: a task id is used once in an app. Raises ApiError: 42014."""
        if task_id in self.tasks:
            raise ApiError(42014, "taskid has existed or empty or exceed max len")
        self.tasks.add(task_id)

    def code(self, task_id: str, now: float) -> str:
        """A new response_code for this card."""
        drawn = secrets.token_urlsafe(24)
        self.codes[drawn] = _Code(task_id, now + CODE_LASTS)
        return drawn

    def spend(self, code: Any, now: float) -> str:
        """The card a code is for. Raises ApiError: 60140 when it is unknown, used or over."""
        known = self.codes.get(code) if isinstance(code, str) else None
        if known is None or known.used or now > known.until:
            raise ApiError(60140, "invalid response_code")
        known.used = True
        return known.task_id
