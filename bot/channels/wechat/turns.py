"""Turns that outlive the request that began them."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

import structlog

from bot.channels.wechat.traces import where

Result = TypeVar("Result")

log = structlog.get_logger()


class Busy(Exception):
    """More turns are under way than allowed."""


class Turns(Generic[Result]):
    """Runs one turn per dedupe key at a time.

    A turn is never cancelled by the request: it commits late, and the redelivery finds its reply. A redelivery that
    arrives while the turn still runs waits for it instead of beginning another.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._running: dict[str, asyncio.Task[Result | None]] = {}

    async def take(self, key: str, work: Callable[[], Awaitable[Result]], seconds: float) -> Result | None:
        """The result, or None when it failed (logged) or is not there after `seconds`. Raises Busy."""
        task = self._running.get(key)
        if task is None:
            if len(self._running) >= self._limit:
                raise Busy
            task = asyncio.create_task(self._run(work))
            self._running[key] = task
            task.add_done_callback(lambda _: self._running.pop(key, None))
        done, _ = await asyncio.wait({task}, timeout=max(seconds, 0))
        return task.result() if done and not task.cancelled() else None

    async def finish(self, seconds: float) -> int:
        """Wait for the turns under way, at most `seconds`; how many were still running then."""
        if not self._running:
            return 0
        _, pending = await asyncio.wait(set(self._running.values()), timeout=seconds)
        return len(pending)

    async def _run(self, work: Callable[[], Awaitable[Result]]) -> Result | None:
        try:
            return await work()
        except Exception as error:
            log.error("wechat.turn_failed", error=type(error).__name__, where=where(error))
            return None
