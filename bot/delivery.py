"""The delivery worker: claims what waits in the outbox, has it sent, and records how that ended (design §2.4)."""

import asyncio
import datetime as dt
from asyncio import timeout
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Final, Protocol

import structlog

from bot.journal import where
from model.delivery import Failed, Outcome, Postponed, Row, RowState, Unknown, Unreachable
from storage.away import RECORDS_AWAY
from storage.outbox import LEASE
from storage.port import StoreAway, StoreBusy
from storage.trace import tracing


class Announce(Protocol):
    """Says by which channel a message is about to go."""

    async def __call__(self, channel: str, protected: dt.timedelta | None, along: Sequence[Row] = (), /) -> None:
        """`protected`: how long the channel recognises a repetition (None: not at all). `along` are told in the same
        message and end as the row does. Raises `LeaseLost` or `AlongGone`.
        """


_SEND_SECONDS: Final = LEASE.total_seconds() / 2
_BLOCKED_SECONDS: Final = 1.0
_DATABASE_SECONDS: Final = 5.0
_FINISH_TRIES: Final = 3
_OURS: Final = (*RECORDS_AWAY, StoreAway, StoreBusy)
"""What goes wrong before a channel is announced is with our own stores: the platform has not been asked yet."""

_log = structlog.get_logger(__name__)


class Rows(Protocol):
    """Where rows wait: the outbox, or the part of it that is for the own systems of bodies."""

    async def claim(self, now: dt.datetime, limit: int) -> tuple[Row, ...]:
        """Rows to be sent now, each of another recipient."""

    async def announce(
        self, row: Row, channel: str, protected_until: dt.datetime | None, along: Sequence[Row] = ()
    ) -> None:
        """Before an attempt goes. Raises LeaseLost, and AlongGone."""

    async def finish(self, row: Row, outcome: Outcome, now: dt.datetime, jitter: float) -> RowState | None:
        """An attempt has ended."""

    async def next_due(self) -> dt.datetime | None:
        """When there may be more to do."""


class Sender(Protocol):
    """Composes the message of a row and talks to the platform; tries its channels in turn."""

    async def send(self, row: Row, announce: Announce) -> Outcome:
        """Send one row. Call `announce` right before a request that might arrive, and again before another channel.

        A row with a `channel` may have arrived already: only that channel may be used, with the same idempotency key.
        Whatever is raised counts as failed before the first `announce`, or does not count at all if our own stores were
        out of reach; after it, as unknown.
        """


