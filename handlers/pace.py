"""Long work beside people who write: it takes a share of the time, and rests for the remainder."""

import asyncio
import time
from typing import Final

_STRETCH: Final = 0.02
"""Seconds of work after which it rests."""


class Pace:
    """How much of the time a walk over everything may take: 100,000 conversations would else have the loop for minutes."""

    def __init__(self, share: float) -> None:
        """`share` of the time between 0 and 1; 1 never rests."""
        self._rest = 1 / share - 1
        self._since = time.monotonic()

    async def rest(self) -> None:
        """Called between two steps of the work: waits if the last stretch was long enough."""
        worked = time.monotonic() - self._since
        if self._rest and worked >= _STRETCH:
            await asyncio.sleep(worked * self._rest)
            self._since = time.monotonic()
