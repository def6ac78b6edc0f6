"""How late the event loop is: the first sign of more work than one process can do, and the delay of every answer."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from typing import Final

TICK: Final = 0.1
IN_A_ROW: Final = 3


class Lag:
    """Measures by a timer how much later it rings than it should."""

    def __init__(self, observe: Callable[[float], object] = lambda _: None) -> None:
        """`observe` hears of every measurement, in seconds."""
        self._observe = observe
        self._due: float | None = None
        self._last = deque([0.0] * IN_A_ROW, maxlen=IN_A_ROW)

    @property
    def seconds(self) -> float:
        """The last measurement, or how long the present one is overdue."""
        return 0.0 if self._due is None else max(self._last[-1], time.monotonic() - self._due)

    @property
    def standing(self) -> float:
        """The least of the last measurements: what stays is overload, a single long step is not."""
        return min(self._last)

    async def measure(self) -> None:
        """Measures until cancelled."""
        try:
            while True:
                self._due = time.monotonic() + TICK
                await asyncio.sleep(TICK)
                self._last.append(max(0.0, time.monotonic() - self._due))
                self._observe(self._last[-1])
        finally:
            self._due = None
