"""Access tokens shared by all processes, and the lock under which one of them fetches a new one (design §6).

A platform token is worth one account's whole access, and fetching one may invalidate its predecessor: every process
reads it here, and only the holder of the lock fetches.
"""

import secrets
from typing import Final, Literal, cast
from urllib.parse import quote

from storage.port import Port, Script
from storage.steps import Step

GARBAGE_MS: Final = 86_400_000
"""After a day nobody refreshed it, a token is garbage. Its expiry is the instant stored with it. What was uploaded would be
good for three days (platform rule), and is forgotten as early."""

LOCK_MS: Final = 15_000

_INVALIDATE = Script.read("token_invalidate")
_RELEASE = Script.read("lock_release")


class TokenCache:
    """The present access token per account (any string, such as an app id). Raises `StoreAway` and `StoreBusy`.

    `kind` "media": what the platform calls a file that was uploaded there, per account and file, in the same way.
    """

    def __init__(self, port: Port, *, prefix: str = "lianban:", kind: Literal["token", "media"] = "token") -> None:
        self._port = port
        self._prefix = f"{prefix}{kind}"

    async def get(self, account: str, now_ms: int) -> str | None:
        """The token if it is valid after `now_ms` (epoch milliseconds), else None."""
        value = cast("bytes | None", await self._port.command("GET", self._token(account), step=None))
        if value is None:
            return None
        expires, _, token = value.decode().partition(" ")
        return token if int(expires) > now_ms else None

    async def put(self, account: str, token: str, expires_ms: int) -> None:
        """Store a token that is valid until `expires_ms` (epoch milliseconds, already less the caller's margin)."""
        value = f"{expires_ms} {token}"
        await self._port.command("SET", self._token(account), value, "PX", GARBAGE_MS, step=Step.TOKEN)

    async def invalidate(self, account: str, token: str) -> bool:
        """Delete the token the platform refused, unless somebody has put a newer one; whether it was deleted."""
        return await self._port.call(_INVALIDATE, (self._token(account),), (token,), step=Step.TOKEN) == 1

    async def lock(self, account: str, *, lease_ms: int = LOCK_MS) -> str | None:
        """Try to become the one who fetches.

        Returns what `unlock` wants, None when another process is fetching (look into `get` again in a moment). The
        lease ends by Redis' own clock, so that a killed holder blocks nobody for longer.
        """
        held = secrets.token_hex(16)
        taken = await self._port.command("SET", self._lock(account), held, "NX", "PX", lease_ms, step=Step.TOKEN)
        return None if taken is None else held

    async def unlock(self, account: str, held: str) -> bool:
        """Release the lock; False when the lease had ended before."""
        return await self._port.call(_RELEASE, (self._lock(account),), (held,), step=Step.TOKEN) == 1

    def _token(self, account: str) -> str:
        return f"{self._prefix}:{quote(account, safe='')}"

    def _lock(self, account: str) -> str:
        return f"{self._prefix}-lock:{quote(account, safe='')}"
