"""How often something was wrong within a while, counted for all processes together: for what must not be tried at will."""

import json
from hashlib import sha256
from typing import Final, cast

from storage.port import Port
from storage.steps import Step

WITHIN_MS: Final = 15 * 60_000


class WrongTries:
    """`most` wrong tries of one `who` within `within_ms`, then none is heard until the first of them is so long ago.

    Raises `StoreAway` and `StoreBusy`.
    """

    def __init__(
        self, port: Port, kind: str, *, most: int, within_ms: int = WITHIN_MS, prefix: str = "lianban:"
    ) -> None:
        """`kind` keeps the tries of different things apart."""
        self._port = port
        self._most = most
        self._within_ms = within_ms
        self._name = f"{prefix}tries:{kind}:"

    async def left(self, who: str, now_ms: int) -> int:
        """How often he may still be wrong; 0: not now."""
        return max(0, self._most - len(await self._known(who, now_ms)))

    async def wrong(self, who: str, now_ms: int) -> None:
        """He was wrong once more. Two at the same moment may be counted as one."""
        known = [*await self._known(who, now_ms), now_ms][-self._most :]
        await self._port.command("SET", self._key(who), json.dumps(known), "PX", self._within_ms, step=Step.SESSION)

    async def right(self, who: str) -> None:
        """What was wrong before does not count any more."""
        await self._port.command("DEL", self._key(who), step=Step.SESSION)

    async def _known(self, who: str, now_ms: int) -> list[int]:
        found = cast("bytes | None", await self._port.command("GET", self._key(who), step=None))
        return [] if found is None else [one for one in json.loads(found) if now_ms - one < self._within_ms]

    def _key(self, who: str) -> str:
        return self._name + sha256(who.encode()).hexdigest()
