"""An agreed visit of which nothing is reported, over both engines: asked about and told of once, whoever restarts (X36)."""

import datetime as dt

import pytest
from sqlalchemy import func, select

from bot.ringing import Ringer
from model.calendar import Length
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.commands.survey import AgreeSurvey, ProposeSurvey
from model.county import County
from model.delay_rules import DelayRule, VisitDelay
from storage.alarms import Alarms
from storage.engine import Database
from storage.records import Records
from storage.schema import alarms
from storage.staffing import Staffing
from tests.records.office import APPLICANT, Office, steward_of, told
from tests.routing.clocks import county as limited
from tests.routing.county import NOW, submission, xinxiang

HOUR = NOW + dt.timedelta(hours=1)


def ruled() -> County:
    made = limited(base=xinxiang())
    visits = VisitDelay(ask=Length(working_hours=1), tell=Length(working_hours=5), form="why")
    rule = DelayRule(steps=("scheme",), answer=Length(working_hours=4), form="delay", visits=visits)
    return made.made_anew(process=made.process.model_copy(update={"delays": rule}))


@pytest.fixture
async def office(database: Database, records: Records, staffing: Staffing) -> Office:
    return await Office(database, records, staffing, ruled()).open()


async def test_two_programs_and_a_restart_ask_and_tell_once(office: Office, database: Database) -> None:
    case = await office.accept(submission(office.county, "用水"))
    who, order = steward_of(case), case.orders[0].id
    for actor, do in (
        (who, Take(order=order)),
        (who, ReportContact(order=order)),
        (who, ProposeSurvey(order=order, at=HOUR)),
        (APPLICANT, AgreeSurvey(appointment=order, sequence=1)),
    ):
        case = await office.done(case, actor, do)
    for template, what in (("steward.visit_unreported", "visit_ask"), ("applicant.visit_late", "visit_tell")):
        async with database.reading() as connection:
            rows = (await connection.execute(select(alarms.c.what, alarms.c.at))).all()
        assert [one for one, _ in rows] == [what]
        rings: dt.datetime = rows[0].at
        assert (
            await Ringer(Alarms(database), office.casework, lambda at=rings: at - dt.timedelta(seconds=1)).round() == 0
        )
        for _ in range(2):
            await Ringer(Alarms(database), office.casework, lambda at=rings: at).round()
        assert await told(database, template) == 1
    async with database.reading() as connection:
        assert (await connection.execute(select(func.count()).select_from(alarms))).scalar_one() == 0
