"""How many pushes may be under way by one way of one account: where the platform is slow in one thing, the others go on."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

AT_ONCE: Final = 96
"""So many rows are under way in one process, …"""
OF_ONE_WAY: Final = 32
"""… and so many of them by one way of one account: several may hang, and there is still room."""
PREPARED_AT_ONCE: Final = 16
"""So many are being worded: that is our own work, for which people who write to us would wait."""


class Places:
    """Counts what is under way in this process."""

    def __init__(self, most: int = OF_ONE_WAY) -> None:
        self._most = most
        self._taken = Counter[tuple[str, str]]()

    @contextmanager
    def place(self, account: str, way: str) -> Iterator[bool]:
        """Whether there is one; it is free again when this ends."""
        free = self._taken[account, way] < self._most
        self._taken[account, way] += free
        try:
            yield free
        finally:
            self._taken[account, way] -= free
