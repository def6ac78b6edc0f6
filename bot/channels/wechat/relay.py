"""One delivery of the platform carried on to the callback address that the account had before us, byte for byte (ADR 26).

What the platform signed and encrypted stays as it is: the account has one token and one key, and whoever was there before
knows them. Everything is bounded: in time, in size, in how much is under way at once.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import aiohttp
from aiohttp import hdrs
from yarl import URL

MAX_ANSWER: Final = 64 * 1024
"""Bytes of an answer: as much as we take from the platform."""
AT_ONCE: Final = 64
CONNECT: Final = 2.0
FAILURES: Final = 5
"""So many connections in a row that did not come about: nobody is there."""
REST: Final = 10.0
"""Seconds for which he is left alone then."""
_OK: Final = 200
_CONNECTING: Final = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A request of the platform as it came: the query string and the body without a byte changed."""

    query: str = field(repr=False)
    body: bytes = field(repr=False)
    content_type: str


@dataclass(frozen=True, slots=True)
class Passed:
    """What the other program answered with status 200."""

    body: bytes = field(repr=False)
    content_type: str
    outcome: str = "answered"


@dataclass(frozen=True, slots=True)
class NotPassed:
    """No answer that could be passed on. `outcome` is for log and metrics; `hopeless`: asking again soon helps nobody."""

    outcome: str
    hopeless: bool = False


class Relay:
    """Posts deliveries to one address. A slow answer is no fault of the address; a connection refused is."""

    def __init__(self, url: str, *, at_once: int = AT_ONCE, now: Callable[[], float] = time.monotonic) -> None:
        """`now` in seconds, from any beginning."""
        self._url = url
        self._at_once = at_once
        self._now = now
        self._session: aiohttp.ClientSession | None = None
        self._under_way = 0
        self._failures = 0
        self._rests_until = float("-inf")

    async def post(self, delivery: Delivery, seconds: float) -> Passed | NotPassed:
        """The answer, within `seconds`; raises nothing."""
        if self._now() < self._rests_until:
            return NotPassed("resting", hopeless=True)
        if self._under_way >= self._at_once:
            return NotPassed("crowded")
        self._under_way += 1
        try:
            async with asyncio.timeout(max(seconds, 0)):
                answer = await self._posted(delivery)
        except _CONNECTING:
            return self._nobody_there()
        except TimeoutError:
            answer = NotPassed("late")
        # Only that it failed goes any further: the message of an error quotes the address, with the openid in it.
        except (OSError, ValueError, aiohttp.ClientError):
            answer = NotPassed("broken")
        finally:
            self._under_way -= 1
        self._failures = 0
        return answer

    async def close(self) -> None:
        """No more connections."""
        if self._session is not None:
            await self._session.close()

    def _nobody_there(self) -> NotPassed:
        self._failures += 1
        if self._failures >= FAILURES:
            self._rests_until = self._now() + REST
        return NotPassed("away")

    async def _posted(self, delivery: Delivery) -> Passed | NotPassed:
        headers = {hdrs.CONTENT_TYPE: delivery.content_type, hdrs.ACCEPT_ENCODING: "identity"}
        async with self._open().post(
            self._address(delivery.query), data=delivery.body, headers=headers, allow_redirects=False
        ) as response:
            if response.status != _OK:
                response.close()
                return NotPassed(f"http_{response.status // 100}xx")
            if hdrs.CONTENT_ENCODING in response.headers:
                response.close()
                return NotPassed("encoded")
            body = bytearray()
            async for chunk in response.content.iter_any():
                body += chunk
                if len(body) > MAX_ANSWER:
                    response.close()
                    return NotPassed("oversize")
            return Passed(bytes(body), response.headers.get(hdrs.CONTENT_TYPE, "text/xml"))

    def _address(self, query: str) -> URL:
        joint = "&" if "?" in self._url else "?"
        return URL(f"{self._url}{joint}{query}" if query else self._url, encoded=True)

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            # A connection each, as the platform's own: a kept one may be closed from the other side just now.
            connector = aiohttp.TCPConnector(limit=self._at_once, force_close=True)
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                trust_env=False,
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT),
            )
        return self._session
