"""A push as it is sent: to whom, its words, what it asks, and the fields of its card (design §2.4)."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from handlers.wording.wording import Wording
from model.message import Invitation, Reply

_FIELDS = "wechat."


@dataclass(frozen=True, slots=True)
class Texted:
    """The same as an SMS: by which county's gateway, to which number ("" if it is no mobile's), in which words.

    Neither number nor words go into rows, logs or figures.
    """

    county: str
    phone: str = field(repr=False)
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A paper of the applicant's that goes in place of words: as a picture, or as a file under its `name`.

    `digest` names its content; `load` reads it, None if it cannot be read (any more). Neither content nor name goes into
    rows, logs or figures.
    """

    digest: str
    name: str = field(repr=False)
    media_type: str
    load: Callable[[], Awaitable[bytes | None]] = field(repr=False)


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
    texted: Texted | None = None
    """None: it does not go by SMS."""
    enclosed: Enclosed | None = None
    """This goes, and `reply` is said only where it cannot."""
    unbound: str = ""
    """Why he has no account here, in one word, and nothing reaches him in WeChat; `account` and `person` are empty then."""

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
