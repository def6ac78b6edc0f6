"""Permits over both engines: whose they are, when they are warned of, and joint construction found by the road (X48–X50)."""

import datetime as dt

import pytest
from sqlalchemy import select

from bot.recounting import Recounter
from bot.warning import Warner
from handlers.casework import Casework
from handlers.covering import cover
from handlers.leaving import leave
from model.case import Case
from model.commands.approvals import AcceptApproval, ApplyForApproval, DecideApproval, ReturnApproval
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.commands.joint import AcceptJoint
from model.commands.survey import AgreeSurvey, GiveOpinion, ProposeSurvey
from model.commands.works import GiveScheme, ReportBuilt
from model.decision import Done, Refused
from model.events.approvals import ApprovalRecounted
from model.message import Actor
from model.staff import Absence
from model.values import Address
from storage.calendars import Calendars
from storage.deadlines import Deadlines
from storage.engine import Database
from storage.records import Records
from storage.schema import outbox, permit_deadlines, permits
from storage.staffing import Staffing
from tests.records.calendars import EVE, published
from tests.records.office import APPLICANT, Office, steward_of
from tests.routing.county import NOW, submission
from tests.routing.permitting import TUESDAY, county, officer

TOMORROW = NOW + dt.timedelta(days=1)


@pytest.fixture
async def office(database: Database, records: Records, staffing: Staffing) -> Office:
    return await Office(database, records, staffing, county()).open()


async def digging(office: Office, key: str, service: str = "用水", digs: tuple[str, ...] = ("挖路面",)) -> Case:
    """A case whose scheme digs up the road it lies in."""
    made = submission(office.county, service, key=key, address=Address(text="样板路1号"))
    case = await office.accept(made)
    who, order = steward_of(case), case.orders[0].id
    # A morning of his own for each: no steward is at two places.
    at = TOMORROW + dt.timedelta(hours=int(key))
    for actor, do in (
        (who, Take(order=order)),
        (who, ReportContact(order=order)),
        (who, ProposeSurvey(order=order, at=at)),
        (APPLICANT, AgreeSurvey(appointment=order, sequence=1)),
        (who, GiveOpinion(order=order, opinion="符合")),
        (who, GiveScheme(order=order, scheme="从路东接入", days=9, digs=digs)),
    ):
        case = await office.done(case, actor, do)
    return case


async def test_an_application_lies_with_its_officer_until_it_is_decided(office: Office) -> None:
    case = await digging(office, "1", digs=("挖路面", "动绿地"))
    case = await office.done(case, steward_of(case), ApplyForApproval(order=case.orders[0].id))
    green, road = case.approvals
    found = await office.casework.permits(officer("road").staff or "")
    assert [(one.case.id, one.approval.id) for one in found] == [(case.id, road.id)]
    assert await office.casework.permits(steward_of(case).staff or "") == ()
    case = await office.done(case, officer("road"), AcceptApproval(approval=road.id))
    case = await office.done(case, officer("road"), DecideApproval(approval=road.id, granted=True))
    assert await office.casework.permits(officer("road").staff or "") == ()
    assert len(await office.casework.permits(officer("green").staff or "")) == 1
    refused = await office.do(case, steward_of(case), ReportBuilt(order=case.orders[0].id))
    assert isinstance(refused, Refused)
    assert refused.code == "built.permits"


async def test_what_nobody_in_service_has_lies_with_the_body(office: Office) -> None:
    case = await digging(office, "1")
    case = await office.done(case, steward_of(case), ApplyForApproval(order=case.orders[0].id))
    colleague = office.county.body["road_office"]
    other = (await office.staffing.of_county("xinxiang", colleague.id))[0]
    second = other.model_copy(update={"id": "road-b", "person": "person-road-b"})
    await office.hire(second)
    assert await office.casework.permits("road-b") == ()
    await office.staffing.retire(other.id)
    assert [one.approval.kind for one in await office.casework.permits("road-b")] == ["road"]


async def test_a_limit_is_warned_of_once_and_not_while_it_stands_still(
    office: Office, database: Database, records: Records
) -> None:
    case = await digging(office, "1")
    case = await office.done(case, steward_of(case), ApplyForApproval(order=case.orders[0].id))
    (road,) = case.approvals
    deadlines, now = Deadlines(database), NOW
    warner = Warner(deadlines, office.casework, lambda: now)
    assert await deadlines.ripe_permits(TUESDAY, 10) == ()
    case = await office.done(case, officer("road"), AcceptApproval(approval=road.id))
    soonest = await deadlines.soonest()
    assert soonest is not None
    assert soonest < TUESDAY
    now = TUESDAY
    assert await warner.round() >= 1
    await warner.round()
    kinds = [one.event.event for one in await records.events(case.id)]
    assert kinds.count("approval_warned") == 2  # half of it, and its end
    stopped = await office.done(case, officer("road"), ReturnApproval(approval=road.id, lacking="图纸"), now=now)
    assert stopped.approvals[0].clock is not None
    async with database.reading() as connection:
        assert (await connection.execute(select(permit_deadlines.c.next_at))).scalars().all() == [None]


