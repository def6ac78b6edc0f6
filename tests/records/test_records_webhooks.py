"""Rows for the own systems of bodies: written with their cause, in order, one at a time, none lost, on both databases."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Sequence

import pytest
from sqlalchemy import select

from model.breaker import FAILURES, FIRST, Breaker
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.delivery import Delivered, Failed, Obsolete, Outcome, Postponed, Row, RowState, Unknown
from model.webhook import Webhook
from routing.reports import reports
from storage.engine import Database
from storage.outbox import LEASE, Outbox
from storage.records import Records
from storage.schema import outbox as rows
from storage.schema import webhooks as systems
from storage.staffing import Staffing
from storage.vault import Keyring, Vault
from storage.webhook_rows import RETRY_AFTER, WebhookRows
from storage.webhooks import Webhooks
from tests.records.office import Office, steward_of
from tests.routing.county import NOW, submission

SECOND = dt.timedelta(seconds=1)
WATER = Webhook(county="xinxiang", body="water_body", url="https://water.example/hook?token=geheim", secret=b"s" * 32)
POWER = Webhook(county="xinxiang", body="power_body", url="https://power.example/", secret=b"t" * 32)


@pytest.fixture
def hooks(database: Database, vault: Vault) -> Webhooks:
    return Webhooks(database, vault)


@pytest.fixture
def waiting(database: Database) -> WebhookRows:
    return WebhookRows(database)


@pytest.fixture
async def office(database: Database, records: Records, staffing: Staffing) -> AsyncIterator[Office]:
    yield await Office(database, records, staffing).open()


async def one(waiting: WebhookRows, now: dt.datetime = NOW) -> Row:
    claimed = await waiting.claim(now, 10)
    assert len(claimed) == 1, claimed
    return claimed[0]


async def drained(waiting: WebhookRows, now: dt.datetime = NOW) -> list[str]:
    """Everything that can be sent now, delivered one after the other: `case template`."""
    sent = []
    while claimed := await waiting.claim(now, 10):
        for row in claimed:
            sent.append(f"{row.case} {row.template}")
            assert await waiting.finish(row, Delivered(), now, 0) == RowState.DELIVERED
    return sent


async def fails(waiting: WebhookRows, outcome: Outcome, now: dt.datetime) -> Row:
    row = await one(waiting, now)
    await waiting.finish(row, outcome, now, 0)
    return row


async def kept(database: Database, key: str) -> tuple[RowState, int]:
    async with database.reading() as connection:
        row = (await connection.execute(select(rows).where(rows.c.key == key))).one()
    return RowState(row.state), row.attempts


async def test_a_case_tells_the_systems_that_there_are(
    office: Office, hooks: Webhooks, waiting: WebhookRows, outbox: Outbox
) -> None:
    await hooks.put(WATER)
    case = await office.accept(submission(office.county, "用水", "用电"))
    row = await one(waiting)
    assert (row.recipient.kind, row.recipient.id, row.template) == ("system", WATER.id, "order.routed")
    assert (row.case, row.order) == (case.id, case.orders[0].id)
    people = await outbox.claim(NOW, 10)
    assert {claimed.recipient.kind for claimed in people} == {"staff"}
    assert await outbox.worklist(10) == ()


async def test_without_a_system_nothing_is_written(office: Office, waiting: WebhookRows, database: Database) -> None:
    await office.accept(submission(office.county, "用水"))
    async with database.reading() as connection:
        kinds = set((await connection.execute(select(rows.c.recipient_kind))).scalars())
    assert kinds == {"staff"}
    assert await waiting.next_due() is None


async def test_events_go_in_order_one_at_a_time_and_none_replaces_another(
    office: Office, hooks: Webhooks, waiting: WebhookRows
) -> None:
    await hooks.put(WATER)
    case = await office.accept(submission(office.county, "用水"))
    await office.done(case, steward_of(case), Take(order=case.orders[0].id))
    await office.done(case, steward_of(case), ReportContact(order=case.orders[0].id))
    first = await one(waiting)
    assert await waiting.claim(NOW, 10) == ()
    await waiting.finish(first, Unknown(reason="no answer"), NOW, 0)
    assert await waiting.claim(NOW, 10) == ()  # the later ones wait for it
    sent = await drained(waiting, NOW + RETRY_AFTER[0])
    assert sent == [f"{case.id} order.routed", f"{case.id} order.taken", f"{case.id} order.contacted"]


async def test_an_event_that_one_case_cannot_get_rid_of_holds_up_that_case_only(
    office: Office, hooks: Webhooks, waiting: WebhookRows
) -> None:
    await hooks.put(WATER)
    stuck = await office.accept(submission(office.county, "用水", key="s1"))
    other = await office.accept(submission(office.county, "用水", key="s2"))
    await office.done(stuck, steward_of(stuck), Take(order=stuck.orders[0].id))
    await fails(waiting, Failed(reason="HTTP 422"), NOW)
    assert await drained(waiting) == [f"{other.id} order.routed"]


async def test_refused_again_and_again_it_has_failed_and_the_next_one_goes(
    office: Office, hooks: Webhooks, waiting: WebhookRows, database: Database
) -> None:
    await hooks.put(WATER)
    case = await office.accept(submission(office.county, "用水"))
    await office.done(case, steward_of(case), Take(order=case.orders[0].id))
    now, row = NOW, None
    while row is None or (await kept(database, row.key))[0] == RowState.WAITING:
        due = await waiting.next_due()
        assert due is not None
        now = max(now, due)
        row = await fails(waiting, Failed(reason="HTTP 422"), now)
    assert await kept(database, row.key) == (RowState.FAILED, len(RETRY_AFTER) + 1)
    due = await waiting.next_due()
    assert due is not None
    assert await drained(waiting, due) == [f"{case.id} order.taken"]


async def test_a_system_that_is_away_is_left_alone_then_asked_once_and_all_goes_when_it_is_back(
    office: Office, hooks: Webhooks, waiting: WebhookRows, database: Database
) -> None:
    await hooks.put(WATER)
    cases = [await office.accept(submission(office.county, "用水", key=f"s{n}")) for n in range(FAILURES + 2)]
    tried = [await fails(waiting, Unknown(reason="no answer"), NOW) for _ in range(FAILURES)]
    assert await waiting.claim(NOW + RETRY_AFTER[0], 10) == ()  # open
    assert await waiting.next_due() == NOW + FIRST
    probe = await fails(waiting, Unknown(reason="no answer"), NOW + FIRST)
    assert await kept(database, probe.key) == (RowState.WAITING, probe.attempt - 1)  # it used up no attempt
    assert await waiting.claim(NOW + FIRST, 10) == ()
    back = NOW + 3 * FIRST
    sent = await drained(waiting, back)
    assert sorted(sent) == sorted(f"{case.id} order.routed" for case in cases)
    assert {row.case for row in tried} <= {line.split()[0] for line in sent}
    assert (await hooks.one(WATER.id) or WATER).breaker == Breaker()


async def test_an_outage_of_weeks_loses_nothing(office: Office, hooks: Webhooks, waiting: WebhookRows) -> None:
    await hooks.put(WATER)
    cases = [await office.accept(submission(office.county, "用水", key=f"s{n}")) for n in range(6)]
    now = NOW
    for _ in range(300):
        due = await waiting.next_due()
        assert due is not None
        now = max(now, due)
        await fails(waiting, Unknown(reason="no answer"), now)
    assert now > NOW + dt.timedelta(days=10)
    due = await waiting.next_due()
    assert due is not None
    assert len(await drained(waiting, due)) == len(cases)


async def test_who_asks_for_a_pause_gets_it_and_no_attempt_is_used_up(
    office: Office, hooks: Webhooks, waiting: WebhookRows, database: Database
) -> None:
    await hooks.put(WATER)
    for n in range(2):
        await office.accept(submission(office.county, "用水", key=f"s{n}"))
    pause = dt.timedelta(minutes=7)
    row = await fails(waiting, Failed(reason="HTTP 429", retry_after=pause), NOW)
    assert await waiting.claim(NOW + pause - SECOND, 10) == ()
    assert await kept(database, row.key) == (RowState.WAITING, 0)
    assert len(await drained(waiting, NOW + pause)) == 2


async def test_one_system_away_keeps_no_other_waiting(office: Office, hooks: Webhooks, waiting: WebhookRows) -> None:
    await hooks.put(WATER)
    await hooks.put(POWER)
    await office.accept(submission(office.county, "用水", "用电"))
    claimed = {row.recipient.id: row for row in await waiting.claim(NOW, 10)}
    assert set(claimed) == {WATER.id, POWER.id}
    await waiting.finish(claimed[WATER.id], Unknown(reason="no answer"), NOW, 0)
    await waiting.finish(claimed[POWER.id], Delivered(), NOW, 0)
    standing = await waiting.standing()
    assert (standing[WATER.id].waiting, standing[POWER.id].waiting) == (1, 0)


async def test_who_died_over_it_is_made_up_for(
    office: Office, hooks: Webhooks, waiting: WebhookRows, database: Database
) -> None:
    """kill -9 between the claim and its end: the same row, and so the same id, goes again when the lease is over."""
    await hooks.put(WATER)
    await office.accept(submission(office.county, "用水"))
    row = await one(waiting)
    assert await waiting.claim(NOW + LEASE - SECOND, 10) == ()
    assert await waiting.next_due() == NOW + LEASE
    again = await one(WebhookRows(database), NOW + LEASE)
    assert (again.id, again.key, again.attempt) == (row.id, row.key, row.attempt + 1)
    assert await waiting.finish(row, Delivered(), NOW + LEASE, 0) is None  # the dead one's end comes too late
    assert await waiting.finish(again, Delivered(), NOW + LEASE, 0) == RowState.DELIVERED


async def test_two_workers_never_have_the_same_row_nor_two_of_one_system(
    office: Office, hooks: Webhooks, database: Database
) -> None:
    for system in (WATER, POWER):
        await hooks.put(system)
    for n in range(4):
        await office.accept(submission(office.county, "用水", "用电", key=f"s{n}"))
    seen: list[str] = []
    for _ in range(20):
        batches: Sequence[tuple[Row, ...]] = await asyncio.gather(
            *(WebhookRows(database).claim(NOW, 5) for _ in range(4))
        )
        claimed = [row for batch in batches for row in batch]
        assert len({row.recipient.id for row in claimed}) == len(claimed)
        seen += [row.key for row in claimed]
        await asyncio.gather(*(WebhookRows(database).finish(row, Delivered(), NOW, 0) for row in claimed))
    assert len(seen) == len(set(seen)) == 8


async def test_our_own_stores_away_or_nothing_to_say_touches_no_breaker(
    office: Office, hooks: Webhooks, waiting: WebhookRows, database: Database
) -> None:
    await hooks.put(WATER)
    await office.accept(submission(office.county, "用水"))
    row = await fails(waiting, Postponed(reason="away"), NOW)
    assert await kept(database, row.key) == (RowState.WAITING, 0)
    later = NOW + dt.timedelta(minutes=1)
    await fails(waiting, Obsolete(reason="record erased"), later)
    assert (await kept(database, row.key))[0] == RowState.SUPERSEDED
    assert (await hooks.one(WATER.id) or POWER).breaker == Breaker()


async def test_a_system_switched_off_gets_nothing_and_loses_nothing(
    office: Office, hooks: Webhooks, waiting: WebhookRows
) -> None:
    await hooks.put(WATER)
    assert await hooks.switch_off(WATER.id, "HTTP 410")
    assert not await hooks.switch_off(WATER.id, "HTTP 410")
    case = await office.accept(submission(office.county, "用水"))
    assert await waiting.claim(NOW, 10) == ()
    assert await waiting.next_due() is None
    await hooks.put(WATER)
    assert await drained(waiting) == [f"{case.id} order.routed"]


async def test_a_system_removed_hears_nothing_any_more(office: Office, hooks: Webhooks, waiting: WebhookRows) -> None:
    await hooks.put(WATER)
    await office.accept(submission(office.county, "用水"))
    assert await hooks.remove(WATER.id, NOW)
    assert not await hooks.remove(WATER.id, NOW)
    await office.accept(submission(office.county, "用水", key="s2"))
    await hooks.put(WATER)
    assert await drained(waiting) == []


async def test_a_replay_tells_again_in_order_what_was_told_what_failed_and_what_was_before_it(
    office: Office, hooks: Webhooks, waiting: WebhookRows, records: Records
) -> None:
    case = await office.accept(submission(office.county, "用水"))  # there was no system yet
    await hooks.put(WATER)
    await office.done(case, steward_of(case), Take(order=case.orders[0].id))
    assert await drained(waiting) == [f"{case.id} order.taken"]
    await office.done(case, steward_of(case), ReportContact(order=case.orders[0].id))
    found = [each for each in reports(None, await records.events(case.id)) if each.recipient.id == WATER.id]
    assert await waiting.replay(found, NOW) == 2  # what waits anyway is not counted
    sent = await drained(waiting)
    assert sent == [f"{case.id} order.routed", f"{case.id} order.taken", f"{case.id} order.contacted"]
    assert await drained(waiting) == []


async def test_address_and_secrets_are_sealed_and_come_back(hooks: Webhooks, database: Database) -> None:
    rotating = WATER.model_copy(update={"previous": b"p" * 32, "previous_until": NOW})
    await hooks.put(rotating)
    assert await hooks.one(WATER.id) == rotating
    assert await hooks.of_county("xinxiang") == (rotating,)
    assert await hooks.one("xinxiang:power_body") is None
    async with database.reading() as connection:
        row = (await connection.execute(select(systems))).one()
    for hidden in (b"geheim", b"water.example", b"ssss", b"c3Nz"):
        assert hidden not in repr(tuple(row)).encode()
    assert "geheim" not in repr(rotating)
    assert "ssss" not in repr(rotating)


async def test_keys_are_rotated_with_all_others(hooks: Webhooks, database: Database) -> None:
    await hooks.put(WATER)
    both = Vault(Keyring("k2", {"k1": b"1" * 32, "k2": b"3" * 32}), b"2" * 32)
    assert await Webhooks(database, both).rewrap() == 1
    assert await Webhooks(database, both).rewrap() == 0
    only = Vault(Keyring("k2", {"k2": b"3" * 32}), b"2" * 32)
    assert await Webhooks(database, only).one(WATER.id) == WATER
