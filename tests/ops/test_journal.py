"""The journal: a line an event, with its trace, and never what somebody wrote."""

import asyncio
import io
import json
import logging
import sys

import pytest
import structlog

from bot import journal
from bot.channels.wechat.traces import Marks
from storage.trace import current_trace, tracing

NAME = "欧阳测试 13900000246"


@pytest.fixture
def kept():
    """The journal in memory; what others have set up comes back after."""
    before, hook = logging.getLogger().handlers[:], sys.excepthook
    stream = io.StringIO()
    journal.keep("json", stream, for_good=False)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    structlog.reset_defaults()
    logging.getLogger().handlers[:] = before
    sys.excepthook = hook


def test_a_line_has_its_trace_and_is_one_line(kept):
    log = structlog.get_logger()
    with tracing("abc"):
        log.info("heard", kind="text", words="a\nb")
    log.info("alone")
    log.debug("nothing")
    first, second = kept()
    assert (first["event"], first["level"], first["trace"], first["words"]) == ("heard", "info", "abc", "a\nb")
    assert first["at"].endswith("Z")
    assert "trace" not in second


def test_for_people_it_is_one_line_too(kept):
    stream = io.StringIO()
    journal.keep("console", stream, for_good=False)
    with tracing("abc"):
        structlog.get_logger().info("heard", kind="text")
    (line,) = stream.getvalue().splitlines()
    assert line.split()[1:] == ["info", "heard", "kind=text", "trace=abc"]


def test_what_libraries_say_is_kept_without_their_words(kept):
    try:
        int(NAME)
    except ValueError:
        logging.getLogger("some.library").exception("could not do it for %s", NAME)
    (line,) = kept()
    assert (line["event"], line["logger"], line["error"]) == ("library", "some.library", "ValueError")
    assert "test_journal.py" in line["place"]
    assert "欧阳" not in str(line)


async def test_a_task_nobody_waited_for_and_the_end_of_the_program(kept):
    async def fails():
        raise KeyError(NAME)

    journal.keep_uncaught()
    try:
        await fails()
    except KeyError as error:
        journal.note_uncaught(None, {"message": NAME, "exception": error})
        sys.excepthook(KeyError, error, error.__traceback__)
    lines = kept()
    assert [(line["event"], line["error"]) for line in lines] == [("uncaught", "KeyError")] * 2
    assert all("fails" in line["where"] for line in lines)
    assert "欧阳" not in str(lines)


async def test_tasks_begun_for_a_message_have_its_trace():
    seen = []

    async def later():
        await asyncio.sleep(0)
        seen.append(current_trace())

    with tracing("abc"):
        task = asyncio.create_task(later())
    await task
    assert (seen, current_trace()) == (["abc"], None)


def test_marks_differ_by_key_and_by_use():
    one, other = Marks(b"1" * 32), Marks(b"2" * 32)
    assert one.person("a", "b") == one.person("a", "b") != other.person("a", "b")
    assert one.person("a", "b") != one.trace("a:b")
    assert len(one.trace("a:b")) <= 16
