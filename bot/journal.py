"""The journal (log): one line an event, with the trace of the message that caused it, and nothing that somebody wrote.

A line is made by one function, not by a chain of processors: at two thousand messages a second every microsecond of it
is noticed.
"""

import json
import logging
import sys
import time
import traceback
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import PurePath
from types import TracebackType
from typing import Any, Final, Literal, TextIO

import structlog
from structlog.types import EventDict

from storage.trace import current_trace

Form = Literal["json", "console"]

_DEPTH: Final = 6
_encode: Final = json.JSONEncoder(ensure_ascii=False, default=lambda value: type(value).__name__).encode

_always: Final[dict[str, int]] = {}
"""What stands on every line."""

log = structlog.get_logger()


def keep(form: Form | None = None, stream: TextIO | None = None, *, for_good: bool = True, process: int = 0) -> None:
    """Keeps the journal from now on: JSON lines, or for people; undecided, the latter on a terminal only.

    What libraries log is kept from WARNING on, with its name and place and without its words. `stream`: by default what
    is standard output when a line is written. `for_good`: a logger that has written once stays with this journal and its
    stream, which makes a line twice as fast. `process`: which of several on one port.
    """
    _always.clear()
    if process:
        _always["process"] = process
    chosen = form or ("console" if (stream or sys.stdout).isatty() else "json")
    structlog.configure(
        processors=[_json if chosen == "json" else _console],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(stream),
        cache_logger_on_first_use=for_good,
    )
    logging.basicConfig(level=logging.WARNING, handlers=[_Libraries()], force=True)


@contextmanager
def hushed() -> Generator[None, None, None]:
    """Keeps nothing meanwhile: for a command that reports itself what it met."""
    before = structlog.get_config()["wrapper_class"]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    try:
        yield
    finally:
        structlog.configure(wrapper_class=before)


def keep_uncaught() -> None:
    """An exception that ends the program is noted like any other: its message may quote what somebody wrote."""

    def note(kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            log.critical("uncaught", error=kind.__name__, where=where(error))

    sys.excepthook = note


def note_uncaught(_loop: object, context: dict[str, Any]) -> None:
    """The event loop's exception handler: a task that nobody waited for has failed."""
    error = context.get("exception")
    log.error("uncaught", error=type(error).__name__, where=where(error) if isinstance(error, BaseException) else "")


def where(error: BaseException) -> str:
    """The innermost frames of an exception, without its message: that may quote what somebody wrote."""
    frames = traceback.extract_tb(error.__traceback__)[-_DEPTH:]
    return " > ".join(f"{PurePath(frame.filename).name}:{frame.lineno}:{frame.name}" for frame in frames)


class _Libraries(logging.Handler):
    """What aiohttp, asyncio and others have to say."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        about = {"error": type(error).__name__, "where": where(error)} if error else {}
        place = f"{record.filename}:{record.lineno}:{record.funcName}"
        log.warning("library", logger=record.name, severity=record.levelname, place=place, **about)


def _json(_: object, level: str, event: EventDict) -> str:
    line: dict[str, Any] = {"at": _now(), "level": level, "event": event.pop("event"), **_always}
    trace = current_trace()
    if trace is not None:
        line["trace"] = trace
    line.update(event)
    return _encode(line)


def _console(_: object, level: str, event: EventDict) -> str:
    name, trace = event.pop("event"), current_trace()
    facts = [f"{key}={value}" for key, value in {**_always, **event}.items()]
    if trace is not None:
        facts.append(f"trace={trace}")
    return f"{_now()[11:19]} {level:<8} {name:<20} {' '.join(facts)}"


def _now() -> str:
    seconds = time.time()
    return f"{_second(int(seconds))}.{int(seconds * 1000) % 1000:03d}Z"


class _Clock:
    """The date as text, made once a second."""

    second = -1
    text = ""


def _second(second: int) -> str:
    if second != _Clock.second:
        _Clock.second, _Clock.text = second, time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(second))
    return _Clock.text
