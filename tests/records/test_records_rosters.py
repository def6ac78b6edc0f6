"""The staff that a command decides with are those of the moment, whoever has changed them, and wherever."""

import datetime as dt
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import insert

from model.case import Case
from model.staff import Absence, Staff
from routing.evolve import fold
from storage.engine import Database
from storage.records import Records
from storage.rosters import Rosters
from storage.schema import appointments
from storage.staffing import Staffing
from storage.steps import Step
from storage.vault import Vault
from tests.records.office import Office
from tests.routing.county import NOW, submission

Change = Callable[[Staffing], Awaitable[object]]
CHANGES: dict[str, Change] = {
    "leaves": lambda staffing: staffing.retire("water_body-a"),
    "is away": lambda staffing: staffing.absent("water_body-a", Absence(first=NOW.date(), last=NOW.date()), NOW.date()),
    "is on duty": lambda staffing: staffing.on_duty("water_body-a", [0, 2]),
    "has another telephone": lambda staffing: staffing.unbind("water_body-a"),
}


async def _staff(rosters: Rosters, database: Database, office: Office) -> dict[str, Staff]:
    async with database.reading() as connection:
        return {one.id: one for one in await rosters.of(connection, office.county.id, NOW)}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
async def test_who_is_changed_elsewhere_is_known_changed(
    database: Database, vault: Vault, records: Records, staffing: Staffing, change: Change
) -> None:
    office = await Office(database, records, staffing).open()
    rosters = Rosters()
    before = await _staff(rosters, database, office)
    await change(Staffing(database, vault))
    after = await _staff(rosters, database, office)
    assert after != before
    assert after == await _staff(Rosters(), database, office)  # as whoever reads them for the first time


async def test_open_tasks_and_half_hours_are_those_of_now(
    database: Database, records: Records, staffing: Staffing
) -> None:
    office = await Office(database, records, staffing).open()
    rosters = Rosters()
    assert (await _staff(rosters, database, office))["water_body-a"].open_tasks == 0
    case = await office.accept(submission(office.county, "用水"))
    slot = dt.datetime(2026, 12, 1, 1, 30, tzinfo=dt.UTC)
    async with database.writing(Step.COMMAND) as connection:
        row = {"steward": "water_body-a", "slot": slot, "case_id": case.id, "at": slot, "agreed": True}
        await connection.execute(insert(appointments), row)
    for _ in range(2):
        one = (await _staff(rosters, database, office))["water_body-a"]
        assert one.open_tasks == 1
        assert [(held.slot, held.case) for held in one.engagements] == [(slot, case.id)]
        assert one.engagements[0].slot.tzinfo == dt.UTC


async def test_a_steward_who_left_in_another_process_gets_no_order(
    database: Database, vault: Vault, records: Records, staffing: Staffing
) -> None:
    office = await Office(database, records, staffing).open()
    first: Case = await office.accept(submission(office.county, "用水"))
    assert first.orders[0].steward == "water_body-a"
    await Office(database, Records(database, vault, fold), Staffing(database, vault)).staffing.retire("water_body-a")
    second = await office.accept(submission(office.county, "用水", key="later"), NOW + dt.timedelta(minutes=1))
    assert second.orders[0].steward != "water_body-a"
