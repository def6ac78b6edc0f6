"""How busy this process is: for work that gives way to the chat."""

import time
from collections.abc import Callable
from typing import Final

_WINDOW: Final = 0.5


class Busy:
    """Measures over the time since it was last measured, half a second at least."""

    def __init__(
        self, wall: Callable[[], float] = time.monotonic, processor: Callable[[], float] = time.process_time
    ) -> None:
        """`wall` and `processor` are clocks, in seconds: the time that passes, and what the process has spent of it."""
        self._wall = wall
        self._processor = processor
        self._at = (wall(), processor())
        self._share = 0.0

    def share(self) -> float:
        """The share of one processor that is taken: 0 to 1, and 1 too where threads take more."""
        now = (self._wall(), self._processor())
        passed = now[0] - self._at[0]
        if passed >= _WINDOW:
            self._share = min(1.0, (now[1] - self._at[1]) / passed)
            self._at = now
        return self._share
