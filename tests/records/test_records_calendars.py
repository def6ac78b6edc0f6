"""A calendar that somebody changes while cases are open: every process goes on by it, and limits over the changed days are moved once."""

import datetime as dt

import pytest
from sqlalchemy import select

from bot.calendar_watch import CalendarWatch
from bot.recounting import Recounter
from handlers.casework import Casework
from handlers.editions import Editions
from handlers.rearranging import NotNow, Overtaken, Proposal, Rearranging
from model.calendar_version import CalendarVersion
from model.events.clock import ClocksRecounted
from model.process import Limit
from storage.calendars import Calendars
from storage.deadlines import Deadlines
from storage.editions import EditionStore
from storage.engine import Database
from storage.records import Records
from storage.schema import outbox
from storage.staffing import Staffing
from tests.config.test_notice import NOTICES, read_notice
from tests.records.office import Office
from tests.routing.clocks import at, county
from tests.routing.county import everybody, submission

COUNTY = county(("contact", Limit(days=1)), ("survey", Limit(days=5)))
EXTRA = read_notice(NOTICES[2026].replace("2025年11月4日", "八、示例：12月2日放假。")).arrangement
MONDAY, TUESDAY = at("2026-11-30 09:00"), at("2026-12-01 09:00")


class Program:
    """One process, with its own idea of the counties."""

    def __init__(self, database: Database, records: Records, staffing: Staffing) -> None:
        self.now = TUESDAY
        self.calendars, self.told = Calendars(database), list[str]()
        self.counties = Editions({COUNTY.id: COUNTY}, EditionStore(database), self.calendars)
        self.core = Casework(records, staffing, self.counties)
        deadlines = Deadlines(database)
        self.rearranging = Rearranging(self.calendars, deadlines, self.core, self.counties)
        self.watch = CalendarWatch(self.counties, self.told.append)
        self.recounter = Recounter(deadlines, self.core, self.counties, self.calendars, lambda: self.now)

    async def store(self, seen: int = 0) -> CalendarVersion | Overtaken | NotNow:
        return await self.rearranging.store(COUNTY.id, 2026, EXTRA, seen=seen, back=None, by="admin", now=self.now)


@pytest.fixture
async def office(database: Database, records: Records, staffing: Staffing) -> Office:
    return await Office(database, records, staffing, COUNTY).open(everybody(COUNTY))


@pytest.fixture
def here(office: Office, records: Records, staffing: Staffing) -> Program:
    return Program(office.database, records, staffing)


async def test_limits_over_a_changed_day_are_moved_once_and_no_others(
    office: Office, here: Program, records: Records
) -> None:
    early = await office.accept(submission(COUNTY, "用水"), MONDAY)  # ends on Tuesday, before the day
    late = await office.accept(submission(COUNTY, "用电", key="s2"), TUESDAY)  # would end on that day
    made = await here.rearranging.propose(COUNTY.id, 2026, EXTRA, TUESDAY)
    assert isinstance(made, Proposal)
    assert (made.days, made.moved, made.settled, made.tried, made.more) == ((dt.date(2026, 12, 2),), 2, 0, 2, False)
    assert isinstance(await here.store(), CalendarVersion)
    await here.watch.look()
    while await here.recounter.round():
        pass
    ends = {}
    for case in (early, late):
        found = await records.case(case.id)
        assert found is not None
        ends |= {(case.id, step): clock.due.at for step, clock in found.orders[0].clocks.items()}
        log = [one for one in await records.events(case.id) if isinstance(one.event, ClocksRecounted)]
        assert [one.calendar for one in log] == [f"{COUNTY.calendar.source}；2026年第1版".lstrip("；")]
    assert ends == {
        (early.id, "contact"): at("2026-12-01 17:30"),
        (early.id, "survey"): at("2026-12-08 17:30"),
        (late.id, "contact"): at("2026-12-03 17:30"),
        (late.id, "survey"): at("2026-12-09 17:30"),
    }
    async with office.database.reading() as connection:
        told = (
            await connection.execute(select(outbox.c.recipient).where(outbox.c.template == "steward.recounted"))
        ).all()
        assert len(told) == 2


async def test_another_process_takes_it_up_and_what_it_did_meanwhile_is_counted_too(
    office: Office, here: Program, records: Records, staffing: Staffing
) -> None:
    other = Program(office.database, records, staffing)
    assert isinstance(await here.store(), CalendarVersion)
    await here.watch.look()
    await here.recounter.round()
    case = await other.core.accept(submission(COUNTY, "用水"), TUESDAY)  # it has not looked yet
    await other.watch.round()
    assert (other.told, here.told) == ([COUNTY.id], [COUNTY.id])
    assert other.counties[COUNTY.id].calendar == here.counties[COUNTY.id].calendar
    await other.watch.round()
    await other.counties.learn(COUNTY.id)  # of another edition: the calendar stays
    assert len(other.told) == 1
    assert other.counties[COUNTY.id].calendar == here.counties[COUNTY.id].calendar
    (version,) = await here.calendars.versions(COUNTY.id)
    assert version.counted_at is None
    here.now += dt.timedelta(minutes=2)
    assert await here.recounter.round() == 1
    (version,) = await here.calendars.versions(COUNTY.id)
    assert version.counted_at == here.now
    found = await records.case(case.id)
    assert found is not None
    assert found.orders[0].clocks["contact"].due.at == at("2026-12-03 17:30")
    assert await here.recounter.round() == 0
    assert await other.recounter.round() == 0


async def test_one_of_two_is_stored(here: Program) -> None:
    assert isinstance(await here.store(), CalendarVersion)
    lost = await here.store()
    assert isinstance(lost, Overtaken)
    assert lost.by is not None
    assert lost.by.number == 1
    (kept,) = await here.calendars.versions(COUNTY.id)
    assert not await here.calendars.add(kept)
    assert not await here.calendars.add(kept.model_copy(update={"number": 3}))
    assert await here.calendars.newest() == {COUNTY.id: 1}
    here.now = at("2027-01-01 00:00")
    assert await here.store(seen=1) == NotNow("over", 2026)
