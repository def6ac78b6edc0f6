"""Numbers that many clerks look at, counted once for all of them: their open pages cost the chat next to nothing."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final

Count = tuple[int, int]
"""How many wait, and how many of them are late."""

SECONDS: Final = 2.0
"""So old a number may be: as old as a page is before it hears of a change."""
_MOST: Final = 1000


class Lately:
    """Counts, by what is counted. Whoever asks while one is counted gets the same; what somebody has done here is counted anew."""

    def __init__(self, seconds: float = SECONDS, now: Callable[[], float] = time.monotonic) -> None:
        """`seconds`: how old they may be, by `now`."""
        self._seconds = seconds
        self._now = now
        self._known: dict[object, tuple[float, asyncio.Task[Count]]] = {}

    async def of(self, what: object, count: Callable[[], Awaitable[Count]]) -> Count:
        """The count of `what`. Raises what counting raises; the next one tries again."""
        known = self._known.get(what)
        if known is None or self._now() >= known[0] or (known[1].done() and _failed(known[1])):
            if len(self._known) >= _MOST:
                self._known.clear()
            known = self._known[what] = (self._now() + self._seconds, asyncio.create_task(_counted(count)))
        # Whoever goes away does not take it from the others.
        return await asyncio.shield(known[1])

    def forget(self) -> None:
        """Something was done at a page: its clerk will look whether it counts."""
        self._known.clear()


async def _counted(count: Callable[[], Awaitable[Count]]) -> Count:
    return await count()


def _failed(task: asyncio.Task[Count]) -> bool:
    return task.cancelled() or task.exception() is not None
