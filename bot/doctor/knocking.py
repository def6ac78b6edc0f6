"""One plain request, with what came back or why nothing did: to the platform without a token, to our own address."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import aiohttp

from bot.channels.wechat.results import NoAnswer

_MOST: Final = 64 * 1024
PATIENCE: Final = aiohttp.ClientTimeout(total=10, sock_connect=5)


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer: status, its `Date` ("" without one), and how its body begins."""

    status: int
    date: str
    body: bytes = field(repr=False)


async def knock(
    session: aiohttp.ClientSession,
    url: str,
    query: Mapping[str, str] | None = None,
    *,
    trusted: ssl.SSLContext | None = None,
) -> Heard | NoAnswer:
    """GET, without following where it leads: the platform does not follow either. `trusted`: what certificates are, None: as usual."""
    secure: ssl.SSLContext | bool = True if trusted is None else trusted
    try:
        async with session.get(url, params=query, timeout=PATIENCE, allow_redirects=False, ssl=secure) as answer:
            return Heard(answer.status, answer.headers.get("Date", ""), await answer.content.read(_MOST))
    # Only the type goes any further: the message quotes the URL, and that may be signed.
    except (TimeoutError, OSError, aiohttp.ClientError) as error:
        return NoAnswer(type(error).__name__, may_have_arrived=False)
