"""What became of a call to the platform: values, because every one of them is to be expected."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

from bot.channels.wechat.errors import Meaning, meaning_of

_RID = re.compile(r"rid:\s*([0-9A-Za-z-]+)")


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform took the message; `msgid` comes back in its report ("" for 客服消息)."""

    msgid: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """The platform did it."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code: `url` is what it says, `ticket` fetches its picture."""

    ticket: str
    url: str


@dataclass(frozen=True, slots=True)
class Media:
    """A temporary file. Type and name are what the platform declares: look at the bytes before believing them."""

    data: bytes = field(repr=False)
    content_type: str
    filename: str


@dataclass(frozen=True, slots=True)
class Uploaded:
    """The platform keeps the file for three days (platform rule), under this id."""

    media_id: str


@dataclass(frozen=True, slots=True)
class TooLarge:
    """The file has more than `limit` bytes and was not read to its end."""

    limit: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """The platform's error answer: it did nothing. `rid` is its request number, for its support."""

    code: int
    errmsg: str
    rid: str
    meaning: Meaning

    @classmethod
    def of(cls, code: int, errmsg: str, meaning: Callable[[int], Meaning] = meaning_of) -> Self:
        """The refusal with this code; the rid is in the message (platform rule). `meaning` knows the platform's codes."""
        rid = _RID.search(errmsg)
        return cls(code, errmsg, rid.group(1) if rid else "", meaning(code))


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """No answer that can be read. `may_have_arrived` is False only when the request surely was not carried out."""

    reason: str
    may_have_arrived: bool


Failed = Refusal | NoAnswer
