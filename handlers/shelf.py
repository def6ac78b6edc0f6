"""Conversations this process opened or committed lately, so that the next message need not open them again.

Only a hint: whoever takes one asks the store whether it still stands, so any process may serve any person.
"""

import time
from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

Item = TypeVar("Item")


class _Kept(NamedTuple, Generic[Item]):
    item: Item
    size: int
    since: float


class Shelf(Generic[Item]):
    """At most `most` items of `room` bytes together, each for `seconds` after it was put here; the oldest make room."""

    def __init__(
        self,
        *,
        most: int = 2000,
        room: int = 8 * 1024 * 1024,
        seconds: float = 900,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most = most
        self._room = room
        self._seconds = seconds
        self._now = now
        self._items: dict[str, _Kept[Item]] = {}  # oldest first
        self._size = 0

    def __len__(self) -> int:
        return len(self._items)

    def get(self, name: str) -> Item | None:
        """The item put here last under this name, if it is still here."""
        self._tidy()
        kept = self._items.get(name)
        return None if kept is None else kept.item

    def put(self, name: str, item: Item, size: int) -> None:
        """Keeps the item in place of an earlier one; one too large for the shelf is not kept."""
        self.drop(name)
        if size <= self._room:
            self._items[name] = _Kept(item, size, self._now())
            self._size += size
        self._tidy()

    def drop(self, name: str) -> None:
        """Forgets the item."""
        kept = self._items.pop(name, None)
        if kept is not None:
            self._size -= kept.size

    def _tidy(self) -> None:
        while self._items:
            name, oldest = next(iter(self._items.items()))
            fits = len(self._items) <= self._most and self._size <= self._room
            if fits and self._now() - oldest.since <= self._seconds:
                return
            self.drop(name)
