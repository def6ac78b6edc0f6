"""Effects of a turn over real records: who may act now, what is told of a result recorded before, forms that stay."""

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dialogs.events import Asked, BindingAsked, Completed, Decided, DialogueEvent, Invited, Outdated, TasksListed
from handlers.casework import Casework
from handlers.effects import Effects
from handlers.ports import CoreAway
from handlers.wording.outcomes import Acted, ActRefused, Bound, Told
from model.calendar import CHINA
from model.case import Case
from model.command import Command, Do
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.conversation import Conversation, StaffRole
from model.decision import Done, Refused
from model.draft import Answer, Draft, Editing
from model.message import Actor, Invitation
from model.order import OrderState
from model.values import Day
from routing.acts import task_invitation
from routing.evolve import fold
from storage.engine import open_database
from storage.migrate import upgrade
from storage.records import Records
from storage.staffing import Staffing
from storage.vault import Keyring, Vault
from tests.routing.county import NOW, steward, submission, xinxiang

COUNTY = xinxiang()
WATER, POWER = steward("water_body"), steward("power_body")
LATER = NOW + dt.timedelta(days=1)


class House:
    """Effects over casework behind a wire that can be cut."""

    def __init__(self, casework: Casework, staffing: Staffing) -> None:
        self.casework = casework
        self.staffing = staffing
        self.effects = Effects(self)  # type: ignore[arg-type]
        self.away = False
        self.number = 0

    def __getattr__(self, name: str) -> object:
        if self.away:
            raise CoreAway(name)
        return getattr(self.casework, name)

    async def bind(self, staff: str, person: str) -> None:
        self.number += 1
        await self.staffing.issue_code(staff, f"code {self.number}", LATER)
        await self.casework.redeem(f"code {self.number}", "account", person, NOW)

    async def accept(self, *options: str, key: str = "s1") -> Case:
        case = await self.casework.accept(submission(COUNTY, *options, key=key), NOW)
        assert isinstance(case, Case)
        return case

    async def do(self, case: Case, staff: str, do: Do) -> Case:
        self.number += 1
        actor = Actor(person=f"person-{staff}", role="steward", staff=staff)
        done = await self.casework.execute(Command(id=f"c{self.number}", case=case.id, actor=actor, do=do), NOW)
        assert isinstance(done, Done)
        return done.case

    async def carry_out(
        self, talk: Conversation, event: DialogueEvent, key: str = ""
    ) -> tuple[Conversation, tuple[Told, ...]]:
        self.number += 1
        first = talk.roles[0].staff if talk.roles else None
        actor = Actor(person=talk.person, role="steward" if first else "applicant", staff=first)
        return await self.effects.carry_out(COUNTY, talk, (event,), key or f"m{self.number}", actor, NOW)

    async def state(self, case: Case, place: int = 0) -> OrderState:
        now = await self.casework.case(case.id)
        assert now is not None
        return now.orders[place].state


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    database = open_database(f"sqlite:///{tmp_path / 'records.db'}")
    await upgrade(database)
    vault = Vault(Keyring("k1", {"k1": b"1" * 32}), b"2" * 32)
    staffing = Staffing(database, vault)
    made = House(Casework(Records(database, vault, fold), staffing, {COUNTY.id: COUNTY}), staffing)
    for one in (WATER, POWER):
        await staffing.put(one)
        await made.bind(one.id, one.person or "")
    yield made
    await database.close()


def task(case: Case, place: int = 0) -> Invitation:
    return task_invitation(case, case.orders[place], COUNTY, f"{case.number} 样板路1号")


def talk(*invitations: Invitation, roles: tuple[str, ...] = ("water",), person: str = "") -> Conversation:
    return Conversation(
        id="c",
        account="account",
        person=person or f"person-{roles[0]}_body-a",
        county=COUNTY.id,
        roles=tuple(StaffRole(staff=f"{one}_body-a", body=f"{one}_body", name="管家a") for one in roles),
        invitations=invitations,
        floor=invitations[0].id if invitations else None,
    )


