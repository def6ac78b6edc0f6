"""Conversations in Redis: one script call loads, one commits, and the revision decides who was first (design §2.1)."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias, cast
from urllib.parse import quote, unquote

import structlog
from redis.exceptions import ResponseError

from storage.fate import may_be_written
from storage.port import Argument, Port, RedisPort, Script, StoreAway, StoreBusy, open_port
from storage.steps import Step

__all__ = [
    "Backlog",
    "Commit",
    "Committed",
    "Conversations",
    "Loaded",
    "Port",
    "RedisPort",
    "Seen",
    "Stale",
    "StoreAway",
    "StoreBusy",
    "Unchanged",
    "Work",
    "open_port",
]

DAY_MS: Final = 86_400_000
REVISION: Final = "rev"
"""The hash field that holds the revision; no part may have this name."""

PASSED_BY: Final = b"passed by"
"""Stands for the reply to a message that is not ours: nothing of its person is kept."""
_PASSED_MS: Final = 60_000
"""Platform rule: the three deliveries of a message are over within a quarter of this."""

_LOAD = Script.read("load")
_COMMIT = Script.read("commit")
_WORK_DONE = Script.read("work_done")
_FORGET = Script.read("forget")
_PASS_BY = Script.read("pass_by")
_SWAP = Script.read("swap")

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Loaded:
    """A conversation as it is now; one that does not exist has revision 0 and no parts.

    `reply` is what the message got when it was committed before (maybe ``b""``), None when it was never seen.
    """

    revision: int
    parts: dict[str, bytes]
    reply: bytes | None


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The conversation is still as the caller knows it; `reply` as in `Loaded`."""

    reply: bytes | None


@dataclass(frozen=True, slots=True)
class Committed:
    """The parts, the seen mark and the reply are stored; `revision` is the new one."""

    revision: int


@dataclass(frozen=True, slots=True)
class Stale:
    """Somebody else committed first, nothing was written: load again and recompute. `revision` is the present one."""

    revision: int


@dataclass(frozen=True, slots=True)
class Seen:
    """This message was committed before, nothing was written: send the `reply` it got then."""

    reply: bytes


Commit: TypeAlias = Committed | Stale | Seen


class Work(NamedTuple):
    """An entry of the work index: something in `conversation` may be due since `due_ms` (epoch milliseconds)."""

    conversation: str
    due_ms: int


class Backlog(NamedTuple):
    """How many entries the work index has, and since when the oldest is due (epoch milliseconds; None if it is empty)."""

    entries: int
    oldest_ms: int | None


