"""Codes of the hotline over both databases: used once, by one; whoever guesses gets nowhere, and nothing is counted twice (ADR 27)."""

import asyncio
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from handlers.handing_over import Comer, HandingOver, Offered
from model.case import CALLER, Case
from model.commands.contact import ChangeContact
from model.decision import Refused
from model.delivery import AGAIN, RowState
from model.erasure import Erasure, Marked
from model.handover import TRIES, WRONG_A_DAY, aloud, code_of, is_code, tail_of
from model.message import Actor
from model.values import Phone
from storage.calls import Calls
from storage.engine import Database
from storage.erasures import Erasures
from storage.handed_over import HANDED_OVER
from storage.handovers import A_DAY, KEPT, Handovers
from storage.records import Records
from storage.schema import handover_tries, handovers, outbox
from storage.staffing import Staffing
from storage.vault import Vault
from tests.records.office import Office, filled
from tests.routing.county import NOW
from tests.shipped import shipped

DAYS = dt.timedelta(days=3)
WRONG = Refused(code="handover.wrong", about={"left": "2"})


class Hotline(Office):
    """An office that has registered a case for a caller, and hands it over."""

    def __init__(self, database: Database, records: Records, staffing: Staffing, codes: Handovers) -> None:
        super().__init__(database, records, staffing, shipped()["jingxian"])
        self.codes = codes
        self.drawn = 10**7
        self.handing_over = HandingOver(self.casework, codes, {self.county.id: self.county}, self._draw)
        self.messages = 0

    def _draw(self) -> str:
        self.drawn += 1
        return str(self.drawn)

    async def registered(self, person: str = f"{CALLER}1") -> Case:
        made = filled(self.county, "水")
        answers = made.answers | {
            "phone": made.answers[self.county.places.address].model_copy(update={"value": Phone(number="13800001234")})
        }
        return await self.accept(made.model_copy(update={"person": person, "answers": answers}))

    async def code(self, case: Case, now: dt.datetime = NOW) -> str:
        made = await self.handing_over.offer(case, "clerk", now)
        assert isinstance(made, Offered)
        return made.code

    def who(self, person: str) -> Comer:
        self.messages += 1
        return Comer("gh", person, f"m{self.messages}")

    async def comes(self, code: str, person: str = "o_wang", now: dt.datetime = NOW) -> Case | Refused | None:
        return await self.handing_over.came(self.county, code, self.who(person), now)

    async def proves(self, code: str, tail: str, person: str = "o_wang", now: dt.datetime = NOW) -> Case | Refused:
        return await self.handing_over.proved(self.county, code, tail, self.who(person), now)


@pytest.fixture
def hotline(database: Database, records: Records, staffing: Staffing, vault: Vault) -> Hotline:
    return Hotline(database, records, staffing, Handovers(database, vault))


async def test_the_code_and_the_end_of_the_number_make_it_his(hotline: Hotline) -> None:
    case = await hotline.registered()
    code = await hotline.code(case)
    assert await hotline.comes(code) is None
    done = await hotline.proves(code, "1234")
    assert isinstance(done, Case)
    assert (done.id, done.account, done.person) == (case.id, "gh", "o_wang")
    assert [one.id for one in await hotline.casework.cases("gh", "o_wang")] == [case.id]
    assert await hotline.casework.cases(case.account, case.person) == ()
    assert isinstance(await hotline.comes(code), Case)  # once more he is told that he has it
    assert await hotline.comes(code, "o_li") == Refused(code="handover.used")
    assert await hotline.proves(code, "1234", "o_li") == Refused(code="handover.used")
    assert await hotline.handing_over.offer(done, "clerk", NOW) == Refused(code="hand_over.already")


async def test_of_many_at_once_one_has_it(hotline: Hotline) -> None:
    code = await hotline.code(await hotline.registered())
    people = [f"o_{number}" for number in range(6)]
    found = await asyncio.gather(*(hotline.proves(code, "1234", one) for one in people))
    assert sorted(type(one) is Case for one in found) == [False] * 5 + [True]
    assert {one.code for one in found if isinstance(one, Refused)} == {"handover.used"}


async def test_three_wrong_ends_and_the_code_is_dead_whoever_said_them(hotline: Hotline) -> None:
    case = await hotline.registered()
    code = await hotline.code(case)
    assert await hotline.proves(code, "0000") == WRONG
    assert isinstance(await hotline.proves(code, "0001", "o_li"), Refused)
    assert await hotline.proves(code, "0002") == Refused(code="handover.dead")
    assert await hotline.proves(code, "1234") == Refused(code="handover.dead")
    assert await hotline.comes(code, "o_new") == Refused(code="handover.dead")
    assert isinstance(await hotline.proves(await hotline.code(case), "1234"), Case)


async def test_a_message_that_comes_again_is_not_counted_again(hotline: Hotline) -> None:
    code = await hotline.code(await hotline.registered())
    who = hotline.who("o_wang")
    for _ in range(TRIES + 2):
        assert await hotline.handing_over.proved(hotline.county, code, "0000", who, NOW) == WRONG
    again = hotline.who("o_wang")
    first = await hotline.handing_over.proved(hotline.county, code, "1234", again, NOW)
    assert await hotline.handing_over.proved(hotline.county, code, "1234", again, NOW) == first
    assert isinstance(first, Case)


async def test_whoever_guesses_is_stopped_for_a_day(hotline: Hotline) -> None:
    code = await hotline.code(await hotline.registered())
    for number in range(WRONG_A_DAY):
        assert await hotline.comes(code_of(f"9900000{number}")) == Refused(code="handover.unknown")
    assert await hotline.comes(code) == Refused(code="handover.resting")
    assert await hotline.proves(code, "1234") == Refused(code="handover.resting")
    assert await hotline.comes(code, "o_li") is None
    assert await hotline.comes(code, now=NOW + A_DAY + dt.timedelta(seconds=1)) is None


