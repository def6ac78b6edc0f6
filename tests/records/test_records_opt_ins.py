"""The ledger of opt-ins: counted once, spent once, and ended as the platform ends them (platform rule: 订阅通知)."""

import asyncio
import datetime as dt
import itertools

import pytest
from sqlalchemy import select

from model.delivery import Delivered, Recipient, RowState
from storage.engine import Database
from storage.opt_ins import Heard, OptIns, Standing, What
from storage.outbox import LEASE, Outbox
from storage.schema import opt_ins as table
from tests.records.test_records_outbox import SECOND, one, reply
from tests.routing.county import NOW

DAY = dt.timedelta(days=1)
HIS = ("xx", "o-1", "T1")
_numbers = itertools.count()


@pytest.fixture
def ledger(database: Database) -> OptIns:
    return OptIns(database)


def heard(
    what: What = "one_time", *, key: str = "", at: dt.datetime = NOW, template: str = "T1", person: str = "o-1"
) -> Heard:
    return Heard(key or f"event-{next(_numbers)}", "xx", person, template, what, at)


async def standing(ledger: OptIns) -> Standing:
    return (await ledger.standing("xx", "o-1", ["T1"]))["T1"]


async def test_an_event_counts_once_however_often_it_comes(ledger: OptIns) -> None:
    yes = heard(key="k")
    assert await ledger.keep([yes], NOW) == (yes,)
    assert await ledger.keep([yes], NOW + SECOND) == ()
    assert await ledger.keep([yes._replace(template="T2")], NOW) == (yes._replace(template="T2"),)
    assert await standing(ledger) == Standing(open=1)
    taken = await ledger.take(*HIS, "row", NOW)
    assert taken is not None
    await ledger.spend(taken, NOW)
    assert await ledger.keep([yes], NOW + SECOND) == (), "also when it is spent"
    assert await standing(ledger) == Standing()


async def test_many_deliveries_of_one_event_at_once(ledger: OptIns) -> None:
    yes = heard(key="k")
    new = await asyncio.gather(*(ledger.keep([yes], NOW) for _ in range(8)))
    assert sum(map(len, new)) == 1
    assert await standing(ledger) == Standing(open=1)


async def test_one_for_each_agreed_and_the_same_row_has_the_same_again(ledger: OptIns, outbox: Outbox) -> None:
    await ledger.keep([heard(), heard()], NOW)
    await reply(outbox, "a")
    await one(outbox, NOW)
    first = await ledger.take(*HIS, "a", NOW)
    assert first is not None
    assert await ledger.take(*HIS, "a", NOW) == first
    second = await ledger.take(*HIS, "b", NOW)
    assert second is not None
    assert second.id != first.id
    await ledger.spend(second, NOW)
    assert await ledger.take(*HIS, "c", NOW) is None
    await ledger.give_back(first, NOW)
    assert await ledger.take(*HIS, "c", NOW) is not None


async def test_what_is_spent_does_not_come_back(ledger: OptIns) -> None:
    await ledger.keep([heard()], NOW)
    taken = await ledger.take(*HIS, "a", NOW)
    assert taken is not None
    await ledger.spend(taken, NOW)
    await ledger.give_back(taken, NOW)
    assert await ledger.take(*HIS, "b", NOW) is None


async def test_a_standing_one_is_never_used_up_until_it_is_stopped(ledger: OptIns) -> None:
    await ledger.keep([heard("long_term")], NOW)
    for row in "abc":
        taken = await ledger.take(*HIS, row, NOW)
        assert taken is not None
        assert taken.kind == "long_term"
        await ledger.spend(taken, NOW)
    await ledger.keep([heard("stopped", at=NOW + SECOND)], NOW)
    assert await ledger.take(*HIS, "d", NOW) is None
    assert await standing(ledger) == Standing(no_at=NOW + SECOND)


async def test_of_many_at_once_each_opt_in_goes_to_one(ledger: OptIns, outbox: Outbox) -> None:
    await ledger.keep([heard() for _ in range(3)], NOW)
    for number in range(10):
        await reply(outbox, f"row-{number}", Recipient(kind="staff", id=f"s{number}"))
        await one(outbox, NOW)
    found = await asyncio.gather(*(ledger.take(*HIS, f"row-{number}", NOW) for number in range(10)))
    taken = [one.id for one in found if one is not None]
    assert len(taken) == len(set(taken)) == 3


async def test_declining_ends_nothing_and_is_known_until_he_agrees(ledger: OptIns) -> None:
    await ledger.keep([heard()], NOW)
    await ledger.keep([heard("declined", at=NOW + SECOND)], NOW)
    assert await standing(ledger) == Standing(open=1, no_at=NOW + SECOND)
    await ledger.keep([heard(at=NOW + 2 * SECOND)], NOW)
    assert await standing(ledger) == Standing(open=2)


