"""How late the event loop is: the first sign of more work than one process can do, and the delay of every answer."""

import asyncio
import time
from collections.abc import Callable
from typing import Final

TICK: Final = 0.1


class Lag:
    """Measures by a timer how much later it rings than it should."""

    def __init__(self, observe: Callable[[float], object] = lambda _: None) -> None:
        """`observe` hears of every measurement, in seconds."""
        self._observe = observe
        self._due: float | None = None
        self._last = 0.0

    @property
    def seconds(self) -> float:
        """The last measurement, or how long the present one is overdue."""
        return 0.0 if self._due is None else max(self._last, time.monotonic() - self._due)

    async def measure(self) -> None:
        """Measures until cancelled."""
        try:
            while True:
                self._due = time.monotonic() + TICK
                await asyncio.sleep(TICK)
                self._last = max(0.0, time.monotonic() - self._due)
                self._observe(self._last)
        finally:
            self._due = None
