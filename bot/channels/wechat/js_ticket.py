"""JS-SDK: the ticket of one account, and what a page of ours shows to be let in."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hashlib import sha1
from typing import Any

from bot.channels.wechat.results import Failed, NoAnswer


@dataclass(frozen=True, slots=True)
class JsSignature:
    """What wx.config wants beside the account's appid."""

    timestamp: int
    noncestr: str
    signature: str


def js_signature(ticket: str, url: str, now: float, noncestr: str = "") -> JsSignature:
    """For the page at `url`, exactly as its browser shows it. Platform rule: sha1 over key=value of the four in the order of their
    names; the url without its fragment (JS-SDK, 附录1).
    """
    noncestr, timestamp = noncestr or secrets.token_hex(8), int(now)
    page = url.partition("#")[0]
    text = f"jsapi_ticket={ticket}&noncestr={noncestr}&timestamp={timestamp}&url={page}"
    return JsSignature(timestamp, noncestr, sha1(text.encode(), usedforsecurity=False).hexdigest())


class TicketSource:
    """Fetches the ticket, as `Tokens` wants it: it is kept and shared like the access token (platform rule: few calls a day)."""

    def __init__(self, ask: Callable[[], Awaitable[dict[str, Any] | Failed]]) -> None:
        """`ask` carries out the call."""
        self._ask = ask

    async def fetch_token(self) -> tuple[str, float] | Failed:
        """The ticket and the seconds it is valid."""
        found = await self._ask()
        if not isinstance(found, dict):
            return found
        ticket, seconds = found.get("ticket"), found.get("expires_in")
        if not isinstance(ticket, str) or not ticket or not isinstance(seconds, int | float):
            return NoAnswer("ticket_unreadable", may_have_arrived=True)
        return ticket, float(seconds)


def cached_as(appid: str) -> str:
    """The ticket's name beside the account's access token."""
    return f"jsapi:{appid}"
