"""The one door to Redis: scripts and plain commands, and what can go wrong there (design §2.1)."""

import hashlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, Self, TypeAlias, cast

import redis.asyncio
from redis import exceptions
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

Argument: TypeAlias = str | bytes | int
Command: TypeAlias = Sequence[Argument]

_SCRIPTS = Path(__file__).parent / "scripts"
_SCANNED = 200
_BUSY = ("OOM", "READONLY", "MISCONF", "BUSY", "LOADING", "TRYAGAIN", "CLUSTERDOWN", "MASTERDOWN", "NOREPLICAS")


class StoreAway(Exception):
    """Redis cannot be reached or broke off: the write may or may not have happened. Ask again with the same message."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class StoreBusy(Exception):
    """Redis answers, but refuses for now: memory full, read-only, disk failing. Ask again later."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Script:
    """A Lua script and the digest it is called by."""

    text: str = field(repr=False)
    sha: str

    @classmethod
    def read(cls, name: str) -> Self:
        """The script `storage/scripts/<name>.lua`."""
        text = (_SCRIPTS / f"{name}.lua").read_text(encoding="utf-8")
        return cls(text, hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest())


class Port(Protocol):
    """What the stores ask of Redis. Each call is one round trip. Raises `StoreAway` and `StoreBusy`."""

    async def call(
        self, script: Script, keys: Sequence[str], arguments: Sequence[Argument], *, before: Sequence[Command] = ()
    ) -> object:
        """Run the plain commands `before`, then the script, in one round trip; return what the script returns."""

    async def command(self, *command: Argument) -> object:
        """Run one plain command; return its answer, None for nil."""

    def scan(self, pattern: str) -> AsyncIterator[bytes]:
        """The keys that fit a pattern, on every node; one that comes or goes meanwhile may be in it or not."""


class RedisPort:
    """`Port` over a client of `redis.asyncio` (plain, Sentinel or Cluster) that does not decode answers.

    The client speaks protocol 2 and must not retry by itself: a commit repeated behind our back answers `Stale` to its
    own success. `open_port` makes such a client.
    """

    def __init__(self, client: "redis.asyncio.Redis | redis.asyncio.RedisCluster") -> None:
        self._client: Any = client

    async def call(
        self, script: Script, keys: Sequence[str], arguments: Sequence[Argument], *, before: Sequence[Command] = ()
    ) -> object:
        """See `Port`. A server that lost the script gets it again, once."""
        tail = (len(keys), *keys, *arguments)
        *earlier, answer = await self._send([*before, ("EVALSHA", script.sha, *tail)])
        if isinstance(answer, exceptions.NoScriptError):
            # EVAL runs the script and keeps it: one round trip, and in a cluster on the right node.
            (answer,) = await self._send([("EVAL", script.text, *tail)])
        for outcome in (answer, *earlier):
            _raise(outcome)
        return answer

    async def command(self, *command: Argument) -> object:
        """See `Port`."""
        (answer,) = await self._send([command])
        _raise(answer)
        return answer

    async def scan(self, pattern: str) -> AsyncIterator[bytes]:
        """See `Port`."""
        try:
            async for key in self._client.scan_iter(match=pattern, count=_SCANNED):
                yield key
        except (exceptions.RedisError, OSError, TimeoutError) as error:
            raise StoreAway(_reason(error)) from error

    async def close(self) -> None:
        """Close every connection."""
        await self._client.aclose()

    async def _send(self, commands: Sequence[Command]) -> list[object]:
        """Send commands in one write; return an answer or an error for each."""
        try:
            if len(commands) == 1:
                return [await self._client.execute_command(*commands[0])]
            pipeline = self._client.pipeline(transaction=False)
            for command in commands:
                pipeline.execute_command(*command)
            return cast("list[object]", await pipeline.execute(raise_on_error=False))
        except exceptions.ResponseError as error:
            return [error]
        except (exceptions.RedisError, OSError, TimeoutError) as error:
            raise StoreAway(_reason(error)) from error


def open_port(url: str, *, connections: int = 64, wait_seconds: float = 3.0, answer_seconds: float = 3.0) -> RedisPort:
    """A port to one server at `url` (``redis://``, ``rediss://`` or ``unix://``).

    At most `connections` are open; a call waits up to `wait_seconds` for a free one, and up to `answer_seconds` for
    its answer. Nothing connects before the first call.
    """
    pool = redis.asyncio.BlockingConnectionPool.from_url(
        url,
        max_connections=connections,
        timeout=wait_seconds,
        socket_timeout=answer_seconds,
        socket_connect_timeout=answer_seconds,
        retry=Retry(NoBackoff(), 0),
        protocol=2,
        decode_responses=False,
    )
    return RedisPort(redis.asyncio.Redis.from_pool(pool))


def _raise(answer: object) -> None:
    if not isinstance(answer, exceptions.RedisError):
        return
    if isinstance(answer, exceptions.ConnectionError | exceptions.TimeoutError):
        raise StoreAway(_reason(answer)) from answer
    busy = isinstance(answer, exceptions.OutOfMemoryError | exceptions.ReadOnlyError)
    if busy or str(answer).startswith(_BUSY):
        raise StoreBusy(_reason(answer)) from answer
    raise answer


def _reason(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
