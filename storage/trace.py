"""The trace: a short mark that leads from an inbound message to everything that came of it, the push included."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_current: ContextVar[str | None] = ContextVar("trace", default=None)


def current_trace() -> str | None:
    """The trace of what this task works on; None when nobody's message caused it."""
    return _current.get()


@contextmanager
def tracing(trace: str | None) -> Iterator[None]:
    """Everything in the block, and in the tasks it begins, happens because of the message with this trace."""
    token = _current.set(trace)
    try:
        yield
    finally:
        _current.reset(token)
