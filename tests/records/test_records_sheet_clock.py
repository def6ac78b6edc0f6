"""Reminders of the sheet and a change of officers, over both engines: each once, whoever restarts (X37–X42, design §5)."""

import datetime as dt
from collections import Counter

import pytest
from sqlalchemy import select

from bot.ringing import Ringer
from handlers.leaving import leave
from model.case import Case
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.commands.sheet import GiveRow
from model.commands.survey import AgreeSurvey, ProposeSurvey
from storage.alarms import Alarms
from storage.engine import Database
from storage.records import Records
from storage.schema import alarms, outbox
from storage.staffing import Staffing
from tests.records.office import APPLICANT, Office, steward_of
from tests.routing.county import YES, steward, submission
from tests.routing.sheeted import PLANNING, ROAD, TOMORROW, officer
from tests.routing.test_sheet_clock import DUE, LATE, timed


class Time:
    """A clock that the test moves."""

    now = LATE

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
async def office(database: Database, records: Records, staffing: Staffing) -> Office:
    return await Office(database, records, staffing, timed()).open()


async def at_survey(office: Office) -> Case:
    case = await office.accept(submission(office.county, "用水", crosses=YES))
    who, order = steward_of(case), case.orders[0].id
    for actor, do in (
        (who, Take(order=order)),
        (who, ReportContact(order=order)),
        (who, ProposeSurvey(order=order, at=TOMORROW)),
        (APPLICANT, AgreeSurvey(appointment="joint", sequence=1)),
    ):
        case = await office.done(case, actor, do)
    return case


async def told(database: Database, template: str) -> Counter[str]:
    """Who was written this, and how often."""
    async with database.reading() as connection:
        rows = await connection.execute(select(outbox.c.recipient).where(outbox.c.template == template))
        return Counter(rows.scalars())


async def waiting(database: Database) -> list[str]:
    async with database.reading() as connection:
        rows = await connection.execute(select(alarms.c.appointment).where(alarms.c.what == "sheet"))
        return list(rows.scalars())


async def test_missing_rows_are_asked_for_once_whoever_restarts(office: Office) -> None:
    case = await at_survey(office)
    await office.done(case, officer(PLANNING), GiveRow(body=PLANNING, opinion="符合"))
    clock = Time()
    clock.now = LATE - dt.timedelta(minutes=1)
    assert await Ringer(Alarms(office.database), office.casework, clock).round() == 0
    clock.now = LATE
    for _ in range(2):  # another process, or this one after a restart
        await Ringer(Alarms(office.database), office.casework, clock).round()
    assert await told(office.database, "steward.row_wanted") == {f"{ROAD}-a": 1}
    assert await waiting(office.database) == []


async def test_an_item_is_reminded_of_twice_and_then_no_more(office: Office) -> None:
    case = await at_survey(office)
    wanted = GiveRow(body=PLANNING, opinion="待整改", remark="补图纸", due=DUE)
    case = await office.done(case, officer(PLANNING), wanted, now=TOMORROW)
    await office.done(case, officer(ROAD), GiveRow(body=ROAD, opinion="符合"), now=TOMORROW)
    clock = Time()
    for day, so_far in ((6, 0), (7, 1), (8, 1), (10, 2), (30, 2)):
        clock.now = dt.datetime.combine(DUE.replace(day=day), dt.time(12), LATE.tzinfo)
        await Ringer(Alarms(office.database), office.casework, clock).round()
        assert (await told(office.database, "steward.follow_up_due"))[f"{PLANNING}-a"] == so_far
    assert await waiting(office.database) == []


async def test_who_leaves_hears_no_more_and_his_colleague_does(office: Office) -> None:
    case = await at_survey(office)
    colleague = await office.hire(steward(PLANNING, name="b"))
    leaver = await office.staffing.one(f"{PLANNING}-a")
    assert leaver is not None
    for _ in range(2):  # done again it finds nothing left
        await leave(office.casework, office.staffing, {office.county.id: office.county}, leaver, TOMORROW)
    assert await told(office.database, "steward.sheet_taken_over") == {f"{PLANNING}-b": 1}
    await Ringer(Alarms(office.database), office.casework, Time()).round()
    assert await told(office.database, "steward.row_wanted") == {f"{PLANNING}-b": 1, f"{ROAD}-a": 1}
    assert [one.case.id for one in await office.casework.sheets(f"{PLANNING}-b")] == [case.id]
    assert colleague is not None
