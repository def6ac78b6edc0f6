"""The year's holidays are published: provisional limits end when they truly end, once, and whoever works on them hears (R31)."""

import pytest
from sqlalchemy import select

from bot.recounting import Recounter
from bot.warning import Warner
from handlers.casework import Casework
from model.case import Case
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.events.clock import ClocksRecounted, Warned
from model.process import Limit
from routing.evolve import fold
from storage.calendars import Calendars
from storage.deadlines import Deadlines
from storage.engine import Database
from storage.records import Records
from storage.schema import deadlines, outbox
from storage.staffing import Staffing
from tests.records.calendars import EVE, published
from tests.records.office import Office, steward_of
from tests.routing.clocks import at, county
from tests.routing.county import everybody, submission

UNKNOWN = county(("contact", Limit(days=1)), ("survey", Limit(days=5)))


class Later:
    """The program after a restart with the new calendar, at a time that the test sets."""

    def __init__(self, office: Office, records: Records, staffing: Staffing) -> None:
        self.now = EVE
        self.county = published(UNKNOWN)
        counties = {self.county.id: self.county}
        core = Casework(records, staffing, counties)
        self.recounter = Recounter(
            Deadlines(office.database), core, counties, Calendars(office.database), lambda: self.now
        )
        self.warner = Warner(Deadlines(office.database), core, lambda: self.now)


@pytest.fixture
async def office(database: Database, records: Records, staffing: Staffing) -> Office:
    return await Office(database, records, staffing, UNKNOWN).open(everybody(UNKNOWN))


@pytest.fixture
def later(office: Office, records: Records, staffing: Staffing) -> Later:
    return Later(office, records, staffing)


async def as_it_is(records: Records, case: Case) -> Case:
    found = await records.case(case.id)
    assert found is not None
    assert fold(await records.events(case.id)) == found
    return found


async def test_counted_again_and_told_once(office: Office, later: Later, records: Records) -> None:
    case = await office.accept(submission(UNKNOWN, "用水", "用电"), EVE)
    assert [(one.clocks["contact"].due.at, one.clocks["contact"].due.provisional) for one in case.orders] == [
        (at("2027-01-01 17:30"), True),
        (at("2027-01-01 17:30"), True),
    ]
    assert await later.recounter.round() == 1
    assert await later.recounter.round() == 0
    found = await as_it_is(records, case)
    for order in found.orders:
        assert (order.clocks["contact"].due.at, order.clocks["contact"].due.provisional) == (
            at("2027-01-02 17:30"),
            False,
        )
        assert order.clocks["survey"].due.at == at("2027-01-08 17:30")
    log = [one for one in await records.events(case.id) if isinstance(one.event, ClocksRecounted)]
    assert [(one.actor.role, one.calendar) for one in log] == [("clock", "国务院办公厅通知（示例）")]
    async with office.database.reading() as connection:
        told = (
            await connection.execute(select(outbox.c.recipient).where(outbox.c.template == "steward.recounted"))
        ).scalars()
        rows = (await connection.execute(select(deadlines.c.provisional))).scalars()
        assert sorted(told) == ["power_body-a", "water_body-a"]
        assert not any(rows)


async def test_what_was_warned_of_too_early_is_warned_of_again(office: Office, later: Later, records: Records) -> None:
    """On New Year's Day the provisional end had come; the true one is on the worked Saturday after it."""
    case = await office.accept(submission(UNKNOWN, "用水"), EVE)
    later.now = at("2027-01-01 17:30")
    while await later.warner.round():
        pass
    assert (await as_it_is(records, case)).orders[0].clocks["contact"].warned == 100
    assert await later.recounter.round() == 1
    assert (await as_it_is(records, case)).orders[0].clocks["contact"].warned == 80
    later.now = at("2027-01-02 17:30")
    while await later.warner.round():
        pass
    given = [one.event for one in await records.events(case.id) if isinstance(one.event, Warned)]
    ends = [(one.due, one.share) for one in given if one.step == "contact" and one.share == 100]
    assert ends == [(at("2027-01-01 17:30"), 100), (at("2027-01-02 17:30"), 100)]


async def test_what_is_done_stays(office: Office, later: Later, records: Records) -> None:
    """A limit that was met is history."""
    case = await office.accept(submission(UNKNOWN, "用水"), EVE)
    order = case.orders[0].id
    await office.done(case, steward_of(case), Take(order=order), now=EVE)
    await office.done(case, steward_of(case), ReportContact(order=order), now=EVE)
    assert await later.recounter.round() == 1
    found = (await as_it_is(records, case)).orders[0]
    assert found.clocks["contact"].due.at == at("2027-01-01 17:30")
    assert found.clocks["survey"].due.at == at("2027-01-08 17:30")


async def test_nothing_without_the_year(office: Office, later: Later, records: Records, staffing: Staffing) -> None:
    """A calendar that still ends before changes nothing, and asks the core for nothing."""
    case = await office.accept(submission(UNKNOWN, "用水"), EVE)
    same = {UNKNOWN.id: UNKNOWN}
    core = Casework(records, staffing, same)
    recounter = Recounter(Deadlines(office.database), core, same, Calendars(office.database), lambda: EVE)
    assert await recounter.round() == 0
    assert (await as_it_is(records, case)).version == case.version
