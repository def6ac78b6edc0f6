"""The outbox: claimed once, ended once, nothing lost, nothing blindly doubled."""

import asyncio
import datetime as dt
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import select, update

from model.delivery import (
    Delivered,
    Failed,
    Notice,
    Obsolete,
    Outcome,
    Postponed,
    Recipient,
    Row,
    RowState,
    Unknown,
    Unreachable,
)
from storage.engine import Database
from storage.enqueuing import enqueue
from storage.outbox import LEASE, NO_REPLY, POSTPONED, RETRY_AFTER, LeaseLost, Outbox
from storage.schema import outbox as rows
from storage.steps import Step
from tests.routing.county import NOW

SECOND = dt.timedelta(seconds=1)
PROTECTED = dt.timedelta(minutes=10)
ANNA = Recipient(kind="staff", id="anna")
BERT = Recipient(kind="staff", id="bert")


async def reply(outbox: Outbox, key: str, to: Recipient = ANNA, not_after: dt.datetime | None = None) -> None:
    assert await outbox.reply(to, {"conversation": "c", "key": key}, key=key, now=NOW, not_after=not_after)


async def state(database: Database, key: str) -> RowState:
    async with database.reading() as connection:
        return RowState((await connection.execute(select(rows.c.state).where(rows.c.key == key))).scalar_one())


async def one(outbox: Outbox, now: dt.datetime = NOW) -> Row:
    claimed = await outbox.claim(now, 10)
    assert len(claimed) == 1, claimed
    return claimed[0]


async def put(database: Database, *notices: Notice) -> None:
    """Notices without a case: the columns that point to one are left open."""
    async with database.writing(Step.STAFF) as connection:
        await enqueue(connection, notices, NOW)


def news(number: int, *, to: Recipient = ANNA, subject: str = "survey", not_after: dt.datetime | None = None) -> Notice:
    facts: dict[str, Any] = {"case": None, "order": None, "event": None, "not_after": not_after}
    facts |= {"recipient": to, "template": f"{subject}.{number}", "subject": subject, "sequence": number}
    return Notice.model_construct(**facts)


async def test_a_row_comes_whole(outbox: Outbox) -> None:
    await reply(outbox, "r1")
    row = await one(outbox)
    assert (row.kind, row.recipient, row.refs, row.attempt, row.channel) == (
        "reply",
        ANNA,
        {"conversation": "c", "key": "r1"},
        1,
        None,
    )
    assert await outbox.claim(NOW, 10) == ()


async def test_the_same_key_is_written_once(outbox: Outbox) -> None:
    await reply(outbox, "r1")
    assert not await outbox.reply(ANNA, {}, key="r1", now=NOW, not_after=None)
    await one(outbox)


async def test_one_row_of_a_person_at_a_time_and_in_order(outbox: Outbox) -> None:
    for key in ("a1", "a2"):
        await reply(outbox, key)
    await reply(outbox, "b1", BERT)
    claimed = await outbox.claim(NOW, 10)
    assert [row.key for row in claimed] == ["a1", "b1"]
    await reply(outbox, "c1", Recipient(kind="staff", id="carl"))
    carl = await one(outbox)  # and whoever is busy stands in nobody's way
    assert carl.key == "c1"
    assert await outbox.claim(NOW, 10) == ()
    await outbox.finish(claimed[0], Delivered(), NOW, 0)
    assert (await one(outbox)).key == "a2"


async def test_claims_are_limited(outbox: Outbox) -> None:
    for n in range(5):
        await reply(outbox, f"r{n}", Recipient(kind="applicant", id=f"p{n}"))
    assert [row.key for row in await outbox.claim(NOW, 2)] == ["r0", "r1"]
    assert len(await outbox.claim(NOW, 10)) == 3


