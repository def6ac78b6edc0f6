"""Casework as handlers see it: one way in, one way out, and the delivery worker is told."""

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.casework import Casework
from handlers.ports import RoutingCore
from model.calendar import CHINA
from model.case import Case
from model.command import Command, Do
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.commands.survey import AgreeSurvey, ProposeSurvey
from model.decision import Done, Refused
from model.message import Actor
from routing.evolve import fold
from storage.engine import open_database
from storage.migrate import upgrade
from storage.outbox import Outbox
from storage.records import Records
from storage.staffing import Staffing
from storage.vault import Keyring, Vault
from tests.routing.county import NOW, everybody, jingxian, submission, xinxiang

TOMORROW = dt.datetime(2026, 11, 24, 14, 0, tzinfo=CHINA)
COUNTIES = {county.id: county for county in (xinxiang(), jingxian())}


class Desk:
    """Casework over a new database, with everybody of two counties on duty."""

    def __init__(self, casework: RoutingCore, staffing: Staffing, outbox: Outbox, woken: list[None]) -> None:
        self.casework = casework
        self.staffing = staffing
        self.outbox = outbox
        self.woken = woken

    async def do(self, case: Case, actor: Actor, do: Do, key: str) -> Done | Refused:
        return await self.casework.execute(Command(id=key, case=case.id, actor=actor, do=do), NOW)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    database = open_database(f"sqlite:///{tmp_path / 'records.db'}")
    await upgrade(database)
    vault, woken = Vault(Keyring("k1", {"k1": b"1" * 32}), b"2" * 32), list[None]()
    staffing = Staffing(database, vault)
    casework = Casework(Records(database, vault, fold), staffing, COUNTIES, lambda: woken.append(None))
    for county in COUNTIES.values():
        for each in everybody(county):
            # A body id means something only within its county, a staff id everywhere.
            one = each if county.id == "xinxiang" else each.model_copy(update={"id": f"{county.id}-{each.id}"})
            await staffing.put(one)
            await staffing.issue_code(one.id, f"code {one.id}", TOMORROW)
            await casework.redeem(f"code {one.id}", "account", one.person or "", NOW)
    yield Desk(casework, staffing, Outbox(database), woken)
    await database.close()


async def test_two_counties_side_by_side(desk: Desk) -> None:
    first = await desk.casework.accept(submission(COUNTIES["xinxiang"], "用水", key="s1"), NOW)
    second = await desk.casework.accept(submission(COUNTIES["jingxian"], "水", "电", key="s2"), NOW)
    assert isinstance(first, Case)
    assert isinstance(second, Case)
    assert (first.number, second.number) == ("2026-0001", "(JXLB)000001")
    assert [order.body for order in second.orders] == ["water_body", "power_body"]
    assert {case.id for case in await desk.casework.cases("account", "applicant")} == {first.id, second.id}


async def test_bodies_of_the_same_name_in_two_counties(desk: Desk) -> None:
    """Nobody gets to see, let alone to take, what lies in the other county."""
    await desk.staffing.retire("water_body-a")
    case = await desk.casework.accept(submission(COUNTIES["xinxiang"], "用水"), NOW)
    assert isinstance(case, Case)
    assert case.orders[0].steward is None
    assert await desk.casework.tasks("jingxian-water_body-a") == ()
    other = Actor(person="person-water_body-a", role="steward", staff="jingxian-water_body-a")
    assert await desk.do(case, other, Take(order=case.orders[0].id), "k1") == Refused(code="not.yours")
    stolen = everybody(COUNTIES["jingxian"])[0].model_copy(update={"id": "power_body-a"})
    with pytest.raises(ValueError, match="another county"):
        await desk.staffing.put(stolen)


async def test_a_county_that_is_closed(desk: Desk) -> None:
    made = submission(COUNTIES["xinxiang"], "用水").model_copy(update={"county": "elsewhere"})
    assert await desk.casework.accept(made, NOW) == Refused(code="county.unknown")
    assert desk.woken == []


async def test_everybody_hears_what_happened(desk: Desk) -> None:
    """From the applicant's form to the agreed survey; each commit wakes the delivery."""
    case = await desk.casework.accept(submission(COUNTIES["xinxiang"], "用水"), NOW)
    assert isinstance(case, Case)
    assert len(desk.woken) == 1
    (task,) = await desk.casework.tasks("water_body-a")
    assert (task.case, task.order) == (case, case.orders[0])
    water, order = Actor(person="person-water_body-a", role="steward", staff="water_body-a"), case.orders[0].id
    steps: list[tuple[Actor, Do]] = [
        (water, Take(order=order)),
        (water, ReportContact(order=order)),
        (water, ProposeSurvey(order=order, at=TOMORROW)),
        (Actor(person="applicant"), AgreeSurvey(appointment=order, sequence=1)),
    ]
    for number, (actor, do) in enumerate(steps):
        done = await desk.do(case, actor, do, f"k{number}")
        assert isinstance(done, Done)
        assert done.case == await desk.casework.case(case.id)
    assert len(desk.woken) == 5
    assert [one.event.event for one in await desk.casework.events(case.id)][2:] == [
        "task_taken",
        "applicant_contacted",
        "survey_proposed",
        "survey_agreed",
    ]
    assert [key.split(":")[-1] for key in await desk.outbox.states(case.id)] == [
        "steward.task",
        "applicant.steward",
        "applicant.survey_proposed",
        "steward.survey_agreed",
    ]


async def test_reading(desk: Desk) -> None:
    made = submission(COUNTIES["xinxiang"], "用水")
    case = await desk.casework.accept(made, NOW)
    assert isinstance(case, Case)
    assert await desk.casework.submission(case.id) == made
    assert await desk.casework.case("nowhere") is None
    assert await desk.casework.submission("nowhere") is None
    assert await desk.casework.events("nowhere") == ()
    (water,) = [one for one in await desk.casework.staff("account", "person-water_body-a") if one.county == "jingxian"]
    assert await desk.casework.steward(water.id) == water
    assert await desk.casework.steward("nobody") is None
