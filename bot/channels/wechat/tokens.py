"""One account's access token: cached for all processes, fetched by one of them."""

import asyncio
from typing import Protocol

from bot.channels.wechat.envelope import Clock
from bot.channels.wechat.results import Failed, NoAnswer


class TokenCache(Protocol):
    """Tokens shared by all processes; `account` is the appid, instants are epoch milliseconds."""

    async def get(self, account: str, now_ms: int) -> str | None:
        """The token if it is valid after `now_ms`."""

    async def put(self, account: str, token: str, expires_ms: int) -> None:
        """Store a token."""

    async def invalidate(self, account: str, token: str) -> bool:
        """Delete the token if it is still this one; whether it was."""

    async def lock(self, account: str) -> str | None:
        """Try to become the one who fetches: what `unlock` wants, or None if another one is. It ends by itself."""

    async def unlock(self, account: str, held: str) -> bool:
        """Release the lock."""


class TokenSource(Protocol):
    """Fetches a token from the platform."""

    async def fetch_token(self) -> tuple[str, float] | Failed:
        """The token and the seconds it is valid."""


MARGIN_SECONDS = 60.0
"""A token is given up this long before its end (platform rule: in its last 5 minutes a new one is handed out)."""

POLL_SECONDS = 0.1
WAIT_SECONDS = 15.0


class Tokens:
    """The token to use now.

    Platform rule: stable_token without force returns the same token to everybody, so nobody's token is ever broken by
    another's fetch; the lock only keeps many cold processes from fetching at once.
    """

    def __init__(self, appid: str, cache: TokenCache, source: TokenSource, clock: Clock) -> None:
        self._appid = appid
        self._cache = cache
        self._source = source
        self._clock = clock
        self._here = asyncio.Lock()

    async def current(self) -> str | Failed:
        """The cached token, or a fetched one. Raises what the cache raises."""
        return await self._cached() or await self._fetched()

    async def refused(self, token: str) -> None:
        """The platform refused this token: forget it, unless it has been replaced meanwhile."""
        await self._cache.invalidate(self._appid, token)

    async def _cached(self) -> str | None:
        return await self._cache.get(self._appid, self._now_ms())

    async def _fetched(self) -> str | Failed:
        # One waiter per process polls the shared lock, the others wait here.
        async with self._here:
            for _ in range(round(WAIT_SECONDS / POLL_SECONDS)):
                held = await self._cache.lock(self._appid)
                if held is not None:
                    try:
                        return await self._cached() or await self._fetch()
                    finally:
                        await self._cache.unlock(self._appid, held)
                await asyncio.sleep(POLL_SECONDS)
                token = await self._cached()
                if token:
                    return token
        return NoAnswer("token_lock", may_have_arrived=False)

    async def _fetch(self) -> str | Failed:
        found = await self._source.fetch_token()
        if not isinstance(found, tuple):
            return found
        token, seconds = found
        kept = seconds - min(MARGIN_SECONDS, seconds / 2)
        await self._cache.put(self._appid, token, self._now_ms() + int(kept * 1000))
        return token

    def _now_ms(self) -> int:
        return int(self._clock().timestamp() * 1000)