class Delivery:
    """One worker; there may be others in other processes.

    `now` is the clock, `jitter` a number between 0 and 1; `at_once` rows are under way at most, each of another
    person, so that a slow or failing one delays nobody else. It wakes up when told (`wake`), when a row is due, and
    every `look_seconds` for rows of other processes. While not `able` (the conversations are away) it claims nothing:
    that is no failure of a recipient, and must not use up his attempts.
    """

    def __init__(
        self,
        outbox: Rows,
        sender: Sender,
        *,
        now: Callable[[], dt.datetime],
        jitter: Callable[[], float],
        at_once: int = 16,
        look_seconds: float = 10.0,
        send_seconds: float = _SEND_SECONDS,
        able: Callable[[], bool] = lambda: True,
        ended: Callable[[str, str], None] = lambda _channel, _outcome: None,
    ) -> None:
        """`ended` hears of every attempt: its channel ("none" if it came to none) and its outcome."""
        self._outbox = outbox
        self._sender = sender
        self._now = now
        self._jitter = jitter
        self._at_once = at_once
        self._look = look_seconds
        self._send_seconds = send_seconds
        self._able = able
        self._ended_with = ended
        self._woken = asyncio.Event()
        self._stopping = False
        self._under_way: set[asyncio.Task[None]] = set()
        self._claiming = asyncio.Lock()

    def wake(self) -> None:
        """Something was committed that may be due."""
        self._woken.set()

    def stop(self) -> None:
        """Claim nothing more; `run` returns when what is under way has ended."""
        self._stopping = True
        self._woken.set()

    @asynccontextmanager
    async def still(self) -> AsyncGenerator[None, None]:
        """Nothing is under way while this lasts: the clock may jump without a lease running out under somebody."""
        async with self._claiming:
            await asyncio.gather(*self._under_way, return_exceptions=True)
            yield

    async def run(self) -> None:
        """Work until stopped. Cancelled, it leaves rows as `sending`; their lease decides (see `storage.outbox`)."""
        try:
            while not self._stopping:
                self._woken.clear()
                pause = await self._round()
                if pause > 0 and not self._stopping:
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._woken.wait(), pause)
            await asyncio.gather(*self._under_way)
        finally:
            for task in self._under_way:
                task.cancel()

    async def deliver_due(self) -> None:
        """Delivers all that is due at this moment, and ends: for whoever moves the clock himself."""
        while await self._round() <= 0 or self._under_way:
            await asyncio.gather(*self._under_way)

    async def _round(self) -> float:
        """Start what is due; the seconds until there may be more to do."""
        free = self._at_once - len(self._under_way)
        if free == 0:
            return self._look  # whoever ends wakes us
        if not self._able():
            return _BLOCKED_SECONDS
        async with self._claiming:
            try:
                rows = await self._outbox.claim(self._now(), free)
                due = None if rows else await self._outbox.next_due()
            except Exception as error:
                _log.error("outbox_away", **_about(error))
                return _DATABASE_SECONDS
            for row in rows:
                task = asyncio.create_task(self._deliver(row))
                self._under_way.add(task)
                task.add_done_callback(self._ended)
        if rows:
            return 0
        left = self._look if due is None else (due - self._now()).total_seconds()
        # Due but not claimable: the same person is being written to elsewhere.
        return min(self._look, left if left > 0 else _BLOCKED_SECONDS)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._woken.set()

    async def _deliver(self, row: Row) -> None:
        with tracing(row.trace):
            await self._delivered(row)

    async def _delivered(self, row: Row) -> None:
        outcome, channel, along = await self._send(row)
        self._ended_with(channel, outcome.outcome)
        await self._keep(row, outcome, channel)
        for one in along:
            await self._keep(one, _along(outcome), channel)

    async def _keep(self, row: Row, outcome: Outcome, channel: str) -> None:
        for left in reversed(range(_FINISH_TRIES)):
            try:
                state = await self._outbox.finish(row, outcome, self._now(), self._jitter())
            except Exception as error:
                _log.error("outcome_not_kept", row=row.id, outcome=outcome.outcome, **_about(error))
                if left:
                    await asyncio.sleep(_BLOCKED_SECONDS)
            else:
                _log.info(
                    "sent", row=row.id, template=row.template, channel=channel, outcome=outcome.outcome, state=state
                )
                return

    async def _send(self, row: Row) -> tuple[Outcome, str, tuple[Row, ...]]:
        """How it ended, by which channel, and what was told in the same message."""
        gone, told = row.channel, dict[int, Row]()

        async def announce(channel: str, protected: dt.timedelta | None, along: Sequence[Row] = (), /) -> None:
            nonlocal gone
            until = None if protected is None else self._now() + protected
            await self._outbox.announce(row, channel, until, along)
            gone = channel
            for one in told.values():  # the channel they were to go by refused, and they do not go by the next
                await self._keep(one, Failed(reason="another channel"), channel)
            told.clear()
            told.update((one.id, one) for one in along)

        try:
            async with timeout(self._send_seconds):
                return await self._sender.send(row, announce), gone or "none", tuple(told.values())
        except Exception as error:
            reason = type(error).__name__
            _log.error("send_raised", row=row.id, template=row.template, **_about(error))
            if gone:
                return Unknown(reason=reason), gone, tuple(told.values())
            return (Postponed if isinstance(error, _OURS) else Failed)(reason=reason), "none", ()


def _along(outcome: Outcome) -> Outcome:
    """How it ended for what was told in the same message: what was refused for good may go well by itself."""
    refused = isinstance(outcome, Unreachable) or (isinstance(outcome, Failed) and outcome.permanent)
    return Failed(reason=outcome.reason) if isinstance(outcome, Failed | Unreachable) and refused else outcome


def _about(error: Exception) -> dict[str, str]:
    """Kind and place of an error; not its message, in which a name or a number may stand."""
    return {"error": type(error).__name__, "where": where(error)}
