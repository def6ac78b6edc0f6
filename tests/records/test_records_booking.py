"""Planned times over both engines: everybody is reminded once, at the time that stands (X21, R27)."""

import datetime as dt

import pytest

from bot.ringing import Ringer
from model.commands.booking import MovePlan
from model.values import Day
from storage.alarms import Alarms
from storage.engine import Database
from storage.records import Records
from storage.staffing import Staffing
from tests.records.office import APPLICANT, Office
from tests.records.test_records_alarms import Time, ringer
from tests.routing.county import everybody, submission
from tests.routing.test_booking import COUNTY, at, day


@pytest.fixture
async def office(database: Database, records: Records, staffing: Staffing) -> Office:
    return await Office(database, records, staffing, COUNTY).open(everybody(COUNTY))


async def rings(clock: Ringer, time: Time, now: dt.datetime) -> int:
    time.now = now
    return await clock.round()


async def test_reminded_of_the_time_that_stands_each_day_once(office: Office) -> None:
    case = await office.accept(submission(COUNTY, "用水", planned_time=day(12, 7)))
    assert await Alarms(office.database).soonest() == at(12, 4, 9, 0)
    case = await office.done(case, APPLICANT, MovePlan(day=Day(date=dt.date(2026, 12, 21))))
    time = Time()
    clock, other = ringer(office, time), ringer(office, time)
    assert await rings(clock, time, at(12, 7)) == 0
    assert [await rings(one, time, at(12, 18, 9, 0)) for one in (clock, other)] == [1, 0]
    assert [await rings(one, time, at(12, 20, 9, 0)) for one in (clock, other)] == [1, 0]
    events = [one.event.event for one in await office.casework.events(case.id)]
    assert events.count("plan_reminded") == 2
    assert await Alarms(office.database).soonest() is None
