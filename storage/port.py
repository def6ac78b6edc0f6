"""The one door to Redis: scripts and plain commands, and what can go wrong there (design §2.1)."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, Self, TypeAlias, cast

import hiredis
import redis.asyncio
from redis import exceptions
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from storage.steps import Step, passing

Argument: TypeAlias = str | bytes | int
Command: TypeAlias = Sequence[Argument]

_SCRIPTS = Path(__file__).parent / "scripts"
_SCANNED = 200
_BUSY = ("OOM", "READONLY", "MISCONF", "BUSY", "LOADING", "TRYAGAIN", "CLUSTERDOWN", "MASTERDOWN", "NOREPLICAS")


class StoreAway(Exception):
    """Redis cannot be reached or broke off: the write may or may not have happened. Ask again with the same message.

    Where it was not even `asked`, nothing can have happened.
    """

    def __init__(self, reason: str, *, asked: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.asked = asked


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
    """What the stores ask of Redis. Each call is one round trip. Raises `StoreAway` and `StoreBusy`.

    `step` names what is written; None says that nothing is.
    """

    async def call(
        self,
        script: Script,
        keys: Sequence[str],
        arguments: Sequence[Argument],
        *,
        step: Step | None,
        before: Sequence[Command] = (),
    ) -> object:
        """Run the plain commands `before`, then the script, in one round trip; return what the script returns."""

    async def command(self, *command: Argument, step: Step | None) -> object:
        """Run one plain command; return its answer, None for nil."""

    def scan(self, pattern: str) -> AsyncIterator[bytes]:
        """The keys that fit a pattern, on every node; one that comes or goes meanwhile may be in it or not."""


@dataclass(slots=True)
class _Call:
    """Commands of one caller, and where their answers go: one each, an error as a value."""

    commands: Sequence[Command]
    answers: "asyncio.Future[list[object]]"


class RedisPort:
    """`Port` over a client of `redis.asyncio` (plain, Sentinel or Cluster) that does not decode answers.

    The script calls of one turn of the loop travel together, at most `at_once` in one write: a connection of its own for
    each call costs more than the call. A caller who gives up disturbs nobody else.

    The client speaks protocol 2 and must not retry by itself: a commit repeated behind our back answers `Stale` to its
    own success. `open_port` makes such a client.
    """

    def __init__(self, client: "redis.asyncio.Redis | redis.asyncio.RedisCluster", *, at_once: int = 128) -> None:
        self._client: Any = client
        self._spread_out = isinstance(client, redis.asyncio.RedisCluster)
        self._at_once = at_once
        self._waiting: list[_Call] = []
        self._under_way: set[asyncio.Task[None]] = set()

    async def call(
        self,
        script: Script,
        keys: Sequence[str],
        arguments: Sequence[Argument],
        *,
        step: Step | None,
        before: Sequence[Command] = (),
    ) -> object:
        """See `Port`. A server that lost the script gets it again, once."""
        passing(step, "before")
        tail = (len(keys), *keys, *arguments)
        *earlier, answer = await self._send([*before, ("EVALSHA", script.sha, *tail)])
        if isinstance(answer, exceptions.NoScriptError):
            # EVAL runs the script and keeps it: one round trip, and in a cluster on the right node.
            (answer,) = await self._send([("EVAL", script.text, *tail)])
        for outcome in (answer, *earlier):
            _raise(outcome)
        passing(step, "after")
        return answer

    async def command(self, *command: Argument, step: Step | None) -> object:
        """See `Port`."""
        passing(step, "before")
        try:
            answer = await self._client.execute_command(*command)
        except (exceptions.RedisError, OSError, TimeoutError) as error:
            answer = error
        _raise(answer)
        passing(step, "after")
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
        """Send commands with the next write; return an answer or an error for each."""
        loop = asyncio.get_running_loop()
        if not self._waiting:
            loop.call_soon(self._depart)
        call = _Call(commands, loop.create_future())
        self._waiting.append(call)
        return await call.answers

    def _depart(self) -> None:
        calls = [call for call in self._waiting if not call.answers.done()]
        self._waiting.clear()
        for first in range(0, len(calls), self._at_once):
            task = asyncio.create_task(self._travel(calls[first : first + self._at_once]))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def _travel(self, calls: Sequence[_Call]) -> None:
        """Everybody gets his own answers; if the connection breaks off, everybody hears that."""
        try:
            answers = await self._exchange([command for call in calls for command in call.commands])
        except asyncio.CancelledError:
            for call in calls:
                call.answers.cancel()
            raise
        except Exception as error:
            for call in calls:
                if not call.answers.done():
                    call.answers.set_exception(_away(error))
            return
        first = 0
        for call in calls:
            if not call.answers.done():
                call.answers.set_result(answers[first : first + len(call.commands)])
            first += len(call.commands)

    async def _exchange(self, commands: Sequence[Command]) -> list[object]:
        """One write, one answer or error for each command."""
        if self._spread_out:
            return await self._spread(commands)
        # As redis-py's pipeline does, less what scripts have no use for; its packing alone costs a tenth of a message.
        pool = self._client.connection_pool
        connection = await pool.get_connection()
        try:
            await connection.send_packed_command([_pack(tuple(command)) for command in commands])
            return [await _answer(connection) for _ in commands]
        except BaseException:
            # Answers still to come would be taken for those of the next who gets this connection.
            await connection.disconnect(nowait=True)
            raise
        finally:
            await pool.release(connection)

    async def _spread(self, commands: Sequence[Command]) -> list[object]:
        """Over the nodes of a cluster, as redis-py knows how."""
        try:
            pipeline = self._client.pipeline(transaction=False)
            for command in commands:
                pipeline.execute_command(*command)
            return cast("list[object]", await pipeline.execute(raise_on_error=False))
        except exceptions.ResponseError as error:
            return [error] * len(commands)


_pack: Callable[[tuple[Argument, ...]], bytes] = hiredis.pack_command  # type: ignore[assignment] # its stub: a tuple of one


async def _answer(connection: Any) -> object:
    try:
        return await connection.read_response()
    except exceptions.ResponseError as error:
        return error


def open_port(url: str, *, connections: int = 64, wait_seconds: float = 2.0, answer_seconds: float = 2.0) -> RedisPort:
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


def _away(error: Exception) -> Exception:
    """The error of a whole exchange, as one caller hears it: one exception each, so that no traceback is shared."""
    if not isinstance(error, exceptions.RedisError | OSError | TimeoutError):
        return error
    away = StoreAway(_reason(error))
    away.__cause__ = error
    return away


def _raise(answer: object) -> None:
    if not isinstance(answer, exceptions.RedisError | OSError | TimeoutError):
        return
    if not isinstance(answer, exceptions.ResponseError):
        raise StoreAway(_reason(answer)) from answer
    busy = isinstance(answer, exceptions.OutOfMemoryError | exceptions.ReadOnlyError)
    if busy or str(answer).startswith(_BUSY):
        raise StoreBusy(_reason(answer)) from answer
    raise answer


def _reason(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