async def test_two_workers_never_claim_the_same(outbox: Outbox, database: Database) -> None:
    """Nor two rows of one person."""
    people = [Recipient(kind="applicant", id=f"p{n}") for n in range(12)]
    for n in range(3):
        for who in people:
            await reply(outbox, f"{who.id}-{n}", who)
    seen: Counter[str] = Counter()
    for _ in range(20):
        batches = await asyncio.gather(*(Outbox(database).claim(NOW, 5) for _ in range(4)))
        claimed = [row for batch in batches for row in batch]
        seen.update(row.key for row in claimed)
        assert len({row.recipient.id for row in claimed}) == len(claimed)
        await asyncio.gather(*(outbox.finish(row, Delivered(), NOW, 0) for row in claimed))
    assert len(seen) == 36
    assert set(seen.values()) == {1}


async def test_a_failure_is_tried_again_by_the_schedule(outbox: Outbox, database: Database) -> None:
    """§2.4: 0 s, 30 s, 5 m, 30 m, 2 h, 5 h, then it has failed."""
    await reply(outbox, "r1")
    now = NOW
    for pause in RETRY_AFTER:
        row = await one(outbox, now)
        assert await outbox.finish(row, Failed(reason="away"), now, 0) == RowState.WAITING
        assert await outbox.next_due() == now + pause
        assert await outbox.claim(now + pause - SECOND, 10) == ()
        now += pause
    row = await one(outbox, now)
    assert row.attempt == 6
    assert await outbox.finish(row, Failed(reason="away"), now, 0) == RowState.FAILED
    assert await outbox.claim(now + dt.timedelta(days=9), 10) == ()
    assert [(listed.key, reason) for listed, reason in await outbox.worklist(9)] == [("r1", "away")]


@pytest.mark.parametrize(("jitter", "seconds"), [(0.0, 30), (0.5, 33), (1.0, 36)])
async def test_jitter(outbox: Outbox, jitter: float, seconds: int) -> None:
    await reply(outbox, "r1")
    await outbox.finish(await one(outbox), Failed(reason="away"), NOW, jitter)
    assert await outbox.next_due() == NOW + seconds * SECOND


async def test_the_platform_says_when(outbox: Outbox) -> None:
    """A minute quota is not asked again after 30 seconds."""
    await reply(outbox, "r1")
    await outbox.finish(await one(outbox), Failed(reason="quota", retry_after=60 * SECOND), NOW, 0)
    assert await outbox.next_due() == NOW + 60 * SECOND


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (Delivered(), RowState.DELIVERED),
        (Failed(reason="no such person", permanent=True), RowState.FAILED),
        (Unreachable(reason="not following"), RowState.WORKLIST),
        (Unknown(reason="timeout"), RowState.WORKLIST),
    ],
)
async def test_ends(outbox: Outbox, database: Database, outcome: Outcome, expected: RowState) -> None:
    """Without a protecting channel, an unknown end is not tried again."""
    await reply(outbox, "r1")
    row = await one(outbox)
    await outbox.announce(row, "customer_service", None)
    assert await outbox.finish(row, outcome, NOW, 0) == expected
    assert await state(database, "r1") == expected
    assert await outbox.claim(NOW + dt.timedelta(days=1), 10) == ()
    assert len(await outbox.worklist(9)) == (expected != RowState.DELIVERED)


async def test_an_attempt_at_which_nothing_was_tried_does_not_count(outbox: Outbox, database: Database) -> None:
    """Our own stores were away for hours: the row is as fresh as before."""
    await reply(outbox, "r1")
    now = NOW
    for _ in range(3 * len(RETRY_AFTER)):
        row = await one(outbox, now)
        assert row.attempt == 1
        assert await outbox.finish(row, Postponed(reason="away"), now, 0) == RowState.WAITING
        assert await outbox.next_due() == now + POSTPONED
        now += POSTPONED
    row = await one(outbox, now)
    assert await outbox.finish(row, Failed(reason="refused"), now, 0) == RowState.WAITING
    assert await outbox.next_due() == now + RETRY_AFTER[0]


