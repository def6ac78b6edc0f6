"""A push as it is sent: to whom, its words, what it asks, and the fields of its card (design §2.4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handlers.wording.wording import Wording
from model.message import Invitation, Reply

_FIELDS = "wechat."


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice ready to be sent: to whom, the chat text, what it asks (joins the conversation first), and the card's fields."""

    account: str
    person: str
    reply: Reply
    invitation: Invitation | None
    template: str
    fields: Mapping[str, str]
    withdraws: str = ""
    """The invitation that is settled by it and must no longer be answered in the conversation."""
    heading: str = ""
    """The first line of its text, where it says which case it is about."""

    @property
    def body(self) -> str:
        """Its text below the heading."""
        return self.reply.text.removeprefix(f"{self.heading}\n") if self.heading else self.reply.text


@dataclass(frozen=True, slots=True)
class Undeliverable:
    """Nobody can be written to; the reason for the worklist."""

    reason: str


@dataclass(frozen=True, slots=True)
class Overtaken:
    """The case has moved on: the notice says what is no longer so."""

    reason: str


def template_fields(wording: Wording, template: str, facts: Mapping[str, Any]) -> dict[str, str]:
    """The template message's fields (platform rule: short, typed by their prefix)."""
    prefix = f"{_FIELDS}{template}."
    return {key.removeprefix(prefix): wording.catalogue.say(key, **facts) for key in wording.catalogue.keys(prefix)}
