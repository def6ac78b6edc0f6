"""Work for a conversation beside its turns: durable, for it is part of the conversation, and its result a message of its own
(design §2.1).
"""

import asyncio
import datetime as dt
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, Protocol, TypeVar

import structlog

from handlers.ports import Clock, CoreAway, Letters
from handlers.turn import Turns
from model.message import Message, Update

_TELL_WITHIN = dt.timedelta(hours=24)
_COMMITTED_BY = dt.timedelta(seconds=20)

log = structlog.get_logger()


class _Job(Protocol):
    @property
    def id(self) -> str:
        """Its own, and part of the key of the message it ends with."""


J = TypeVar("J", bound=_Job)


class Beside:
    """What is under way in this process, by the job's id. Whatever fails is begun again by the sweeper."""

    def __init__(self, turns: Turns, letters: Letters, clock: Clock) -> None:
        """`letters` tells the person of a result."""
        self._turns = turns
        self._letters = letters
        self._clock = clock
        self._running: set[asyncio.Task[None]] = set()
        self._jobs: set[str] = set()

    def begin(self, job: J, work: Callable[[J], Coroutine[Any, Any, None]]) -> None:
        """Starts it, if it is not under way."""
        if job.id not in self._jobs:
            self._jobs.add(job.id)
            task = asyncio.create_task(self._run(job, work))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def finish(self) -> None:
        """Waits for what is under way."""
        await asyncio.gather(*self._running, return_exceptions=True)

    async def join(self, account: str, person: str, key: str, message: Message, *, tell: bool = True) -> None:
        """The result joins the conversation, and its person is told: once, however often it is done.

        Without `tell` nobody is: it is for staff, who see it.
        """
        now = self._clock()
        if not tell:
            await self._turns.answer(Update(account=account, person=person, key=key, at=now, message=message))
            return
        # Announced before it is committed, and told again after: should we die in between, it is pushed all the same.
        try:
            await self._letters.reply(account, person, key, now + _COMMITTED_BY, now + _TELL_WITHIN)
        except CoreAway:
            log.warning("beside.untold")
            return  # the sweeper begins it again
        await self._turns.answer(Update(account=account, person=person, key=key, at=now, message=message))
        with suppress(CoreAway):
            await self._letters.reply(account, person, key, now, now + _TELL_WITHIN)
        await self._turns.settle(account, person)  # its form may wait for nothing else

    async def _run(self, job: J, work: Callable[[J], Coroutine[Any, Any, None]]) -> None:
        try:
            await work(job)
        except Exception as error:
            log.warning("beside.failed", error=type(error).__name__)
        finally:
            self._jobs.discard(job.id)
