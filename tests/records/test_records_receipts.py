"""Receipts of pushes: joined with their rows whichever comes first; what did not arrive goes another way (design §2.4)."""

import asyncio
import datetime as dt

import pytest
from sqlalchemy import select

from model.delivery import Delivered, Recipient, RowState
from storage.engine import Database
from storage.outbox import Outbox
from storage.receipts import Receipts, Status
from storage.schema import outbox as rows
from storage.schema import receipts as table
from tests.records.test_records_outbox import SECOND, one, reply, state
from tests.routing.county import NOW

PROTECTED = NOW + dt.timedelta(minutes=10)


async def sent(outbox: Outbox, now: dt.datetime = NOW, number: str = "xx:1") -> None:
    row = await one(outbox, now)
    await outbox.announce(row, "template", PROTECTED)
    assert await outbox.finish(row, Delivered(taken_as=number), now, 0) is RowState.DELIVERED


async def kept(database: Database) -> list[str]:
    async with database.reading() as connection:
        return list((await connection.execute(select(table.c.taken_as))).scalars())


async def arrived(database: Database, key: str) -> dt.datetime | None:
    async with database.reading() as connection:
        found: dt.datetime | None = (
            await connection.execute(select(rows.c.arrived_at).where(rows.c.key == key))
        ).scalar_one()
        return found


@pytest.mark.parametrize("first", ["row", "receipt"])
async def test_it_has_arrived_whichever_is_known_first(outbox: Outbox, database: Database, first: str) -> None:
    receipts = Receipts(database)
    await reply(outbox, "a")
    if first == "receipt":
        assert await receipts.keep("xx:1", "delivered", NOW)
    await sent(outbox)
    if first == "row":
        assert await receipts.keep("xx:1", "delivered", NOW)
    assert not await outbox.claim(NOW + SECOND, 10)
    assert await arrived(database, "a") == NOW + SECOND
    assert await state(database, "a") is RowState.DELIVERED
    assert not await kept(database)


async def test_who_refuses_such_messages_is_told_another_way(outbox: Outbox, database: Database) -> None:
    receipts = Receipts(database)
    await reply(outbox, "a")
    await sent(outbox)
    await receipts.keep("xx:1", "blocked", NOW)
    row = await one(outbox, NOW + SECOND)
    assert (row.key, row.channel, row.attempt) == ("a", None, 2)
    assert await outbox.finish(row, Delivered(reason="template=blocked"), NOW + SECOND, 0) is RowState.DELIVERED
    assert not await outbox.claim(NOW + SECOND, 10)


async def test_what_the_platform_could_not_bring_is_sent_once_more_when_it_is_not_taken_for_the_same(
    outbox: Outbox, database: Database
) -> None:
    receipts, later = Receipts(database), NOW + dt.timedelta(minutes=11)
    await reply(outbox, "a")
    await sent(outbox)
    await receipts.keep("xx:1", "failed", NOW)
    assert not await outbox.claim(PROTECTED, 10)
    for number in range(2, 7):
        await sent(outbox, later, f"xx:{number}")
        await receipts.keep(f"xx:{number}", "failed", later)
        assert not await outbox.claim(later, 10)
        later += dt.timedelta(minutes=11)
    assert await state(database, "a") is RowState.FAILED
    assert [reason for _, reason in await outbox.worklist(10)] == ["template=failed"]


@pytest.mark.parametrize("status", ["delivered", "blocked"])
async def test_a_receipt_counts_once_and_a_strangers_goes_in_time(
    outbox: Outbox, database: Database, status: Status
) -> None:
    receipts = Receipts(database)
    assert await receipts.keep("xx:9", status, NOW)
    assert not await receipts.keep("xx:9", "failed", NOW)
    assert not await outbox.claim(NOW, 10)
    assert await kept(database) == ["xx:9"]
    assert not await outbox.claim(NOW + dt.timedelta(days=4), 10)
    assert not await kept(database)


async def test_of_many_that_claim_at_once_one_takes_each_row_up_again(outbox: Outbox, database: Database) -> None:
    receipts, people = Receipts(database), 12
    for number in range(people):
        await reply(outbox, f"k{number}", Recipient(kind="staff", id=f"s{number}"))
    for row in await outbox.claim(NOW, people):
        await outbox.announce(row, "template", PROTECTED)
        await outbox.finish(row, Delivered(taken_as=f"xx:{row.key}"), NOW, 0)
        await receipts.keep(f"xx:{row.key}", "blocked", NOW)
    taken = [
        row.key
        for rows in await asyncio.gather(*(outbox.claim(NOW + SECOND, people) for _ in range(8)))
        for row in rows
    ]
    while rows := await outbox.claim(NOW + SECOND, people):
        taken += [row.key for row in rows]
    assert sorted(taken) == sorted(f"k{number}" for number in range(people))


async def test_of_many_that_come_at_once_each_is_kept_and_the_first_of_the_same_counts(
    outbox: Outbox, database: Database
) -> None:
    receipts = Receipts(database)
    await reply(outbox, "a")
    await sent(outbox)
    said: list[tuple[str, Status]] = [(f"xx:{number}", "delivered") for number in range(1, 150)]
    kept_new = await asyncio.gather(
        *(receipts.keep(*one, NOW) for one in [*said, ("xx:1", "blocked"), ("xx:7", "failed")])
    )
    assert kept_new == [True] * 149 + [False] * 2
    assert len(await kept(database)) == 149
    assert not await receipts.keep("xx:1", "blocked", NOW)
    assert not await outbox.claim(NOW + SECOND, 10)
    assert await arrived(database, "a") == NOW + SECOND