async def test_a_reply_given_up_is_sent_after_all_once_it_is_announced_anew(outbox: Outbox, database: Database) -> None:
    """Whoever makes up for the dead announces before he commits, however late he comes."""
    await reply(outbox, "r1")
    assert await outbox.finish(await one(outbox), Obsolete(reason=NO_REPLY), NOW, 0) == RowState.SUPERSEDED
    assert not await outbox.reply(ANNA, {"conversation": "c", "key": "r1"}, key="r1", now=NOW, not_after=None)
    assert (await one(outbox)).attempt == 1
    await outbox.finish(row := (await one(outbox, NOW + LEASE)), Obsolete(reason="answered"), NOW + LEASE, 0)
    assert not await outbox.reply(ANNA, {"conversation": "c", "key": row.key}, key="r1", now=NOW, not_after=None)
    assert await state(database, "r1") == RowState.SUPERSEDED


async def test_what_may_have_arrived_stays_so_where_nothing_was_tried(outbox: Outbox, database: Database) -> None:
    await reply(outbox, "r1")
    row = await one(outbox)
    await outbox.announce(row, "template", NOW + PROTECTED)
    await outbox.finish(row, Unknown(reason="timeout"), NOW, 0)
    now = NOW + RETRY_AFTER[0]
    assert await outbox.finish(await one(outbox, now), Postponed(reason="away"), now, 0) == RowState.UNKNOWN
    row = await one(outbox, now + POSTPONED)
    assert (row.channel, row.attempt) == ("template", 2)


async def test_an_unknown_end_is_repeated_while_the_channel_protects(outbox: Outbox, database: Database) -> None:
    """The same channel, within the ten minutes of the first attempt; then the hotline calls."""
    await reply(outbox, "r1")
    row = await one(outbox)
    await outbox.announce(row, "template", NOW + PROTECTED)
    assert await outbox.finish(row, Unknown(reason="timeout"), NOW, 0) == RowState.UNKNOWN
    now = NOW + RETRY_AFTER[0]
    row = await one(outbox, now)
    assert (row.channel, row.attempt, row.key) == ("template", 2, "r1")
    await outbox.announce(row, "template", now + PROTECTED)
    # A refusal now does not tell whether the first one arrived.
    assert await outbox.finish(row, Failed(reason="refused"), now, 0) == RowState.UNKNOWN
    now += RETRY_AFTER[1]
    row = await one(outbox, now)
    assert await outbox.finish(row, Unknown(reason="timeout"), now, 0) == RowState.WORKLIST


async def test_an_unknown_row_nobody_gets_to_is_not_sent_late(outbox: Outbox, database: Database) -> None:
    await reply(outbox, "r1")
    row = await one(outbox)
    await outbox.announce(row, "template", NOW + PROTECTED)
    await outbox.finish(row, Unknown(reason="timeout"), NOW, 0)
    assert await outbox.claim(NOW + PROTECTED, 10) == ()
    assert await state(database, "r1") == RowState.WORKLIST


async def test_crash_before_anything_was_sent(outbox: Outbox) -> None:
    """Nothing was announced, so it is sent as if never claimed, and that soon."""
    await reply(outbox, "r1")
    await one(outbox)
    assert await outbox.next_due() == NOW + LEASE
    assert await outbox.claim(NOW + LEASE - SECOND, 10) == ()
    row = await one(outbox, NOW + LEASE)
    assert (row.attempt, row.channel) == (2, None)


async def test_crash_on_the_way_of_a_protecting_channel(outbox: Outbox) -> None:
    await reply(outbox, "r1")
    await outbox.announce(await one(outbox), "template", NOW + PROTECTED)
    row = await one(outbox, NOW + LEASE)
    assert (row.attempt, row.channel) == (2, "template")
    # And again, before the second attempt announced anything.
    assert (await one(outbox, NOW + 2 * LEASE)).channel == "template"


async def test_protection_is_not_prolonged_by_trying_again(outbox: Outbox, database: Database) -> None:
    """The platform counts from the first message it saw."""
    await reply(outbox, "r1")
    now = NOW
    while now < NOW + PROTECTED:
        await outbox.announce(await one(outbox, now), "template", now + PROTECTED)
        now += LEASE
    assert await outbox.claim(now, 10) == ()
    assert await state(database, "r1") == RowState.WORKLIST


