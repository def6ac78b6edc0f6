"""Sign-ins under way: a person was sent to the platform and is expected back, once, in the same browser (ADR 29)."""

import json
import secrets
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from typing import Final, cast

from storage.port import Port
from storage.steps import Step

LASTS_MS: Final = 10 * 60_000


class Back(Enum):
    """Who came back with a state."""

    FIRST = "first"
    AGAIN = "again"  # the same browser once more: a double click, a reload, the back button
    STRANGER = "stranger"  # another browser than the one that was sent


@dataclass(frozen=True, slots=True)
class Return:
    """A state that we gave out came back: by whom, and the local path where the person wanted to go."""

    back: Back
    to: str


class SignIns:
    """States given to the platform. Raises `StoreAway` and `StoreBusy`."""

    def __init__(self, port: Port, *, prefix: str = "lianban:") -> None:
        self._port = port
        self._prefix = prefix

    async def begin(self, account: str, browser: str, to: str, now_ms: int) -> str:
        """A state (platform rule: letters and digits, at most 128) for whoever has the secret `browser`."""
        state = secrets.token_hex(24)
        kept = json.dumps({"account": account, "browser": _digest(browser), "to": to, "until": now_ms + LASTS_MS})
        await self._port.command("SET", self._key(state), kept, "PX", LASTS_MS, step=Step.SESSION)
        return state

    async def come_back(self, account: str, browser: str, state: str, now_ms: int) -> Return | None:
        """What this state was for; None for one that we did not give for this account, or too long ago.

        A stranger does not use it up: whoever was sent can still come back.
        """
        found = cast("bytes | None", await self._port.command("GET", self._key(state), step=None))
        kept = None if found is None else json.loads(found)
        if kept is None or kept["account"] != account or kept["until"] <= now_ms:
            return None
        if not secrets.compare_digest(kept["browser"], _digest(browser)):
            return Return(Back.STRANGER, kept["to"])
        used = f"{self._key(state)}:used"
        first = await self._port.command("SET", used, "1", "NX", "PX", LASTS_MS, step=Step.SESSION)
        return Return(Back.AGAIN if first is None else Back.FIRST, kept["to"])

    def _key(self, state: str) -> str:
        return f"{self._prefix}sign-in:{_digest(state)}"


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