async def test_works_in_one_road_are_proposed_and_shared(office: Office, database: Database) -> None:
    first, second = await digging(office, "1"), await digging(office, "2", "燃气")
    assert first.joint_works is None
    lead = officer("road")
    (proposed,) = await office.casework.proposals(lead.staff or "")
    assert proposed.id == second.id
    assert proposed.joint_works is not None
    assert proposed.joint_works.numbers == (first.number,)
    day = NOW.date()
    accept = AcceptJoint(first=day, last=day + dt.timedelta(days=5))
    done = await office.do(proposed, lead, accept, key="accept")
    again = await office.do(proposed, lead, accept, key="accept")
    assert isinstance(done, Done)
    assert done == again
    told = await office.casework.case(first.id)
    assert told is not None
    assert told.joint_works is not None
    assert (told.joint_works.id, told.joint_works.first) == (f"{second.id}-joint", day)
    assert await office.casework.proposals(lead.staff or "") == ()
    async with database.reading() as connection:
        rows = (await connection.execute(select(permits.c.id, permits.c.open))).all()
    assert [tuple(row) for row in rows] == [(f"{second.id}-joint", False)]


async def test_nobody_decides_for_another_body(office: Office) -> None:
    case = await digging(office, "1")
    case = await office.done(case, steward_of(case), ApplyForApproval(order=case.orders[0].id))
    stranger = Actor(person="stranger", role="steward", staff=officer("road").staff)
    refused = await office.do(case, stranger, AcceptApproval(approval=case.approvals[0].id))
    assert isinstance(refused, Refused)
    assert refused.code == "not.yours"


async def test_an_officer_who_is_not_there_hands_on_what_lies_with_him(office: Office) -> None:
    """On leave from its first day, once however often it is looked at; at 离岗 at once (X48, X160)."""
    case = await digging(office, "1")
    case = await office.done(case, steward_of(case), ApplyForApproval(order=case.orders[0].id))
    (first,) = await office.staffing.of_county("xinxiang", "road_office")
    second = first.model_copy(update={"id": "road-b", "person": "person-road-b"})
    await office.hire(second)
    week = Absence(first=TOMORROW.date(), last=TOMORROW.date() + dt.timedelta(days=6))
    await office.staffing.absent(first.id, week, NOW.date())
    own = await office.staffing.one(first.id)
    assert own is not None
    assert await cover(office.casework, own, NOW) == ()  # he is there today
    (passed,) = await cover(office.casework, own, TOMORROW)
    assert (passed.application.case.id, passed.to) == (case.id, "road-b")
    assert await cover(office.casework, own, TOMORROW) == ()
    assert [one.approval.officer for one in await office.casework.permits("road-b")] == ["road-b"]
    await office.staffing.back(first.id)
    held = await office.staffing.one("road-b")
    assert held is not None
    handed = await leave(office.casework, office.staffing, {office.county.id: office.county}, held, TOMORROW)
    assert [(one.number, one.to.id if one.to else None) for one in handed] == [(case.number, first.id)]
    assert [one.approval.officer for one in await office.casework.permits(first.id)] == [first.id]


async def test_a_limit_that_ends_in_an_unpublished_year_is_counted_again(
    office: Office, database: Database, records: Records, staffing: Staffing
) -> None:
    """R31: the officer hears of it once, and what is decided by then stays."""
    case = await digging(office, "1", digs=("挖路面", "动绿地"))
    case = await office.done(case, steward_of(case), ApplyForApproval(order=case.orders[0].id))
    green, road = case.approvals
    for kind, one in (("green", green), ("road", road)):
        case = await office.done(case, officer(kind), AcceptApproval(approval=one.id), now=EVE)
    case = await office.done(case, officer("green"), DecideApproval(approval=green.id, granted=True), now=EVE)
    before = case.approvals[1].clock
    assert before is not None
    assert before.due.provisional
    counties = {office.county.id: published(office.county)}
    core = Casework(records, staffing, counties)
    recounter = Recounter(Deadlines(database), core, counties, Calendars(database), lambda: EVE)
    assert [await recounter.round() for _ in range(2)] == [1, 0]
    found = await records.case(case.id)
    assert found is not None
    after = found.approvals[1].clock
    assert after is not None
    assert (after.due.provisional, after.due.at > before.due.at) == (False, True)
    assert found.approvals[0] == case.approvals[0]
    log = [one.event for one in await records.events(case.id) if isinstance(one.event, ApprovalRecounted)]
    assert [(one.approval, one.items, one.due) for one in log] == [(road.id, False, after.due)]
    async with database.reading() as connection:
        query = select(outbox.c.recipient).where(outbox.c.template == "steward.permit_recounted")
        assert (await connection.execute(query)).scalars().all() == [officer("road").staff]
