"""离岗: whoever leaves has no access any more, and what he had open is with colleagues."""

import datetime as dt

import pytest

from handlers.leaving import Handed, leave
from model.calendar import CHINA
from model.case import Case
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.commands.survey import AgreeSurvey, ProposeSurvey
from model.decision import Refused
from model.events.survey import SurveyReleased
from model.order import OrderState
from model.staff import Staff
from storage.engine import Database
from storage.outbox import Outbox
from storage.records import Records
from storage.staffing import Staffing
from tests.records.office import APPLICANT, Office, steward_of
from tests.routing.county import NOW, steward, submission

TOMORROW = dt.datetime(2026, 11, 24, 14, 0, tzinfo=CHINA)
LATER = NOW + dt.timedelta(minutes=5)


@pytest.fixture
async def office(database: Database, records: Records, staffing: Staffing) -> Office:
    return await Office(database, records, staffing).open()


async def agreed(office: Office, key: str, *options: str, at: dt.datetime = TOMORROW) -> Case:
    """A case whose survey the first steward has agreed with the applicant."""
    case = await office.accept(submission(office.county, *options, key=key))
    who, order = steward_of(case), case.orders[0].id
    for do in (Take(order=order), ReportContact(order=order), ProposeSurvey(order=order, at=at)):
        case = await office.done(case, who, do)
    appointment = "joint" if case.joint else order
    return await office.done(case, APPLICANT, AgreeSurvey(appointment=appointment, sequence=1))


async def left(office: Office, staff_id: str) -> tuple[Handed, ...]:
    one = await office.staffing.one(staff_id)
    assert isinstance(one, Staff)
    return await leave(office.casework, office.staffing, {office.county.id: office.county}, one, LATER)


async def test_his_access_ends_and_his_tasks_go_on(office: Office, outbox: Outbox) -> None:
    case = await agreed(office, "s1", "用水")
    before = steward_of(case)
    colleague = await office.hire(steward("water_body", name="b"))
    handed = await left(office, "water_body-a")
    assert [(one.number, one.to.id) for one in handed] == [(case.number, "water_body-b")]
    assert await office.staffing.of_person("account", "person-water_body-a") == ()
    now = await office.casework.case(case.id)
    assert now is not None
    assert now.orders[0].steward == "water_body-b"
    assert now.orders[0].state is OrderState.SURVEY_AGREED  # the time stays, and is his
    assert now.appointments[now.orders[0].id].by == "water_body-b"
    refused = await office.do(case, before, ReportContact(order=case.orders[0].id))
    assert refused == Refused(code="not.yours")
    keys = list(await outbox.states(case.id))
    assert f"{case.id}:{now.version}:applicant:applicant:applicant.steward_changed" in keys
    assert f"{case.id}:{now.version}:staff:water_body-b:steward.takeover" in keys
    assert isinstance(colleague, Staff)


async def test_done_again_it_moves_nothing_more(office: Office) -> None:
    case = await agreed(office, "s1", "用水")
    await office.hire(steward("water_body", name="b"))
    assert len(await left(office, "water_body-a")) == 1
    version = (await office.casework.case(case.id)).version  # type: ignore[union-attr]
    assert await left(office, "water_body-a") == ()
    assert (await office.casework.case(case.id)).version == version  # type: ignore[union-attr]


async def test_a_colleague_elsewhere_then_gives_the_time_up(office: Office) -> None:
    """The half hour is a unique row: the colleague cannot be at two places."""
    await office.hire(steward("water_body", name="b"))
    first = await agreed(office, "s1", "用水", "用电")
    second = await agreed(office, "s2", "用水")
    assert [first.orders[0].steward, second.orders[0].steward] == ["water_body-a", "water_body-b"]
    await left(office, "water_body-a")
    now = await office.casework.case(first.id)
    assert now is not None
    assert now.orders[0].steward == "water_body-b"
    assert now.appointments["joint"].released
    assert now.orders[0].state is OrderState.CONTACTED
    assert isinstance((await office.casework.events(first.id))[-1].event, SurveyReleased)
    anew = ProposeSurvey(order=now.orders[0].id, at=TOMORROW + dt.timedelta(hours=1))
    again = await office.done(now, steward_of(now), anew)
    assert again.appointments["joint"].sequence == 2


async def test_his_tasks_are_spread_over_colleagues(office: Office) -> None:
    for number in range(4):
        await office.accept(submission(office.county, "用水", key=f"s{number}"))
    for name in "bc":
        await office.hire(steward("water_body", name=name))
    handed = await left(office, "water_body-a")
    assert sorted(one.to.id for one in handed) == ["water_body-b"] * 2 + ["water_body-c"] * 2


async def test_nobody_left_is_the_hotlines(office: Office, outbox: Outbox) -> None:
    """And whoever is bound next finds the task on his list."""
    case = await agreed(office, "s1", "用水")
    handed = await left(office, "water_body-a")
    assert [one.to for one in handed] == [None]
    now = await office.casework.case(case.id)
    assert now is not None
    assert now.orders[0].steward is None
    assert f"{case.id}:{now.version}:body:water_body:body.task" in await outbox.states(case.id)
    await office.hire(steward("water_body", name="b"))
    assert [task.case.id for task in await office.casework.tasks("water_body-b")] == [case.id]
