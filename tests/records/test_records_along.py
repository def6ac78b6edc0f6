"""What waits for one applicant may be told in one message, and ends with it, or waits on (§2.4)."""

import datetime as dt

import pytest
from sqlalchemy import select

from bot.delivery import Announce, Delivery
from model.commands.intake import Take
from model.delivery import Delivered, Failed, Outcome, Row, RowState, Unknown, Unreachable
from storage.engine import Database
from storage.outbox import LEASE, AlongGone, LeaseLost, Outbox
from storage.records import Records
from storage.schema import outbox as rows
from storage.staffing import Staffing
from tests.records.office import Office, steward_of
from tests.routing.county import NOW, submission


@pytest.fixture
async def office(database: Database, records: Records, staffing: Staffing) -> Office:
    return await Office(database, records, staffing).open()


@pytest.fixture
async def three(office: Office, outbox: Outbox) -> Row:
    """Three stewards took their orders; everything for staff is out of the way."""
    case = await office.accept(submission(office.county, "用水", "用电", "热力"))
    for place in (1, 2, 3):
        await office.done(case, steward_of(case, place), Take(order=case.orders[place - 1].id))
    while True:
        claimed = await outbox.claim(NOW, 50)
        (found,) = [row for row in claimed if row.recipient.kind == "applicant"] or [None]
        for row in claimed:
            if row is not found:
                await outbox.finish(row, Delivered(), NOW, 0)
        if found is not None:
            return found


async def states(database: Database) -> list[RowState]:
    query = select(rows.c.state).where(rows.c.template == "applicant.steward").order_by(rows.c.id)
    async with database.reading() as connection:
        return [RowState(one) for one in (await connection.execute(query)).scalars()]


async def with_whom(database: Database, row: Row) -> int | None:
    async with database.reading() as connection:
        found: int | None = (await connection.execute(select(rows.c.along).where(rows.c.id == row.id))).scalar_one()
    return found


async def test_what_else_waits_is_told_along_and_ends_with_it(three: Row, outbox: Outbox, database: Database) -> None:
    told, left = await outbox.beside(three, NOW)
    await outbox.announce(three, "custom", None, [told])
    assert await states(database) == [RowState.SENDING, RowState.SENDING, RowState.WAITING]
    assert [one for one in await outbox.claim(NOW, 50) if one.recipient.kind == "applicant"] == []
    for one in (three, told):
        assert await outbox.finish(one, Delivered(), NOW, 0) == RowState.DELIVERED
    (again,) = [one for one in await outbox.claim(NOW, 50) if one.recipient.kind == "applicant"]
    assert (again.id, again.attempt) == (left.id, 1)


async def test_a_refusal_is_a_refusal_of_all_and_each_may_go_alone(
    three: Row, outbox: Outbox, database: Database
) -> None:
    along = await outbox.beside(three, NOW)
    await outbox.announce(three, "custom", None, along)
    for one in (three, *along):
        await outbox.finish(one, Failed(reason="errcode 1"), NOW, 0)
    assert await states(database) == [RowState.WAITING] * 3
    later = NOW + dt.timedelta(hours=1)
    for _ in range(3):  # each by itself: nobody gets two messages at once
        (again,) = [one for one in await outbox.claim(later, 50) if one.recipient.kind == "applicant"]
        assert [one for one in await outbox.claim(later, 50) if one.recipient.kind == "applicant"] == []
        assert await outbox.beside(again, later) == ()
        assert await with_whom(database, again) is None  # or another of his could be sent beside it
        await outbox.finish(again, Delivered(), later, 0)


async def test_no_answer_is_none_for_all(three: Row, outbox: Outbox, database: Database) -> None:
    """It may have arrived, so none of it is said twice: the hotline calls."""
    along = await outbox.beside(three, NOW)
    await outbox.announce(three, "custom", None, along)
    for one in (three, *along):
        await outbox.finish(one, Unknown(reason="no answer"), NOW, 0)
    assert await states(database) == [RowState.WORKLIST] * 3


async def test_who_dies_after_saying_so_doubles_nothing(three: Row, outbox: Outbox, database: Database) -> None:
    await outbox.announce(three, "custom", None, await outbox.beside(three, NOW))
    later = NOW + LEASE + dt.timedelta(seconds=1)
    assert [one for one in await outbox.claim(later, 50) if one.recipient.kind == "applicant"] == []
    assert await states(database) == [RowState.WORKLIST] * 3


async def test_what_waits_no_more_is_not_told_and_nothing_was_announced(
    three: Row, outbox: Outbox, database: Database
) -> None:
    first, second = await outbox.beside(three, NOW)
    await outbox.announce(three, "custom", None, [first])
    with pytest.raises(AlongGone):
        await outbox.announce(three, "custom", None, [second, first])
    assert await states(database) == [RowState.SENDING, RowState.SENDING, RowState.WAITING]


async def test_nothing_is_sent_of_which_the_lease_is_gone(three: Row, outbox: Outbox, database: Database) -> None:
    along = await outbox.beside(three, NOW)
    await outbox.claim(NOW + LEASE + dt.timedelta(seconds=1), 50)
    with pytest.raises(LeaseLost):
        await outbox.announce(three, "custom", None, along)
    assert await states(database) == [RowState.SENDING, RowState.WAITING, RowState.WAITING]


async def test_what_is_not_due_yet_or_was_tried_waits_for_its_own_turn(three: Row, outbox: Outbox) -> None:
    assert await outbox.beside(three, NOW - dt.timedelta(seconds=1)) == ()
    assert await outbox.beside(three.model_copy(update={"channel": "custom"}), NOW) == ()


class Card:
    """客服消息 is refused for the 48 hours are over; a card (模板消息) has room for one notice."""

    def __init__(self, outbox: Outbox) -> None:
        self.outbox = outbox
        self.sent = list[int]()

    async def send(self, row: Row, announce: Announce) -> Outcome:
        await announce("custom", None, await self.outbox.beside(row, NOW))
        await announce("template", None)
        self.sent.append(row.id)
        return Delivered()


async def test_what_a_card_has_no_room_for_goes_by_itself_later(three: Row, outbox: Outbox, database: Database) -> None:
    await outbox.finish(three, Failed(reason="errcode 45047"), NOW, 0)
    clock = [NOW]
    card = Card(outbox)
    worker = Delivery(outbox, card, now=lambda: clock[0], jitter=lambda: 0)
    await worker.deliver_due()
    assert await states(database) == [RowState.WAITING, RowState.DELIVERED, RowState.WAITING]
    clock[0] = NOW + dt.timedelta(hours=1)
    await worker.deliver_due()
    assert await states(database) == [RowState.DELIVERED] * 3
    assert sorted(card.sent) == sorted(set(card.sent))


class Gone(Card):
    """The applicant does not follow the account any more."""

    async def send(self, row: Row, announce: Announce) -> Outcome:
        await announce("custom", None, await self.outbox.beside(row, NOW))
        return Unreachable(reason="errcode 43004")


async def test_nobody_reached_is_said_of_each_by_itself(three: Row, outbox: Outbox, database: Database) -> None:
    await outbox.finish(three, Failed(reason="errcode 1"), NOW, 0)
    clock = [NOW]
    worker = Delivery(outbox, Gone(outbox), now=lambda: clock[0], jitter=lambda: 0)
    await worker.deliver_due()
    assert await states(database) == [RowState.WAITING, RowState.WORKLIST, RowState.WAITING]
    clock[0] = NOW + dt.timedelta(hours=1)
    await worker.deliver_due()
    assert await states(database) == [RowState.WORKLIST] * 3
