"""What follows from a loaded part of a county alone, worked out once for each: a county is frozen, and read at every message."""

from collections.abc import Callable
from typing import TypeVar

Part = TypeVar("Part")
Found = TypeVar("Found")

_MOST = 512


def derived(work_out: Callable[[Part], Found]) -> Callable[[Part], Found]:
    """The same function, remembering what it found for each part; the oldest of them make room.

    By identity, for comparing two forms costs more than most of what follows from one. The part is held here, so that
    its id is nobody else's.
    """
    known: dict[int, tuple[Part, Found]] = {}

    def find(part: Part) -> Found:
        kept = known.get(id(part))
        if kept is None:
            if len(known) >= _MOST:
                known.pop(next(iter(known)))
            kept = known[id(part)] = (part, work_out(part))
        return kept[1]

    return find
