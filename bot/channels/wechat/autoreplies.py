"""The automatic replies that an account had before its callback was switched on, given by us: the platform gives them no more.

Platform rule: keyword rules of any number of keywords (`contain`, `equal`) and replies (`reply_all`, `random_one`), one for
whoever follows, one for all else. Of the replies we give texts, and articles as their title and address.
"""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bot.channels.wechat.saved import read_saved
from model.message import FollowMessage, TextMessage, Update

MAX_BYTES: Final = 2048
"""Platform rule (reported, not documented): a text reply holds about so many bytes of UTF-8."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Rule:
    """One keyword rule: whole messages it answers, parts of messages it answers, and what is said then."""

    equal: frozenset[str]
    contain: tuple[str, ...]
    replies: tuple[str, ...]
    every: bool

    def fits(self, words: str) -> bool:
        """Whether this message has one of the keywords; letters are alike in both cases."""
        return words in self.equal or any(one in words for one in self.contain)

    def text(self, key: str) -> str:
        """All replies, or one of them: the same one to a redelivery."""
        if self.every or not self.replies:
            return "\n\n".join(self.replies)
        return self.replies[zlib.crc32(key.encode()) % len(self.replies)]


@dataclass(frozen=True, slots=True)
class AutoReplies:
    """All automatic replies of one account that we can give."""

    rules: tuple[Rule, ...]
    follow: str = field(default="")
    otherwise: str = field(default="")

    def reply_to(self, update: Update) -> str:
        """What the account says to this; "" for nothing. The first rule that fits counts."""
        match update.message:
            case FollowMessage():
                return _short(self.follow)
            case TextMessage(text=text):
                words = text.strip().casefold()
                fitting = next((one for one in self.rules if one.fits(words)), None)
                return _short(fitting.text(update.key) if fitting else self.otherwise)
            case _:
                return ""


def saved_replies(path: Path) -> AutoReplies:
    """The automatic replies in a file of `account save`. Raises SavedMistake."""
    return autoreplies(read_saved(path).autoreplies)


def autoreplies(found: Mapping[str, Any]) -> AutoReplies:
    """The platform's answer of get_current_autoreply_info, read leniently: what is not as described is left out."""
    rules = tuple(_rule(one) for one in _list(found.get("keyword_autoreply_info")))
    return AutoReplies(
        tuple(one for one in rules if one.replies and (one.equal or one.contain)),
        _said(found.get("add_friend_autoreply_info")) if found.get("is_add_friend_reply_open") == 1 else "",
        _said(found.get("message_default_autoreply_info")) if found.get("is_autoreply_open") == 1 else "",
    )


def _rule(found: Mapping[str, Any]) -> Rule:
    words: dict[bool, list[str]] = {True: [], False: []}
    for one in _dicts(found.get("keyword_list_info")):
        content = one.get("content")
        if one.get("type", "text") == "text" and isinstance(content, str) and content.strip():
            words[one.get("match_mode") == "equal"].append(content.strip().casefold())
    replies = tuple(said for one in _dicts(found.get("reply_list_info")) if (said := _said(one)))
    return Rule(frozenset(words[True]), tuple(words[False]), replies, found.get("reply_mode") == "reply_all")


def _said(found: Any) -> str:
    """A reply in words; "" where it is none, or of another kind."""
    if not isinstance(found, Mapping):
        return ""
    content = found.get("content")
    if found.get("type") == "text" and isinstance(content, str):
        return content.strip()
    if found.get("type") == "news":
        articles = _list(found.get("news_info"))
        lines = [f"{one.get('title', '')}\n{one.get('content_url', '')}".strip() for one in articles]
        return "\n\n".join(line for line in lines if line)
    return ""


def _list(found: Any) -> list[Mapping[str, Any]]:
    return _dicts(found.get("list")) if isinstance(found, Mapping) else []


def _dicts(found: Any) -> list[Mapping[str, Any]]:
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _short(text: str) -> str:
    """Within what one reply holds, cut at a line if it must be cut."""
    text = _CONTROL.sub("", text)
    while len(text.encode()) > MAX_BYTES:
        head, _, _ = text.rpartition("\n")
        text = head or text[: MAX_BYTES // 4]
    return text