async def test_a_stop_ends_what_was_before_it_also_what_is_heard_later(ledger: OptIns) -> None:
    await ledger.keep([heard(), heard(template="T2")], NOW)
    await ledger.keep([heard("stopped", at=NOW + SECOND)], NOW)
    await ledger.keep([heard(at=NOW)], NOW)
    assert await standing(ledger) == Standing(no_at=NOW + SECOND)
    assert (await ledger.standing("xx", "o-1", ["T2"]))["T2"] == Standing(open=1)
    await ledger.keep([heard(at=NOW + 2 * SECOND)], NOW)
    assert (await standing(ledger)).open == 1


async def test_what_the_platform_does_not_know_is_cleared_but_not_what_came_meanwhile(ledger: OptIns) -> None:
    await ledger.keep([heard(), heard()], NOW)
    taken = await ledger.take(*HIS, "a", NOW)
    assert taken is not None
    await ledger.keep([heard()], NOW + SECOND)
    await ledger.clear(*HIS, taken.at, NOW + SECOND)
    assert await standing(ledger) == Standing(open=1)


async def test_leaving_ends_all_of_the_account(ledger: OptIns) -> None:
    await ledger.keep([heard(), heard("long_term", template="T2"), heard(person="o-2")], NOW)
    await ledger.leave("xx", "o-1", NOW + SECOND, NOW + SECOND)
    await ledger.leave("xx", "o-1", NOW + SECOND, NOW + 2 * SECOND)
    assert await standing(ledger) == Standing()
    assert await ledger.take("xx", "o-1", "T2", "a", NOW) is None
    assert (await ledger.standing("xx", "o-2", ["T1"]))["T1"] == Standing(open=1)


async def test_a_worker_that_dies_before_it_announces_costs_nothing(
    ledger: OptIns, outbox: Outbox, database: Database
) -> None:
    await ledger.keep([heard()], NOW)
    await reply(outbox, "a")
    await one(outbox, NOW)
    assert await ledger.take(*HIS, "a", NOW) is not None
    assert await ledger.take(*HIS, "b", NOW) is None, "its worker may be about to send"
    row = await one(outbox, NOW + LEASE + SECOND)
    assert await outbox.finish(row, Delivered(), NOW + LEASE + SECOND, 0) is RowState.DELIVERED  # by another way
    assert await standing(ledger) == Standing(open=1)
    assert await ledger.tidy(NOW + DAY + SECOND) == 0
    assert await states(database) == ["open"]
    assert await ledger.take(*HIS, "b", NOW) is not None


async def test_a_worker_that_dies_after_it_announces_has_spent_it(
    ledger: OptIns, outbox: Outbox, database: Database
) -> None:
    await ledger.keep([heard()], NOW)
    await reply(outbox, "a")
    row = await one(outbox, NOW)
    assert await ledger.take(*HIS, "a", NOW) is not None
    await outbox.announce(row, "subscription", None)
    late = NOW + LEASE + SECOND
    assert not await outbox.claim(late, 10)
    assert [reason for _, reason in await outbox.worklist(10)] == ["may_have_arrived"]
    assert await ledger.take(*HIS, "b", late) is None
    assert await ledger.tidy(NOW + DAY + SECOND) == 0
    assert await states(database) == ["spent"]
    assert await ledger.tidy(NOW + 5 * DAY) == 1


async def test_what_is_over_goes_when_it_cannot_be_reported_again(ledger: OptIns, database: Database) -> None:
    await ledger.keep([heard(), heard("declined"), heard(template="T2")], NOW)
    taken = await ledger.take(*HIS, "a", NOW)
    assert taken is not None
    await ledger.spend(taken, NOW)
    assert await ledger.tidy(NOW + 3 * DAY) == 0
    assert await ledger.tidy(NOW + 3 * DAY + SECOND) == 1
    assert await states(database) == ["said", "open"]
    assert await ledger.tidy(NOW + 731 * DAY) == 2


async def test_a_person_is_forgotten_as_he_was_then(ledger: OptIns) -> None:
    await ledger.keep([heard(), heard("declined"), heard(person="o-2")], NOW)
    await ledger.keep([heard()], NOW + SECOND)
    assert await ledger.of("xx", "o-1", NOW) == 2
    assert await ledger.forget("xx", "o-1", NOW) == 2
    assert await ledger.of("xx", "o-1", NOW) == 0
    assert await ledger.of("xx", "o-1", NOW + SECOND) == 1
    assert await ledger.of("xx", "o-2", NOW) == 1


async def states(database: Database) -> list[str]:
    async with database.reading() as connection:
        return list((await connection.execute(select(table.c.state).order_by(table.c.id))).scalars())
