"""All of ours in Redis, key by key, for a backup: by meaning and not as the server packs it, so that any Redis or Valkey takes it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final, Literal, cast

from storage.port import Argument, Port, Script
from storage.steps import Step

_COPY: Final = Script.read("copy")
_SHORT: Final = (
    "token:",
    "token-lock:",
    "media:",
    "media-lock:",
    "session:",
    "sign-in:",
    "console:",
    "device:",
    "tries:",
)
"""What nobody wants back: tokens of the platform, who is signed in. It is made anew within minutes."""
_LEAST_MS: Final = 60_000
_AT_ONCE: Final = 500

Kind = Literal["string", "hash", "zset"]


class KindUnknown(Exception):
    """A key of ours holds something that no program of this version writes; the message names the key's kind."""


@dataclass(frozen=True, slots=True)
class KeptKey:
    """A key, what is left of its time (None: for good), and what it holds: one value, or fields with values, or members with scores."""

    name: bytes
    kind: Kind
    left_ms: int | None
    held: tuple[bytes, ...]


class KeyCopy:
    """Reads every key below the prefix, and puts such keys into a store that has none."""

    def __init__(self, port: Port, *, prefix: str = "lianban:") -> None:
        self._port = port
        self._prefix = prefix

    async def read(self) -> AsyncIterator[KeptKey]:
        """Each key once, as it is in one moment; those that come or go meanwhile may be there or not. Raises KindUnknown."""
        met = set[bytes]()
        short = tuple(f"{self._prefix}{one}".encode() for one in _SHORT)
        async for name in self._port.scan(f"{self._prefix}*"):
            if name in met or name.startswith(short):
                continue
            met.add(name)
            answer = await self._port.call(_COPY, (name.decode(),), (), step=None)
            kind, left, held = cast("tuple[bytes, int, list[bytes]]", answer)
            if kind == b"none":
                continue
            if kind not in {b"string", b"hash", b"zset"}:
                raise KindUnknown(f"{name.decode(errors='replace').split('{')[0]}: {kind.decode()}")
            yield KeptKey(name, cast("Kind", kind.decode()), left if left >= 0 else None, tuple(held))

    async def empty(self) -> bool:
        """Whether there is no key of ours."""
        async for _ in self._port.scan(f"{self._prefix}*"):
            return False
        return True

    async def put(self, one: KeptKey) -> None:
        """The key as it was. Its time goes on from now: what is due is kept as an instant inside, this only collects garbage."""
        name = one.name.decode()
        if one.kind == "string":
            await self._port.command("SET", name, *one.held, step=Step.RESTORE)
        else:
            for first in range(0, len(one.held), 2 * _AT_ONCE):
                pairs: tuple[Argument, ...] = one.held[first : first + 2 * _AT_ONCE]
                if one.kind == "zset":
                    pairs = tuple(item for at in range(0, len(pairs), 2) for item in (pairs[at + 1], pairs[at]))
                await self._port.command("HSET" if one.kind == "hash" else "ZADD", name, *pairs, step=Step.RESTORE)
        if one.left_ms is not None:
            await self._port.command("PEXPIRE", name, max(one.left_ms, _LEAST_MS), step=Step.RESTORE)