async def test_it_ends_in_time_and_with_the_next_one(hotline: Hotline) -> None:
    case = await hotline.registered()
    first = await hotline.code(case)
    assert await hotline.comes(first, now=NOW + DAYS) is None
    assert await hotline.proves(first, "1234", now=NOW + DAYS + dt.timedelta(seconds=1)) == Refused(
        code="handover.expired"
    )
    await hotline.code(case)
    assert await hotline.comes(first) == Refused(code="handover.void")


async def test_another_county_knows_nothing_of_it(hotline: Hotline) -> None:
    code = await hotline.code(await hotline.registered())
    other = shipped()["xinxiang"]
    found = await hotline.handing_over.came(other, code, hotline.who("o_wang"), NOW)
    assert found == Refused(code="handover.unknown")


async def test_without_a_number_nobody_is_known_and_the_number_counts_that_is_called(hotline: Hotline) -> None:
    said = filled(hotline.county, "水")
    answers = {name: one for name, one in said.answers.items() if not isinstance(one.value, Phone)}
    mute = await hotline.accept(said.model_copy(update={"person": f"{CALLER}2", "id": "s2", "answers": answers}))
    assert await hotline.handing_over.offer(mute, "clerk", NOW) == Refused(code="handover.no_phone")
    window = Actor(person="window", role="staff", staff="clerk")
    case = await hotline.done(await hotline.registered(), window, ChangeContact(phone="0563-5586789"))
    code = await hotline.code(case)
    assert await hotline.proves(code, "1234") == WRONG
    assert isinstance(await hotline.proves(code, "6789"), Case)


async def test_a_code_that_is_taken_is_drawn_anew(hotline: Hotline) -> None:
    case = await hotline.registered()
    first = await hotline.code(case)
    hotline.drawn -= 1
    assert await hotline.code(case) != first


async def test_what_waited_for_a_call_is_told_him_and_what_he_was_asked_is_asked(hotline: Hotline) -> None:
    """Told before he was by SMS; not told: on the worklist, and what waits for the morning."""
    case = await hotline.registered()
    key = {
        "case_id": case.id,
        "recipient_kind": "applicant",
        "recipient": case.person,
        "created_at": NOW,
        "due_at": NOW,
    }
    common = {"kind": "notice", "template": "applicant.taken", "refs": {}, "attempts": 0, "sequence": 1}
    async with hotline.database.engine.begin() as connection:
        for number, state in enumerate((RowState.WORKLIST, RowState.CALLED, RowState.WAITING, RowState.SUPERSEDED)):
            row = key | common | {"key": f"k{number}", "subject": f"s{number}", "state": state}
            await connection.execute(outbox.insert().values(row))
    await hotline.proves(await hotline.code(case), "1234")
    async with hotline.database.reading() as connection:
        kept = (await connection.execute(select(outbox).where(outbox.c.template == "applicant.taken"))).all()
    before = {one.key: (one.state, one.reason) for one in kept if one.recipient == case.person}
    settled = (RowState.SUPERSEDED, HANDED_OVER)
    assert before == {"k0": settled, "k1": (RowState.CALLED, None), "k2": settled, "k3": (RowState.SUPERSEDED, None)}
    his = {one.key.partition(":")[0]: (one.state, AGAIN in one.refs) for one in kept if one.recipient == "o_wang"}
    assert his == {"k0": (RowState.WAITING, False), "k1": (RowState.WAITING, True), "k2": (RowState.WAITING, False)}
    assert await Calls(hotline.database).waiting(hotline.county.id, 10) == ()


async def test_nothing_kept_says_whose_it_is_and_all_of_it_goes(hotline: Hotline) -> None:
    case = await hotline.registered()
    code = await hotline.code(case)
    await hotline.proves(code, "0000")
    async with hotline.database.reading() as connection:
        rows = [
            *(await connection.execute(select(handovers))).all(),
            *(await connection.execute(select(handover_tries))).all(),
        ]
    kept = repr([tuple(one) for one in rows])
    for secret in (code, "o_wang", "1234", "0000", "王示例", "m1"):
        assert f"'{secret}'" not in kept
    await hotline.codes.forget(NOW + A_DAY)
    async with hotline.database.reading() as connection:
        assert (await connection.execute(select(handover_tries))).all() == []
        assert len((await connection.execute(select(handovers))).all()) == 1
    await hotline.codes.forget(NOW + DAYS + KEPT + dt.timedelta(seconds=1))
    assert await hotline.codes.found(code) is None


@given(st.text(alphabet="0123456789", min_size=8, max_size=8), st.integers(0, 8), st.integers(1, 9))
def test_one_digit_misheard_is_no_code(drawn: str, place: int, more: int) -> None:
    code = code_of(drawn)
    assert is_code(code)
    assert aloud(code).replace(" ", "") == code
    other = str((int(code[place]) + more) % 10)
    assert not is_code(code[:place] + other + code[place + 1 :])


@given(st.text(max_size=20))
def test_the_end_of_a_number_is_four_digits_or_nothing(phone: str) -> None:
    assert tail_of(phone) == "" or (len(tail_of(phone)) == 4 and tail_of(phone).isdecimal())


async def test_with_a_case_its_codes_are_erased(hotline: Hotline, database: Database, vault: Vault) -> None:
    case = await hotline.registered()
    code = await hotline.code(case)
    what = Erasure(kind="case", rule="cases", county=case.county, record=case.id, case=case.id)
    await Erasures(database, vault).clear(Marked(number="N", erasure=what, marked_at=NOW, destroyed_at=NOW), NOW)
    assert await hotline.codes.found(code) is None
