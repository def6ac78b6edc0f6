"""The parts that bodies have in a led survey, in SQL: whose list they stand on, and until when (X31–X42)."""

import pytest

from model.case import Case
from model.commands.contact import ReportContact
from model.commands.external import ClearExternalLine
from model.commands.intake import Take
from model.commands.sheet import GiveRow, KeepCopy, ReturnCopy
from model.commands.survey import AgreeSurvey, GiveOpinion, ProposeSurvey
from storage.engine import Database
from storage.records import Records
from storage.staffing import Staffing
from tests.records.office import APPLICANT, Office, steward_of
from tests.routing.county import YES, steward, submission
from tests.routing.sheeted import LEAD, PLANNING, ROAD, TOMORROW, county, officer


@pytest.fixture
async def office(database: Database, records: Records, staffing: Staffing) -> Office:
    return await Office(database, records, staffing, county()).open()


async def surveyed(office: Office, case: Case) -> Case:
    """The case once everybody has found it good."""
    who, order = steward_of(case), case.orders[0].id
    for actor, do in (
        (who, Take(order=order)),
        (who, ReportContact(order=order)),
        (who, ProposeSurvey(order=order, at=TOMORROW)),
        (APPLICANT, AgreeSurvey(appointment="joint", sequence=1)),
        (who, GiveOpinion(order=order, opinion="符合")),
        (officer(PLANNING), GiveRow(body=PLANNING, opinion="符合")),
        (officer(ROAD), GiveRow(body=ROAD, opinion="符合")),
    ):
        case = await office.done(case, actor, do)
    return case


async def listed(office: Office, staff: str) -> list[tuple[str, str]]:
    return [(one.case.id, one.body) for one in await office.casework.sheets(staff)]


async def test_a_department_has_it_on_its_list_until_it_has_its_copy(office: Office) -> None:
    case = await office.accept(submission(office.county, "用水", crosses=YES))
    unit = case.orders[0]
    assert await listed(office, f"{PLANNING}-a") == [(case.id, PLANNING)]
    assert await listed(office, f"{LEAD}-a") == [(case.id, LEAD)]
    assert await listed(office, unit.steward or "") == []  # its order is its task
    case = await surveyed(office, case)
    assert [name for _, name in await listed(office, unit.steward or "")] == [unit.body]
    for who, body in ((officer(PLANNING), PLANNING), (steward_of(case), unit.body)):
        case = await office.done(case, who, KeepCopy(body=body))
    case = await office.done(case, officer(LEAD), ReturnCopy())
    for staff in (f"{PLANNING}-a", f"{LEAD}-a", unit.steward or ""):
        assert case.id not in [name for name, _ in await listed(office, staff)]
    assert (case.id, ROAD) in await listed(office, f"{ROAD}-a")


async def test_what_somebody_had_who_left_stands_on_his_colleagues_lists(office: Office) -> None:
    case = await office.accept(submission(office.county, "用水", crosses=YES))
    await office.hire(steward(PLANNING, name="b"))
    assert await listed(office, f"{PLANNING}-b") == []
    await office.staffing.retire(f"{PLANNING}-a")
    assert await listed(office, f"{PLANNING}-b") == [(case.id, PLANNING)]


async def test_who_supervises_has_no_part_in_it(office: Office) -> None:
    await office.hire(steward(LEAD, name="boss", duty="supervisor"))
    await office.staffing.retire(f"{LEAD}-a")
    await office.accept(submission(office.county, "用水", crosses=YES))
    assert await listed(office, f"{LEAD}-boss") == []


async def test_without_an_external_line_nobody_has_a_part(office: Office) -> None:
    case = await office.accept(submission(office.county, "用水", crosses=YES))
    who, order = steward_of(case), case.orders[0].id
    for do in (Take(order=order), ReportContact(order=order), ClearExternalLine(order=order, reason="就在院里")):
        case = await office.done(case, who, do)
    assert await listed(office, f"{PLANNING}-a") == await listed(office, f"{LEAD}-a") == []
