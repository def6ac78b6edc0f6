"""An earlier time that nobody agrees to, over both engines: it is asked about once and ends by itself, whoever restarts (X59)."""

import datetime as dt

import pytest
from sqlalchemy import func, select

from bot.ringing import Ringer
from model.commands.backdating import Backdate, ExplainBackdating
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.county import County
from model.process import Limit
from storage.alarms import Alarms
from storage.engine import Database
from storage.records import Records
from storage.schema import alarms
from storage.staffing import Staffing
from tests.records.office import Office, steward_of, told
from tests.routing.clocks import county as limited
from tests.routing.county import NOW, submission, xinxiang
from tests.routing.test_backdating import RULE
from tests.routing.test_routing_decide import EVERY


def ruled() -> County:
    made = limited(("contact", Limit(days=1)), base=xinxiang(steps=EVERY), warnings={100: ("steward",)})
    return made.made_anew(process=made.process.model_copy(update={"backdating": RULE}))


@pytest.fixture
async def office(database: Database, records: Records, staffing: Staffing) -> Office:
    return await Office(database, records, staffing, ruled()).open()


async def test_two_programs_and_a_restart_end_it_once(office: Office, database: Database) -> None:
    case = await office.accept(submission(office.county, "用水"))
    who, order = steward_of(case), case.orders[0].id
    entered = NOW + dt.timedelta(days=3)
    for do, now in (
        (Take(order=order), NOW),
        (ReportContact(order=order), entered),
        (Backdate(order=order, at=NOW + dt.timedelta(hours=1)), entered),
        (ExplainBackdating(order=order, reason="忘了"), entered),
    ):
        case = await office.done(case, who, do, now=now)
    async with database.reading() as connection:
        rows = (await connection.execute(select(alarms.c.what, alarms.c.at))).all()
    assert [what for what, _ in rows] == ["backdating"]
    rings: dt.datetime = rows[0].at
    assert await Ringer(Alarms(database), office.casework, lambda: rings - dt.timedelta(seconds=1)).round() == 0
    for _ in range(2):
        await Ringer(Alarms(database), office.casework, lambda: rings).round()
    assert await told(database, "steward.backdating_over") == 1
    async with database.reading() as connection:
        assert (await connection.execute(select(func.count()).select_from(alarms))).scalar_one() == 0
    kept = await office.casework.case(case.id)
    assert kept is not None
    assert kept.orders[0].backdatings == ()
    assert not kept.orders[0].clocks["contact"].kept
