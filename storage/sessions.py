"""Who is signed in to our pages, by a secret that only his browser has; shared by all processes (ADR 29).

The secret is a key nobody can look up: what lies in Redis is its digest. Instants are stored, Redis' own expiry only collects garbage.
"""

import json
import secrets
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Final, cast

from storage.port import Port
from storage.steps import Step

IDLE_MS: Final = 30 * 60_000
WHOLE_MS: Final = 12 * 3_600_000
_NOTED: Final = 10
"""That he was here is written down this many times within the time he may be idle, not at every request."""


@dataclass(frozen=True, slots=True)
class Session:
    """One person of one account in one browser. `account` is ours, `person` the platform's openid; `proof` stands in every form that
    we gave him, so that no other site can send one in his name. Instants are epoch milliseconds.
    """

    account: str
    person: str
    proof: str
    begun_ms: int
    seen_ms: int


class Sessions:
    """Sessions end `idle_ms` after the last request, and `whole_ms` after they began. Raises `StoreAway` and `StoreBusy`."""

    def __init__(
        self,
        port: Port,
        *,
        prefix: str = "lianban:",
        kind: str = "session",
        idle_ms: int = IDLE_MS,
        whole_ms: int = WHOLE_MS,
    ) -> None:
        """`kind` keeps what is for different things apart."""
        self._port = port
        self._prefix = f"{prefix}{kind}:"
        self._idle_ms = idle_ms
        self._whole_ms = whole_ms

    async def begin(self, account: str, person: str, now_ms: int) -> tuple[str, Session]:
        """A new one, with the secret for his browser."""
        secret = secrets.token_urlsafe(32)
        session = Session(account, person, secrets.token_urlsafe(32), now_ms, now_ms)
        await self._port.command("SET", self._key(secret), _text(session), "PX", self._whole_ms, step=Step.SESSION)
        return secret, session

    async def of(self, secret: str, now_ms: int) -> Session | None:
        """The session of this secret, if it has not ended."""
        found = cast("bytes | None", await self._port.command("GET", self._key(secret), step=None))
        if found is None:
            return None
        session = Session(**json.loads(found))
        left = session.begun_ms + self._whole_ms - now_ms
        if left <= 0 or now_ms - session.seen_ms > self._idle_ms:
            return None
        if now_ms - session.seen_ms > self._idle_ms // _NOTED:
            session = replace(session, seen_ms=now_ms)
            # XX: one that has ended meanwhile does not come back.
            await self._port.command("SET", self._key(secret), _text(session), "XX", "PX", left, step=Step.SESSION)
        return session

    async def end(self, secret: str) -> None:
        """He leaves, or comes in anew under another secret."""
        await self._port.command("DEL", self._key(secret), step=Step.SESSION)

    def _key(self, secret: str) -> str:
        return f"{self._prefix}{sha256(secret.encode()).hexdigest()}"


def _text(session: Session) -> str:
    return json.dumps(asdict(session))
