"""One request to a body's own system: bounded in time, size and place, and every way it can end as a value (design §2.4)."""

import asyncio
import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Final, Protocol

import aiohttp
from aiohttp import hdrs

from bot.webhooks.addresses import AddressRefused, Lookup, Pinned, look_up, resolved
from bot.webhooks.signing import headers
from model.webhook import Webhook

SECONDS: Final = 10.0
"""For all of it: the name, the connection, the request, the answer."""
EXCERPT: Final = 1024
"""Bytes of an answer that are read, where anybody wants to see it; else none."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What it said."""

    status: int
    retry_after: dt.timedelta | None = None
    excerpt: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """None came, or nothing was sent; the reason is a kind of error, without address or content."""

    reason: str


class Post(Protocol):
    """Whoever carries a body to a system."""

    async def __call__(self, hook: Webhook, message_id: str, body: bytes, *, show: bool = False) -> Answer | NoAnswer:
        """Post it, signed. `show`: the beginning of the answer is wanted too."""


class HttpPost:
    """`Post` over HTTP. A connection each: what is checked is what is connected to, and nothing is shared between systems."""

    def __init__(self, clock: Callable[[], dt.datetime], *, lookup: Lookup = look_up, seconds: float = SECONDS) -> None:
        """`clock` dates the signatures."""
        self._clock = clock
        self._lookup = lookup
        self._seconds = seconds

    async def __call__(self, hook: Webhook, message_id: str, body: bytes, *, show: bool = False) -> Answer | NoAnswer:
        """See `Post`."""
        try:
            async with asyncio.timeout(self._seconds):
                addresses = await resolved(hook.url, allow_private=hook.allow_private, lookup=self._lookup)
                return await self._posted(hook, message_id, body, addresses, show=show)
        except AddressRefused as refused:
            return NoAnswer(refused.reason)
        # Only the kind of these goes any further: their messages quote the address.
        except (TimeoutError, OSError, ValueError, aiohttp.ClientError) as error:
            return NoAnswer(type(error).__name__)

    async def _posted(
        self, hook: Webhook, message_id: str, body: bytes, addresses: tuple[str, ...], *, show: bool
    ) -> Answer:
        now = self._clock()
        signed = headers(hook.secrets(now), message_id, int(now.timestamp()), body)
        connector = aiohttp.TCPConnector(resolver=Pinned(addresses), use_dns_cache=False, force_close=True)
        async with (
            aiohttp.ClientSession(
                connector=connector, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False, trust_env=False
            ) as session,
            session.post(hook.url, data=body, headers=signed, allow_redirects=False) as response,
        ):
            excerpt = b""
            if show:
                with suppress(TimeoutError, aiohttp.ClientError):
                    excerpt = await response.content.read(EXCERPT)
            response.close()  # however much more there may be
            return Answer(response.status, _retry_after(response.headers.get(hdrs.RETRY_AFTER), now), excerpt)


def _retry_after(text: str | None, now: dt.datetime) -> dt.timedelta | None:
    """Seconds, or an HTTP date; None for anything else."""
    if text is None:
        return None
    if text.strip().isascii() and text.strip().isdigit():
        return dt.timedelta(seconds=min(int(text.strip()[:9]), 10**7))
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(dt.timedelta(), (at if at.tzinfo else at.replace(tzinfo=dt.UTC)) - now)