def decided(invitation: Invitation, act: str) -> Decided:
    return Decided(invitation, next(one for one in invitation.acts if one.id == act))


def not_yours(invitation: Invitation) -> tuple[Told, ...]:
    return (ActRefused(Refused(code="not.yours"), invitation),)


@pytest.mark.parametrize("how", ["retired", "bound on another phone"])
async def test_nobody_works_on_with_a_role_that_is_gone(house: House, how: str) -> None:
    case = await house.accept("用水")
    before = talk(task(case))
    if how == "retired":
        await house.staffing.retire(WATER.id)
    else:
        await house.bind(WATER.id, "new-phone")
    after, told = await house.carry_out(before, TasksListed(before.invitations))
    assert (told, after.roles, after.invitations, after.floor) == ((TasksListed(()),), (), (), None)
    after, told = await house.carry_out(before, decided(before.invitations[0], "take"))
    assert (told, after.roles, after.invitations) == (not_yours(before.invitations[0]), (), ())
    _, told = await house.carry_out(before, Invited(before.invitations[0]))
    assert told == (Outdated(invitation=True),)
    assert await house.state(case) is OrderState.ROUTED
    if how != "retired":
        moved = talk(task(case), person="new-phone")
        _, told = await house.carry_out(moved, decided(task(case), "take"))
        assert isinstance(told[0], Acted)


async def test_what_is_left_of_two_roles(house: House) -> None:
    await house.bind(POWER.id, WATER.person or "")
    case = await house.accept("用水", "用电")
    before = talk(task(case, 0), task(case, 1), roles=("water", "power"))
    await house.staffing.retire(WATER.id)
    after, told = await house.carry_out(before, decided(before.invitations[1], "take"))
    assert [one.staff for one in after.roles] == [POWER.id]
    assert [one.id for one in after.invitations] == [case.orders[1].id]
    assert isinstance(told[0], Acted)


async def test_work_of_the_second_role(house: House) -> None:
    """An order of the second body, and one of it that nobody has."""
    await house.bind(POWER.id, WATER.person or "")
    case = await house.accept("用水", "用电")
    both = talk(task(case, 1), roles=("water", "power"))
    _, told = await house.carry_out(both, decided(task(case, 1), "take"))
    assert isinstance(told[0], Acted)
    assert await house.state(case, 1) is OrderState.TAKEN
    await house.staffing.retire(POWER.id)
    free = await house.accept("用电", key="s2")
    assert free.orders[0].steward is None
    await house.staffing.put(POWER)
    await house.bind(POWER.id, WATER.person or "")
    _, told = await house.carry_out(both, decided(task(free), "take"))
    assert isinstance(told[0], Acted)


async def test_a_message_computed_again_tells_what_it_has_done(house: House) -> None:
    first, second = await house.accept("用水"), await house.accept("用水", key="s2")
    taken = await house.do(second, WATER.id, Take(order=second.orders[0].id))
    before = talk(task(first), task(taken))
    await house.carry_out(before, decided(task(first), "take"), key="same")
    after, told = await house.carry_out(before, decided(task(taken), "contact"), key="same")
    (acted,) = told
    assert isinstance(acted, Acted)
    assert acted.order is not None
    assert (acted.act.id, acted.case.number, acted.order.id) == ("take", first.number, first.orders[0].id)
    assert acted.following is not None
    assert (acted.following.id, after.floor) == (first.orders[0].id, first.orders[0].id)
    assert [act.id for act in after.invitations[0].acts] == ["contact"]
    assert await house.state(second) is OrderState.TAKEN


def form(case: Case, at: dt.datetime) -> Draft:
    value = Day(date=at.date(), time=at.time())
    answer = Answer(value=value, source="那天", by="x", at=NOW)
    return Draft(
        id="c#1",
        form="survey_time",
        form_version=1,
        opened_at=NOW,
        changed_at=NOW,
        state="submitting",
        answers={"survey_at": answer},
        trail=("survey_at",),
        subject=case.orders[0].id,
        act="propose_survey",
        submitted_at=NOW,
    )


