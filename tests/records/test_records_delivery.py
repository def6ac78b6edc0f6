"""The delivery worker over a real outbox, with a sender that does what a test says."""

import asyncio
import datetime as dt
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from bot.delivery import Announce, Delivery
from model.delivery import Delivered, Failed, Outcome, Recipient, Row, RowState, Unknown
from storage.engine import Database, DatabaseAway
from storage.outbox import POSTPONED, RETRY_AFTER, Outbox
from storage.schema import outbox as rows
from storage.trace import current_trace, tracing
from tests.records.test_records_outbox import reply, state
from tests.routing.county import NOW

Act = Callable[[Row, Announce], Awaitable[Outcome]]


async def fine(_row: Row, _announce: Announce) -> Outcome:
    return Delivered()


class Post:
    """A sender that keeps what went out; `acts` by recipient say how it ends."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.acts: dict[str, Act] = defaultdict(lambda: fine)
        self.news = asyncio.Event()

    async def send(self, row: Row, announce: Announce) -> Outcome:
        self.sent.append(row.key)
        self.news.set()
        return await self.acts[row.recipient.id](row, announce)

    async def count(self, number: int) -> None:
        """Wait until so many have gone out."""
        async with asyncio.timeout(30):
            while len(self.sent) < number:
                self.news.clear()
                await self.news.wait()


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> dt.datetime:
        return self.now


class Ticking(Clock):
    """Goes on whenever it is looked at."""

    def __call__(self) -> dt.datetime:
        self.now += POSTPONED / 4
        return self.now


@asynccontextmanager
async def working(outbox: Outbox, post: Post, clock: Clock, **settings: float) -> AsyncIterator[Delivery]:
    """A worker that is stopped at the end, and must then end."""
    worker = Delivery(outbox, post, now=clock, jitter=lambda: 0, **settings)  # type: ignore[arg-type]
    running = asyncio.create_task(worker.run())
    try:
        yield worker
    finally:
        worker.stop()
        await asyncio.wait_for(running, 30)


def person(name: str) -> Recipient:
    return Recipient(kind="applicant", id=name)


async def settled(database: Database, key: str, expected: RowState) -> None:
    async with asyncio.timeout(30):
        while await state(database, key) != expected:
            await asyncio.sleep(0.01)


async def test_what_waits_is_sent(outbox: Outbox, database: Database) -> None:
    """All of one person in order, without waiting for the clock in between."""
    for key in ("a1", "a2", "a3"):
        await reply(outbox, key, person("a"))
    post = Post()
    async with working(outbox, post, Clock(), look_seconds=60):
        await post.count(3)
    assert post.sent == ["a1", "a2", "a3"]
    assert await state(database, "a3") == RowState.DELIVERED


async def test_a_commit_wakes_it(outbox: Outbox) -> None:
    post = Post()
    async with working(outbox, post, Clock(), look_seconds=60) as worker:
        await asyncio.sleep(0.05)
        await reply(outbox, "a1", person("a"))
        worker.wake()
        await post.count(1)


async def test_rows_of_other_processes_are_found_by_looking(outbox: Outbox) -> None:
    post = Post()
    async with working(outbox, post, Clock(), look_seconds=0.05):
        await asyncio.sleep(0.02)
        await reply(outbox, "a1", person("a"))
        await post.count(1)


async def test_one_who_hangs_delays_nobody(outbox: Outbox, database: Database) -> None:
    hang = asyncio.Event()

    async def hanging(_row: Row, _announce: Announce) -> Outcome:
        await hang.wait()
        return Delivered()

    post = Post()
    post.acts["slow"] = hanging
    await reply(outbox, "slow", person("slow"))
    for n in range(5):
        await reply(outbox, f"r{n}", person(f"p{n}"))
    async with working(outbox, post, Clock(), at_once=2, look_seconds=60):
        await post.count(6)
        await settled(database, "r4", RowState.DELIVERED)
        assert await state(database, "slow") == RowState.SENDING
        hang.set()
    assert await state(database, "slow") == RowState.DELIVERED  # stopping waits for what is under way


async def test_a_failure_is_tried_again_in_its_time(outbox: Outbox, database: Database) -> None:
    clock, post = Clock(), Post()

    async def failing(row: Row, _announce: Announce) -> Outcome:
        return Failed(reason="away") if row.attempt == 1 else Delivered()

    post.acts["a"] = failing
    await reply(outbox, "a1", person("a"))
    async with working(outbox, post, clock, look_seconds=0.05) as worker:
        await post.count(1)
        await settled(database, "a1", RowState.WAITING)
        clock.now += dt.timedelta(seconds=30)
        worker.wake()
        await post.count(2)
    assert await state(database, "a1") == RowState.DELIVERED


@pytest.mark.parametrize(
    ("announced", "expected"), [(False, RowState.WAITING), (True, RowState.WORKLIST)], ids=["before", "after"]
)
@pytest.mark.parametrize("how", ["raise", "hang"])
async def test_a_sender_that_breaks(
    outbox: Outbox,
    database: Database,
    announced: bool,
    expected: RowState,
    how: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Before it announced anything, nothing was sent: try again. After that nobody knows."""
    deadlines: dict[asyncio.Task[object] | None, asyncio.Timeout] = {}

    def limited(seconds: float) -> asyncio.Timeout:
        deadlines[asyncio.current_task()] = asyncio.timeout(seconds)
        return deadlines[asyncio.current_task()]

    async def breaking(_row: Row, announce: Announce) -> Outcome:
        if announced:
            await announce("customer_service", None)
        if how == "raise":
            raise KeyError("a mistake of ours")
        # Its time is over now, however long the announcement took.
        deadlines[asyncio.current_task()].reschedule(asyncio.get_running_loop().time())
        await asyncio.Event().wait()
        return Delivered()

    monkeypatch.setattr("bot.delivery.timeout", limited)

    post = Post()
    post.acts["a"] = breaking
    await reply(outbox, "a1", person("a"))
    await reply(outbox, "b1", person("b"))
    async with working(outbox, post, Clock()):
        await settled(database, "a1", expected)
        await settled(database, "b1", RowState.DELIVERED)


