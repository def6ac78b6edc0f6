"""A push that failed for good is tried once more, once, by somebody of the county it is about, and only where it still says something."""

import datetime as dt

from sqlalchemy import insert, select, update

from model.delivery import Delivered, Failed, RowState
from storage.engine import Database
from storage.outbox import Outbox
from storage.records import Records
from storage.schema import outbox as rows_table
from storage.schema import sent_again
from storage.sending_again import SendingAgain
from storage.staffing import Staffing
from storage.steps import Step
from tests.records.office import Office, filled
from tests.routing.county import NOW


async def failing(database: Database, records: Records, staffing: Staffing) -> tuple[SendingAgain, Outbox, list[int]]:
    """A case whose first pushes were all refused for good."""
    office = await Office(database, records, staffing).open()
    await office.accept(filled(office.county, "用水"))
    outbox, failed = Outbox(database), []
    for row in await outbox.claim(NOW, 20):
        await outbox.finish(row, Failed(reason="template=blocked", permanent=True), NOW, 0)
        failed.append(row.id)
    assert failed
    return SendingAgain(database), outbox, failed


async def test_it_goes_once_more_and_who_wanted_it_is_kept(database, records, staffing) -> None:
    pushes, outbox, failed = await failing(database, records, staffing)
    before = await pushes.failed("xinxiang", 10)
    assert {one.row for one in before} == set(failed) and {one.by for one in before} == {""}
    assert before[0].number and before[0].reason == "template=blocked"
    assert await pushes.again(failed[0], "xinxiang", "staff-1", NOW) == "waiting"
    assert await pushes.again(failed[0], "xinxiang", "staff-2", NOW) == "gone"
    [row] = [one for one in await outbox.claim(NOW, 20) if one.id == failed[0]]
    assert row.attempt == 1
    await outbox.finish(row, Failed(reason="template=quota", permanent=True), NOW, 0)
    [now] = [one for one in await pushes.failed("xinxiang", 10) if one.row == failed[0]]
    assert (now.by, now.reason) == ("staff-1", "template=quota")
    async with database.reading() as connection:
        [kept] = (await connection.execute(select(sent_again))).all()
    assert (kept.row, kept.by, kept.at, kept.reason) == (failed[0], "staff-1", NOW, "template=blocked")


async def test_one_of_another_county_or_in_another_state_is_not_there(database, records, staffing) -> None:
    pushes, outbox, failed = await failing(database, records, staffing)
    assert await pushes.failed("jingxian", 10) == () and await pushes.standing("jingxian", NOW) == ()
    assert await pushes.again(failed[0], "jingxian", "s", NOW) == "gone"
    assert await pushes.again(10**12, "xinxiang", "s", NOW) == "gone"
    await pushes.again(failed[0], "xinxiang", "s", NOW)
    [row] = [one for one in await outbox.claim(NOW, 20) if one.id == failed[0]]
    assert await pushes.again(failed[0], "xinxiang", "s", NOW) == "gone"  # under way
    await outbox.finish(row, Delivered(), NOW, 0)
    assert await pushes.again(failed[0], "xinxiang", "s", NOW) == "gone"


async def test_what_nobody_needs_any_more_does_not_go(database, records, staffing) -> None:
    pushes, _, failed = await failing(database, records, staffing)
    async with database.writing(Step.STAFF) as connection:
        one = update(rows_table).where(rows_table.c.id == failed[0])
        await connection.execute(one.values(not_after=NOW))
    assert await pushes.again(failed[0], "xinxiang", "s", NOW) == "late"
    async with database.writing(Step.STAFF) as connection:
        await connection.execute(one.values(not_after=NOW + dt.timedelta(hours=1)))
        query = select(rows_table).where(rows_table.c.id == failed[0])
        row = dict((await connection.execute(query)).mappings().one())
        row.pop("id")
        newer = row | {"key": "newer", "sequence": row["sequence"] + 1, "state": RowState.DELIVERED}
        await connection.execute(insert(rows_table).values(newer))
    assert await pushes.again(failed[0], "xinxiang", "s", NOW) == "newer"


async def test_how_all_of_them_stand(database, records, staffing) -> None:
    pushes, _, failed = await failing(database, records, staffing)
    [first, *_] = await pushes.standing("xinxiang", NOW + dt.timedelta(days=1))
    assert first.state in RowState
    found = {one.state: one for one in await pushes.standing("xinxiang", NOW + dt.timedelta(days=1))}
    assert found[RowState.FAILED].pushes == len(failed) and found[RowState.FAILED].oldest == NOW
