"""Appointments and the clock over the records: closed, reminded, each once; nobody in two places (X30, X36, design §5)."""

import asyncio
import datetime as dt
from collections import Counter

import pytest
from sqlalchemy import select

from bot.ringing import Ringer
from model.case import JOINT, Case
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.commands.scheduling import GiveTimes
from model.commands.survey import MoveSurvey
from model.decision import Done
from model.message import Actor
from model.times import APPLICANT, Window
from routing.evolve import fold
from storage.alarms import Alarms
from storage.engine import Database
from storage.records import Records
from storage.schema import appointments, outbox
from storage.staffing import Staffing
from tests.records.office import APPLICANT as PERSON
from tests.records.office import Office, steward_of
from tests.routing.county import NOW, everybody, submission
from tests.routing.test_gathering import COUNTY, day, span


class Time:
    """A clock that the test moves."""

    now = NOW

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
async def office(database: Database, records: Records, staffing: Staffing) -> Office:
    return await Office(database, records, staffing, COUNTY).open(everybody(COUNTY))


def ringer(office: Office, clock: Time) -> Ringer:
    """A ringer as another process has it, or this one after a restart."""
    return Ringer(Alarms(office.database), office.casework, clock)


async def asked(office: Office, key: str) -> Case:
    case = await office.accept(submission(COUNTY, "用水", "用电", key=key))
    await office.done(case, steward_of(case), Take(order=case.orders[0].id))
    return await office.done(case, steward_of(case), ReportContact(order=case.orders[0].id))


def times(who: Actor, *windows: Window) -> GiveTimes:
    return GiveTimes(appointment=JOINT, round=1, party=who.staff or APPLICANT, windows=windows)


async def all_say(office: Office, case: Case, *windows: Window) -> Case:
    for who in (steward_of(case), steward_of(case, 2), PERSON):
        case = await office.done(case, who, times(who, *windows))
    return case


async def reminded(database: Database) -> Counter[str]:
    """How often who was written a reminder."""
    async with database.reading() as connection:
        rows = await connection.execute(select(outbox.c.recipient).where(outbox.c.template.like("%.reminded")))
        return Counter(rows.scalars())


async def test_each_reminder_once(office: Office, records: Records) -> None:
    """Over restarts and processes at once; the day before and the hour before."""
    clock, look = Time(), Alarms(office.database)
    case = await all_say(office, await asked(office, "s1"), span(25, 9, 12))
    assert await look.soonest() == day(24, 16)
    clock.now = day(24, 15, 59)
    assert await ringer(office, clock).round() == 0
    clock.now = day(24, 16)
    assert sum(await asyncio.gather(*(ringer(office, clock).round() for _ in range(3)))) >= 1
    assert await ringer(office, clock).round() == 0
    everyone = {"applicant": 1, "water_body-a": 1, "power_body-a": 1}
    assert await reminded(office.database) == everyone
    clock.now = day(25, 12)
    assert await ringer(office, clock).round() == 1
    assert await reminded(office.database) == dict.fromkeys(everyone, 2)
    assert await look.soonest() is None
    log = await records.events(case.id)
    assert [one.event.which for one in log if one.event.event == "reminded"] == ["day", "hour"]
    assert fold(log) == await records.case(case.id)


async def test_a_moved_time_drops_its_reminders(office: Office) -> None:
    clock = Time()
    case = await all_say(office, await asked(office, "s1"), span(25, 9, 12), span(27, 9, 12))
    move = MoveSurvey(appointment=JOINT, sequence=1, wish="周五", windows=(span(27, 9, 12),))
    case = await office.done(case, PERSON, move)
    assert case.appointments[JOINT].at == day(27, 9)
    assert await Alarms(office.database).soonest() == day(26, 16)
    clock.now = day(25, 12)
    assert await ringer(office, clock).round() == 0


async def test_waiting_ends_once(office: Office, records: Records) -> None:
    clock = Time()
    case = await asked(office, "s1")
    case = await office.done(case, PERSON, times(PERSON, span(27, 9, 12)))
    case = await office.done(case, steward_of(case), times(steward_of(case), span(27, 9, 12)))
    clock.now = case.gatherings[JOINT].closes
    assert await ringer(office, clock).round() == 1
    assert await ringer(office, clock).round() == 0
    now = await records.case(case.id)
    assert now is not None
    assert now.appointments[JOINT].at == day(27, 9)


async def test_a_steward_in_two_cases(office: Office) -> None:
    """The second case keeps clear of the first one's half hour."""
    first = await all_say(office, await asked(office, "s1"), span(25, 9, 12))
    second = await all_say(office, await asked(office, "s2"), span(25, 9, 12))
    assert (first.appointments[JOINT].at, second.appointments[JOINT].at) == (day(25, 9), day(25, 9, 30))


async def test_two_cases_at_the_same_moment(office: Office) -> None:
    """Two last answers at once, each of which makes a time: both cases get one, at different half hours."""
    cases = [await asked(office, "s1"), await asked(office, "s2")]
    for case in cases:
        for who in (steward_of(case), steward_of(case, 2)):
            await office.done(case, who, times(who, span(25, 9, 12)))
    done = await asyncio.gather(*(office.do(case, PERSON, times(PERSON, span(25, 9, 12))) for case in cases))
    assert all(isinstance(one, Done) for one in done), done
    found = {one.case.appointments[JOINT].at for one in done if isinstance(one, Done)}
    assert found == {day(25, 9), day(25, 9, 30)}
    async with office.database.reading() as connection:
        held = (await connection.execute(select(appointments.c.steward, appointments.c.slot))).all()
    assert len(held) == len(set(held)) == 4
