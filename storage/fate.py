"""What a turn may have written by the time it fails: nothing for certain, or perhaps something (ADR 7).

Who is told "not done, say it again" must be told the truth. So every write says that it happened, or may have.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class Fate:
    """Of one turn: `written` is whether anything of it may be in our stores."""

    __slots__ = ("written",)

    def __init__(self) -> None:
        self.written = False


_watched: ContextVar[Fate | None] = ContextVar("fate", default=None)


@contextmanager
def watching() -> Iterator[Fate]:
    """Watches the writes of this task and of those it begins."""
    fate = Fate()
    token = _watched.set(fate)
    try:
        yield fate
    finally:
        _watched.reset(token)


def may_be_written() -> None:
    """To be called by whoever has written, or has asked for a write and knows no answer."""
    fate = _watched.get()
    if fate is not None:
        fate.written = True
