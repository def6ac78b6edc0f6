"""A promised day that passed, over both engines: the applicant hears of it once, whoever restarts (X35, J30, design §5)."""

import datetime as dt

import pytest
from sqlalchemy import func, select

from bot.ringing import Ringer
from bot.warning import Warner
from model.calendar import Length
from model.case import Case
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.commands.survey import AgreeSurvey, GiveOpinion, ProposeSurvey
from model.county import County
from model.delay_rules import DelayRule
from model.process import Limit
from storage.alarms import Alarms
from storage.deadlines import Deadlines
from storage.engine import Database
from storage.records import Records
from storage.schema import alarms, outbox
from storage.staffing import Staffing
from tests.records.office import APPLICANT, Office, steward_of
from tests.routing.clocks import county as limited
from tests.routing.county import NOW, submission, xinxiang
from tests.routing.test_routing_decide import EVERY

LATER = NOW + dt.timedelta(days=10)


def ruled() -> County:
    made = limited(("scheme", Limit(days=3)), base=xinxiang(steps=EVERY), warnings={100: ("steward",)})
    rule = DelayRule(steps=("scheme",), answer=Length(working_hours=4), form="delay")
    return made.made_anew(process=made.process.model_copy(update={"delays": rule}))


@pytest.fixture
async def office(database: Database, records: Records, staffing: Staffing) -> Office:
    return await Office(database, records, staffing, ruled()).open()


async def waiting_for_its_scheme(office: Office) -> Case:
    case = await office.accept(submission(office.county, "用水"))
    who, order = steward_of(case), case.orders[0].id
    for actor, do in (
        (who, Take(order=order)),
        (who, ReportContact(order=order)),
        (who, ProposeSurvey(order=order, at=NOW + dt.timedelta(hours=2))),
        (APPLICANT, AgreeSurvey(appointment=order, sequence=1)),
        (who, GiveOpinion(order=order, opinion="符合")),
    ):
        case = await office.done(case, actor, do)
    return case


async def count(database: Database, template: str) -> int:
    async with database.reading() as connection:
        query = select(func.count()).select_from(outbox).where(outbox.c.template == template)
        return int((await connection.execute(query)).scalar_one())


async def test_two_programs_and_a_restart_tell_of_it_once(office: Office, database: Database) -> None:
    await waiting_for_its_scheme(office)
    for early in (NOW, NOW + dt.timedelta(days=1)):
        assert await Warner(Deadlines(database), office.casework, lambda at=early: at).round() == 0
    for _ in range(2):
        await Warner(Deadlines(database), office.casework, lambda: LATER).round()
    assert await count(database, "steward.delay_asked") == 1
    async with database.reading() as connection:
        rows = (await connection.execute(select(alarms.c.what, alarms.c.at))).all()
    assert [what for what, _ in rows] == ["delay"]
    rings: dt.datetime = rows[0].at
    before = Ringer(Alarms(database), office.casework, lambda: rings - dt.timedelta(seconds=1))
    assert await before.round() == 0
    assert await count(database, "applicant.delay_plain") == 0
    for _ in range(2):
        await Ringer(Alarms(database), office.casework, lambda: rings).round()
    assert await count(database, "applicant.delay_plain") == 1
    async with database.reading() as connection:
        assert (await connection.execute(select(func.count()).select_from(alarms))).scalar_one() == 0