class Conversations:
    """Every conversation: named parts under a revision, and the replies its recent messages got.

    Parts and replies are opaque bytes, already sealed. A conversation is any non-empty string; all its keys share one
    hash tag. `seen_ms` is how long a reply is kept for a redelivery, `idle_ms` how long after its last commit a
    conversation is garbage. Every method is one round trip, and raises `StoreAway` or `StoreBusy`.
    """

    def __init__(
        self, port: Port, *, prefix: str = "lianban:", seen_ms: int = 3 * DAY_MS, idle_ms: int = 400 * DAY_MS
    ) -> None:
        self._port = port
        self._prefix = prefix
        self._seen_ms = seen_ms
        self._idle_ms = idle_ms
        self._work = f"{prefix}work"

    async def load(self, conversation: str, message: str | None = None) -> Loaded:
        """The conversation and, when `message` (a dedupe key) was seen, the reply it got."""
        answer = await self._port.call(_LOAD, self._keys(conversation, message), (), step=None)
        return _loaded(*cast("tuple[list[bytes], bytes | None]", answer))

    async def refresh(
        self, conversation: str, message: str | None, *, revision: int, same: Mapping[str, bytes]
    ) -> Loaded | Unchanged:
        """`load` for a caller who knows the conversation at `revision` and the parts `same`.

        Both must still be so for it to be unchanged: a conversation that was erased and begun anew counts from 1 again,
        but its keys are others.
        """
        known = [revision, *(item for part in same.items() for item in part)]
        answer = await self._port.call(_LOAD, self._keys(conversation, message), known, step=None)
        fields, reply = cast("tuple[list[bytes] | None, bytes | None]", answer)
        return Unchanged(reply) if fields is None else _loaded(fields, reply)

    async def commit(
        self,
        conversation: str,
        *,
        revision: int,
        changed: Mapping[str, bytes | None],
        step: Step,
        message: str | None = None,
        reply: bytes = b"",
        work_due: int | None = None,
        later_due: int | None = None,
    ) -> Commit:
        """Write `changed` parts (None deletes one), mark `message` as seen with its `reply`: all, or nothing.

        `revision` is the one that was loaded. Without a `message` nothing is marked, and the caller must bear a
        repetition. `work_due` (epoch milliseconds) announces to the sweeper that something here will be due
        (see `work`): the earliest such instant of the whole conversation, some seconds in the future, so that no
        sweeper looks before the commit. `later_due` is such an instant where nothing is under way and only time must
        pass: it never puts an earlier entry off. Raises `ValueError` for a part named ``rev``.
        """
        if REVISION in changed:
            raise ValueError(f"no part may be named {REVISION!r}")
        deleted = [name for name, value in changed.items() if value is None]
        written = [item for name, value in changed.items() if value is not None for item in (name, value)]
        arguments: list[Argument] = [revision, reply, self._seen_ms, self._idle_ms, len(deleted), *deleted, *written]
        # The index lies in another slot, so no script can hold both. Entered first, it can only name too much.
        before: tuple[tuple[Argument, ...], ...] = ()
        if work_due is not None:
            before = (("ZADD", self._work, work_due, conversation),)
        elif later_due is not None:
            before = (("ZADD", self._work, "LT", later_due, conversation),)
        try:
            answer = await self._port.call(
                _COMMIT, self._keys(conversation, message), arguments, step=step, before=before
            )
        except StoreAway as away:
            if away.asked:
                may_be_written()
            raise
        outcome, value = cast("tuple[bytes, int | bytes]", answer)
        if outcome == b"seen":
            return Seen(cast("bytes", value))
        if outcome == b"stale":
            return Stale(cast("int", value))
        may_be_written()
        return Committed(cast("int", value))

    async def replies(self, conversation: str, message: str) -> bytes | None:
        """The reply `message` got, None when it was never seen or too long ago."""
        return cast("bytes | None", await self._port.command("GET", self._keys(conversation, message)[1], step=None))

    async def pass_by(self, conversation: str, message: str) -> bool:
        """Mark the message as not ours for a minute; False where it was seen and has a reply. Nothing else is stored."""
        key = self._keys(conversation, message)[1]
        before = await self._port.call(_PASS_BY, (key,), (PASSED_BY, _PASSED_MS), step=Step.PASSED)
        return before in {None, PASSED_BY}

    async def work(self, before_ms: int, limit: int) -> list[Work]:
        """Up to `limit` conversations in which something may be due at `before_ms` or earlier, oldest first.

        A superset: an entry whose commit failed, or whose work somebody did, is found here too. A commit that lost
        may put an entry off until its own instant, never remove it.
        """
        answer = await self._port.command(
            "ZRANGEBYSCORE", self._work, "-inf", before_ms, "WITHSCORES", "LIMIT", 0, limit, step=None
        )
        flat = cast("list[bytes]", answer)
        return [Work(name.decode(), int(score)) for name, score in zip(flat[::2], flat[1::2], strict=True)]

    async def backlog(self) -> Backlog:
        """How much work there is, for whoever watches. Two round trips."""
        entries = cast("int", await self._port.command("ZCARD", self._work, step=None))
        first = cast("list[bytes]", await self._port.command("ZRANGE", self._work, 0, 0, "WITHSCORES", step=None))
        return Backlog(entries, int(first[1]) if first else None)

    async def work_done(self, conversation: str, due_ms: int, next_ms: int | None = None) -> bool:
        """Take an entry off the index, or move it to `next_ms`, unless a commit entered another instant since `work`
        found it.

        Returns whether it was removed or moved.
        """
        later = () if next_ms is None else (next_ms,)
        return await self._port.call(_WORK_DONE, (self._work,), (conversation, due_ms, *later), step=Step.SWEPT) == 1

    async def forget(self, conversation: str, revision: int) -> bool:
        """Delete a conversation with all its parts and keys, if it is still at this revision."""
        return await self._port.call(_FORGET, self._keys(conversation, None), (revision,), step=Step.FORGET) == 1

    async def names(self) -> AsyncIterator[str]:
        """Every conversation there is from the first moment to the last; some twice, and of others maybe some."""
        before, _, after = f"{self._prefix}{{*}}:c".partition("*")
        async for key in self._port.scan(f"{_glob(before)}*{after}"):
            yield unquote(key.decode().removeprefix(before).removesuffix(after))

    async def swap(self, conversation: str, changed: Mapping[str, tuple[bytes, bytes]]) -> int:
        """Replace parts (old and new value) where they still have the old one, under the same revision; how many were.

        For parts that no commit replaces: a commit that runs at the same time neither loses nor is lost.
        """
        flat = [item for name, (old, new) in changed.items() for item in (name, old, new)]
        return cast("int", await self._port.call(_SWAP, self._keys(conversation, None), flat, step=Step.SWAP))

    async def rewrite(self) -> None:
        """Let the server write its append-only file anew, so that what was destroyed is not in it any more."""
        try:
            await self._port.command("BGREWRITEAOF", step=None)
        except ResponseError as error:  # one is under way or the server is not ours to tell: the next time does it
            _log.info("rewrite_refused", reason=str(error)[:80])

    def _keys(self, conversation: str, message: str | None) -> Sequence[str]:
        if not conversation:
            raise ValueError("a conversation has a name")  # an empty hash tag is none
        tag = f"{self._prefix}{{{_safe(conversation)}}}"
        return (f"{tag}:c",) if message is None else (f"{tag}:c", f"{tag}:m:{_safe(message)}")


def _loaded(fields: list[bytes], reply: bytes | None) -> Loaded:
    parts = {name.decode(): value for name, value in zip(fields[::2], fields[1::2], strict=True)}
    return Loaded(int(parts.pop(REVISION, b"0")), parts, reply)


@lru_cache(maxsize=4096)
def _safe(text: str) -> str:
    """Percent-encode what could end a hash tag or a key's section."""
    return quote(text, safe="@=")


def _glob(text: str) -> str:
    """The text as a pattern that fits it alone."""
    return "".join(f"\\{one}" if one in "*?[]^\\" else one for one in text)