async def test_crash_on_the_way_of_another_channel(outbox: Outbox, database: Database) -> None:
    """It may have arrived, and a repetition would be a second message."""
    await reply(outbox, "r1")
    await outbox.announce(await one(outbox), "customer_service", None)
    assert await outbox.claim(NOW + LEASE, 10) == ()
    assert await state(database, "r1") == RowState.WORKLIST


async def test_a_worker_that_comes_too_late_changes_and_sends_nothing(outbox: Outbox, database: Database) -> None:
    """He was slow, or the clock has jumped: the row is another's now."""
    await reply(outbox, "r1")
    slow = await one(outbox)
    quick = await one(outbox, NOW + LEASE)
    assert await outbox.finish(slow, Failed(reason="away", permanent=True), NOW + LEASE, 0) is None
    with pytest.raises(LeaseLost):
        await outbox.announce(slow, "customer_service", None)
    assert await state(database, "r1") == RowState.SENDING
    assert await outbox.finish(quick, Delivered(), NOW + LEASE, 0) == RowState.DELIVERED
    assert await outbox.finish(quick, Delivered(), NOW + LEASE, 0) is None


async def test_newer_news_supersede_older_ones_that_wait(outbox: Outbox, database: Database) -> None:
    """周三 never arrives after 周四. Other subjects and other people are left alone."""
    old, new = news(3), news(4)
    others = news(3, subject="task"), news(3, to=BERT)
    await put(database, old, *others, new)
    async with database.reading() as connection:
        query = select(rows.c.recipient, rows.c.subject, rows.c.sequence, rows.c.state).order_by(rows.c.id)
        kept = [tuple(row) for row in await connection.execute(query)]
    assert kept == [
        ("anna", "survey", 3, "superseded"),
        ("anna", "task", 3, "waiting"),
        ("bert", "survey", 3, "waiting"),
        ("anna", "survey", 4, "waiting"),
    ]


@pytest.mark.parametrize("crash", [False, True])
async def test_news_overtaken_on_their_way_are_not_repeated(outbox: Outbox, database: Database, crash: bool) -> None:
    await put(database, news(3))
    row = await one(outbox)
    await put(database, news(4))
    if not crash:
        assert await outbox.finish(row, Failed(reason="away"), NOW, 0) == RowState.SUPERSEDED
    later = await one(outbox, NOW + LEASE)
    assert later.id != row.id
    async with database.reading() as connection:
        kept = (await connection.execute(select(rows.c.state).where(rows.c.id == row.id))).scalar_one()
    assert kept == RowState.SUPERSEDED


async def test_what_comes_too_late_is_not_sent(outbox: Outbox, database: Database) -> None:
    await reply(outbox, "r1", not_after=NOW + 20 * SECOND)
    await reply(outbox, "r2", BERT, not_after=NOW + 20 * SECOND)
    first, _second = await outbox.claim(NOW, 10)
    assert await outbox.finish(first, Failed(reason="away"), NOW, 0) == RowState.EXPIRED
    async with database.writing(Step.STAFF) as connection:
        await connection.execute(update(rows).where(rows.c.key == "r2").values(state=RowState.WAITING))
    assert await outbox.claim(NOW + 21 * SECOND, 10) == ()
    assert await state(database, "r2") == RowState.EXPIRED


async def test_a_row_that_waits_for_its_next_attempt_blocks_nobody(outbox: Outbox) -> None:
    """Neither other people nor later news of another subject."""
    await reply(outbox, "a1")
    await reply(outbox, "a2")
    await outbox.finish(await one(outbox), Failed(reason="away"), NOW, 0)
    assert (await one(outbox)).key == "a2"


async def test_nothing_to_do(outbox: Outbox) -> None:
    assert await outbox.next_due() is None
    assert await outbox.claim(NOW, 10) == ()
    assert await outbox.worklist(5) == ()
    assert await outbox.states("no case") == {}