async def test_the_channel_protects_from_the_first_attempt_on(outbox: Outbox, database: Database) -> None:
    clock, post, channels = Clock(), Post(), list[str | None]()

    async def losing(row: Row, announce: Announce) -> Outcome:
        channels.append(row.channel)
        await announce("template", dt.timedelta(minutes=10))
        return Unknown(reason="timeout")

    post.acts["a"] = losing
    await reply(outbox, "a1", person("a"))
    async with working(outbox, post, clock, look_seconds=0.05) as worker:
        for seconds, number in ((0, 1), (30, 2), (300, 3)):
            clock.now += dt.timedelta(seconds=seconds)
            worker.wake()
            await post.count(number)
            await settled(database, "a1", RowState.UNKNOWN if number < 3 else RowState.WORKLIST)
    assert channels == [None, "template", "template"]


async def test_a_database_that_is_away_is_asked_again(outbox: Outbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.delivery._DATABASE_SECONDS", 0.01)
    claim, failures = outbox.claim, [OSError("away"), OSError("away")]

    async def claiming(now: dt.datetime, limit: int) -> tuple[Row, ...]:
        if failures:
            raise failures.pop()
        return await claim(now, limit)

    monkeypatch.setattr(outbox, "claim", claiming)
    await reply(outbox, "a1", person("a"))
    post = Post()
    async with working(outbox, post, Clock()):
        await post.count(1)


async def test_what_another_has_taken_over_is_not_sent_twice(outbox: Outbox, database: Database) -> None:
    """The clock jumps over the lease while a worker composes what it is going to send."""
    clock, post, sent, go_on = Clock(), Post(), list[int](), asyncio.Event()

    async def slow_at_first(row: Row, announce: Announce) -> Outcome:
        if row.attempt == 1:
            await go_on.wait()
        await announce("custom", None)
        sent.append(row.attempt)
        return Delivered()

    post.acts["a"] = slow_at_first
    await reply(outbox, "a1", person("a"))
    async with working(outbox, post, clock) as worker:
        await post.count(1)
        clock.now += dt.timedelta(minutes=1)
        worker.wake()
        await settled(database, "a1", RowState.DELIVERED)
        go_on.set()
    assert sent == [2]


async def test_it_rests_when_nothing_can_be_done(outbox: Outbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row that is due but not to be had must not keep it spinning."""
    await reply(outbox, "a1", person("a"))
    await reply(outbox, "a2", person("a"))
    await outbox.claim(NOW, 1)  # somebody else sends the first one
    claim, looks = outbox.claim, list[int]()

    async def counting(now: dt.datetime, limit: int) -> tuple[Row, ...]:
        looks.append(limit)
        return await claim(now, limit)

    monkeypatch.setattr(outbox, "claim", counting)
    async with working(outbox, Post(), Clock()):
        await asyncio.sleep(0.3)
    assert len(looks) <= 2


async def test_cancelled_it_leaves_the_rest_to_the_lease(outbox: Outbox, database: Database) -> None:
    async def hanging(_row: Row, _announce: Announce) -> Outcome:
        await asyncio.Event().wait()
        return Delivered()

    post = Post()
    post.acts["a"] = hanging
    await reply(outbox, "a1", person("a"))
    worker = Delivery(outbox, post, now=Clock(), jitter=lambda: 0)
    running = asyncio.create_task(worker.run())
    await post.count(1)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert await state(database, "a1") == RowState.SENDING


def test_columns_are_enough_for_states() -> None:
    assert max(len(one) for one in RowState) <= (rows.c.state.type.length or 0)  # type: ignore[attr-defined]


async def test_while_the_conversations_are_away_nothing_is_claimed_and_no_attempt_is_used_up(
    database: Database, outbox: Outbox
) -> None:
    post, asked, able = Post(), asyncio.Event(), False

    def is_able() -> bool:
        asked.set()
        return able

    with tracing("abc123"):
        await reply(outbox, key := "anna", to=person("anna"))
    traces, ended = list[str | None](), list[tuple[str, str]]()

    async def noting(row: Row, announce: Announce) -> Outcome:
        traces.append(row.trace)
        traces.append(current_trace())
        await announce("custom", None)
        return Delivered()

    post.acts["anna"] = noting
    settings = {"able": is_able, "ended": lambda *one: ended.append(one)}
    async with working(outbox, post, Clock(), **settings) as worker:  # type: ignore[arg-type]
        await asyncio.wait_for(asked.wait(), 30)
        assert await state(database, key) == RowState.WAITING
        able = True
        worker.wake()
        await post.count(1)
        await settled(database, key, RowState.DELIVERED)
    assert traces == ["abc123", "abc123"]
    assert ended == [("custom", "delivered")]


async def test_our_own_stores_being_away_uses_up_no_attempt(outbox: Outbox, database: Database) -> None:
    """What the message is made of cannot be read again and again; then it goes out, as a first attempt."""
    clock, post, seen = Ticking(), Post(), list[int]()

    async def away(row: Row, _announce: Announce) -> Outcome:
        seen.append(row.attempt)
        if len(seen) > 2 * len(RETRY_AFTER):
            return Delivered()
        raise DatabaseAway("found away")

    post.acts["a"] = away
    await reply(outbox, "a1", person("a"))
    async with working(outbox, post, clock, look_seconds=0.01):
        await settled(database, "a1", RowState.DELIVERED)
    assert set(seen) == {1}
