"""Digests of a morning: once per member of staff and day, and only where there is something."""

import datetime as dt

import pytest

from bot.letters import OutboxLetters
from bot.mornings import Mornings
from handlers.digest import LEAD
from model.calendar import CHINA
from model.commands.intake import Assign
from storage.desks import Desks
from storage.engine import Database
from storage.outbox import Outbox
from storage.records import Records
from storage.staffing import Staffing
from tests.records.office import Office
from tests.routing.county import NOW, steward, submission
from tests.routing.desk import WINDOW

MONDAY, NOON = dt.datetime(2026, 11, 30, 8, 30, tzinfo=CHINA), dt.datetime(2026, 11, 30, 12, tzinfo=CHINA)


@pytest.fixture
async def office(database: Database, records: Records, staffing: Staffing) -> Office:
    return await Office(database, records, staffing).open()


def mornings(office: Office, outbox: Outbox, now: dt.datetime) -> Mornings:
    """A process of its own, at this instant."""
    return Mornings(office.staffing, OutboxLetters(outbox), {office.county.id: office.county}, lambda: now)


async def test_once_a_day_over_restarts_and_processes(office: Office, outbox: Outbox) -> None:
    await office.accept(submission(office.county, "用水"))
    first, other = mornings(office, outbox, MONDAY), mornings(office, outbox, MONDAY)
    assert await first.round() == 1  # the other stewards have nothing
    assert await other.round() == 0
    assert await first.round() == 0
    rows = [row for row in await outbox.claim(MONDAY, 50) if row.kind == "reply"]
    assert rows == []  # his task is still to be sent, and comes first
    assert await mornings(office, outbox, MONDAY + dt.timedelta(days=1)).round() == 1


async def test_only_in_the_morning_of_a_working_day(office: Office, outbox: Outbox) -> None:
    await office.accept(submission(office.county, "用水"))
    for now in (MONDAY - dt.timedelta(seconds=1), MONDAY - dt.timedelta(days=1), NOON):
        assert await mornings(office, outbox, now).round() == 0
    assert await mornings(office, outbox, NOON - dt.timedelta(seconds=1)).round() == 1


async def test_leads_are_told_and_supervisors_and_strangers_are_not(office: Office, outbox: Outbox) -> None:
    await office.accept(submission(office.county, "用水"), now=NOW)
    await office.hire(steward("water_body", name="lead", duty="lead"))
    await office.hire(steward("power_body", name="chief", duty="supervisor"))
    await office.hire(steward("water_body", name="unbound", person=None, duty="lead"))
    assert await mornings(office, outbox, MONDAY).round() == 2
    rows = {row.recipient.id: row.template for row in await outbox.claim(MONDAY, 50)}
    assert rows["water_body-lead"] == LEAD


async def test_logs_of_a_month_are_those_of_the_cases_open_in_it(office: Office) -> None:
    """For the bulletin: a case that comes later is not read, nor one of another county."""
    case = await office.accept(submission(office.county, "用水"))
    late = await office.accept(submission(office.county, "用水", key="s2"), now=MONDAY)
    logs = office.casework.logs
    early = await logs(office.county.id, NOW - dt.timedelta(days=9), NOW + dt.timedelta(days=1))
    assert [[one.case for one in log][0] for log in early] == [case.id]
    assert len(await logs(office.county.id, NOW, NOON)) == 2
    assert late.id != case.id
    assert await logs("elsewhere", NOW, NOON) == ()


async def test_what_lies_on_the_desks_of_a_body(office: Office, database: Database) -> None:
    case = await office.accept(submission(office.county, "用水", "用电"))
    other = await office.accept(submission(office.county, "用水", key="s2"))
    await office.staffing.retire("water_body-a")
    await office.done(other, WINDOW, Assign(order=other.orders[0].id, body="water_body"))
    found = await Desks(database).of_body(office.county.id, "water_body")
    assert {(one.number, one.steward) for one in found} == {(case.number, "water_body-a"), (other.number, None)}
    assert {one.due for one in found} == {dt.datetime(2026, 11, 24, 17, 30, tzinfo=CHINA)}
    assert await Desks(database).of_body("elsewhere", "water_body") == ()
