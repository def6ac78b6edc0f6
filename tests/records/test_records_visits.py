"""Visits over the records: orders that are nearly ready are waited for by an alarm, which rings once (X54, design §5)."""

import pytest

from bot.ringing import Ringer
from model.case import JOINT
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.commands.survey import AgreeSurvey, GiveOpinion, ProposeSurvey
from model.commands.works import GiveScheme, ReportBuilt
from routing.evolve import fold
from storage.alarms import Alarms
from storage.engine import Database
from storage.records import Records
from storage.staffing import Staffing
from tests.records.office import APPLICANT, Office, steward_of
from tests.records.test_records_alarms import Time
from tests.routing.county import everybody, submission
from tests.routing.test_visits import NOW, county, day

COUNTY = county(only="acceptance")


@pytest.fixture
async def office(database: Database, records: Records, staffing: Staffing) -> Office:
    return await Office(database, records, staffing, COUNTY).open(everybody(COUNTY))


async def test_waiting_for_the_others_ends_once(office: Office, records: Records) -> None:
    """One is built, the other is not: when the county's hold is over, those who are ready are asked, however often it is looked."""
    case = await office.accept(submission(COUNTY, "用水", "用电", key="s1"))
    for place, order in enumerate(case.orders, 1):
        await office.done(case, steward_of(case, place), Take(order=order.id))
        await office.done(case, steward_of(case, place), ReportContact(order=order.id))
    first, second = (order.id for order in case.orders)
    await office.done(case, steward_of(case), ProposeSurvey(order=first, at=day(23, 10)))
    await office.done(case, APPLICANT, AgreeSurvey(appointment=JOINT, sequence=1))
    for place, order in enumerate((first, second), 1):
        await office.done(case, steward_of(case, place), GiveOpinion(order=order, opinion="符合"))
        await office.done(case, steward_of(case, place), GiveScheme(order=order, scheme="接入", days=2))
    case = await office.done(case, steward_of(case), ReportBuilt(order=first))
    ends = case.gatherings["acceptance-1"].closes
    assert case.gatherings["acceptance-1"].state == "holding"
    look, clock = Alarms(office.database), Time()
    assert await look.soonest() == ends > NOW
    clock.now = ends
    assert await Ringer(look, office.casework, clock).round() == 1
    assert await Ringer(look, office.casework, clock).round() == 0
    now = await records.case(case.id)
    assert now is not None
    gathering = now.gatherings["acceptance-1"]
    assert (gathering.state, gathering.orders) == ("asking", (first,))
    assert fold(await records.events(case.id)) == now