async def contacted(house: House, key: str = "s1") -> Case:
    case = await house.accept("用水", key=key)
    order = case.orders[0].id
    return await house.do(await house.do(case, WATER.id, Take(order=order)), WATER.id, ReportContact(order=order))


async def propose(house: House, case: Case, at: dt.datetime) -> tuple[Conversation, tuple[Told, ...]]:
    draft = form(case, at)
    before = talk(task(case)).model_copy(update={"drafts": (draft,)})
    return await house.carry_out(before, Completed(draft.id, "propose_survey", case.orders[0].id))


AT = dt.datetime(2026, 11, 24, 14, 0, tzinfo=CHINA)


async def test_a_form_that_was_carried_out_is_gone(house: House) -> None:
    after, told = await propose(house, await contacted(house), AT)
    assert isinstance(told[0], Acted)
    assert (after.drafts, after.active) == ((), None)


@pytest.mark.parametrize("why", ["core.away", "survey.busy", "survey.past"])
async def test_a_form_that_failed_is_asked_again(house: House, why: str) -> None:
    case = await contacted(house)
    if why == "survey.busy":
        await propose(house, await contacted(house, "s2"), AT)
    house.away = why == "core.away"
    after, told = await propose(house, case, NOW - dt.timedelta(days=1) if why == "survey.past" else AT)
    refused, asked = told
    assert isinstance(refused, ActRefused)
    assert (refused.refused.code, asked) == (why, Asked())
    (draft,) = after.drafts
    assert (draft.state, draft.attention, after.active, after.floor) == (
        "filling",
        Editing(field="survey_at"),
        "c#1",
        None,
    )
    assert draft.answers["survey_at"].source == "那天"


async def test_a_form_nobody_can_hand_in_any_more_is_gone(house: House) -> None:
    case = await contacted(house)
    draft = form(case, AT)
    before = talk().model_copy(update={"drafts": (draft,)})
    after, told = await house.carry_out(before, Completed(draft.id, "propose_survey", case.orders[0].id))
    assert (after.drafts, told) == ((), (ActRefused(Refused(code="invitation.gone")),))
    await house.staffing.retire(WATER.id)
    after, _ = await propose(house, case, AT)
    assert after.drafts == ()


async def test_a_form_stays_when_its_message_has_done_something_else(house: House) -> None:
    first, second = await house.accept("用水"), await contacted(house, "s2")
    draft = form(second, AT)
    before = talk(task(first), task(second)).model_copy(update={"drafts": (draft,)})
    await house.carry_out(before, decided(task(first), "take"), key="same")
    event = Completed(draft.id, "propose_survey", second.orders[0].id)
    after, told = await house.carry_out(before, event, key="same")
    assert isinstance(told[0], Acted)
    assert told[0].act.id == "take"
    assert [one.state for one in after.drafts] == ["filling"]


async def test_why_a_code_binds_nobody(house: House) -> None:
    await house.staffing.issue_code(WATER.id, "fresh", LATER)
    await house.staffing.issue_code(POWER.id, "old", NOW - dt.timedelta(days=1))
    stranger = Conversation(id="s", account="account", person="stranger", county=COUNTY.id)
    _, told = await house.carry_out(stranger, BindingAsked("wrong"))
    assert told == (ActRefused(Refused(code="code.unknown")),)
    _, told = await house.carry_out(stranger, BindingAsked("old"))
    assert told == (ActRefused(Refused(code="code.expired")),)
    after, told = await house.carry_out(stranger, BindingAsked("fresh"))
    assert isinstance(told[0], Bound)
    assert [one.staff for one in after.roles] == [WATER.id]
    other = stranger.model_copy(update={"person": "other"})
    _, told = await house.carry_out(other, BindingAsked("fresh"))
    assert told == (ActRefused(Refused(code="code.used")),)
