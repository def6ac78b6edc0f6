"""The clock over the records: which warnings are due, and each given once, whoever looks (X59, J35, design §5)."""

import asyncio
import datetime as dt
from collections import Counter

import pytest
from sqlalchemy import select, update

import bot.warning
from bot.warning import Warner
from handlers.casework import Casework
from model.case import Case
from model.command import Command
from model.commands.contact import DenyContact, ReportContact
from model.commands.intake import Take
from model.decision import Done, Refused
from model.events.clock import Warned
from model.message import Actor
from model.process import Limit
from routing.evolve import fold
from storage.deadlines import Deadlines, Ripe
from storage.engine import Database
from storage.records import Records
from storage.schema import commands, deadlines, outbox
from storage.staffing import Staffing
from storage.steps import Step
from tests.records.office import Office, counts, steward_of
from tests.routing.clocks import at, county
from tests.routing.county import NOW, everybody, steward, submission

COUNTY = county(("contact", Limit(days=1)), ("survey", Limit(days=2)))
PEOPLE = (
    *everybody(COUNTY),
    steward("water_body", name="head", duty="lead"),
    steward("city", name="eye", duty="supervisor"),
)
DUE = at("2026-11-24 17:30")
LATER = NOW + dt.timedelta(days=30)
SHARES = (50, 80, 100, 200)


class Time:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
async def office(database: Database, records: Records, staffing: Staffing) -> Office:
    return await Office(database, records, staffing, COUNTY).open(PEOPLE)


@pytest.fixture
def clock() -> Time:
    return Time()


@pytest.fixture
def warner(office: Office, clock: Time) -> Warner:
    return another(office, clock)


def another(office: Office, clock: Time) -> Warner:
    """A warner as another process has it, or this one after a restart."""
    return Warner(Deadlines(office.database), office.casework, clock)


async def contacted(office: Office, case: Case, place: int = 1) -> None:
    """The steward of an order takes it and reaches the applicant."""
    order = case.orders[place - 1].id
    await office.done(case, steward_of(case, place), Take(order=order))
    await office.done(case, steward_of(case, place), ReportContact(order=order))


async def run_out(warner: Warner) -> int:
    """Rounds until nothing is due any more; how many warnings were given."""
    given = 0
    while more := await warner.round():
        given += more
    return given


async def warned(records: Records, case: Case) -> list[tuple[str, int]]:
    return [(one.event.step, one.event.share) for one in await records.events(case.id) if isinstance(one.event, Warned)]


async def sent(database: Database) -> list[tuple[str, str]]:
    """Every warning that anybody was written: template and who."""
    async with database.reading() as connection:
        query = select(outbox.c.template, outbox.c.recipient)
        rows = (await connection.execute(query)).all()
    return [(row.template, row.recipient) for row in rows if row.template.endswith(".warning")]


async def test_soonest_and_ripe(office: Office, records: Records) -> None:
    """Which warning comes next, of all cases; those that are due, the oldest first, each once for all its orders."""
    look = Deadlines(office.database)
    assert await look.soonest() is None
    first = await office.accept(submission(COUNTY, "用水", "用电", key="s1"))
    second = await office.accept(submission(COUNTY, "用水", key="s2"), NOW + dt.timedelta(hours=1))
    half, later = (case.orders[0].clocks["contact"].due.warnings[0].at for case in (first, second))
    assert half < later
    assert await look.soonest() == half
    assert await look.ripe(half - dt.timedelta(microseconds=1), 9) == ()
    assert await look.ripe(half, 9) == (Ripe(first.id, "contact", 50, half, DUE, first.orders[0].id),)
    found = await look.ripe(later, 9)
    assert [(one.case, one.at) for one in found] == [(first.id, half), (second.id, later)]
    assert await look.ripe(later, 1) == found[:1]
    await contacted(office, first, 1)
    assert await look.ripe(half, 9) == (
        Ripe(first.id, "contact", 50, half, DUE, first.orders[1].id),
    )  # the other order's
    await contacted(office, first, 2)
    assert [one.case for one in await look.ripe(later, 9)] == [second.id]


async def test_nothing_before_its_time(office: Office, warner: Warner, records: Records, clock: Time) -> None:
    case = await office.accept(submission(COUNTY, "用水"))
    before = await counts(office.database)
    for clock.now in (NOW, case.orders[0].clocks["contact"].due.warnings[0].at - dt.timedelta(seconds=1)):
        assert await warner.round() == 0
    assert await counts(office.database) == before


async def test_each_warning_once(office: Office, warner: Warner, records: Records, clock: Time) -> None:
    """As time goes by: one event for both orders, one message for each who must hear of it."""
    case = await office.accept(submission(COUNTY, "用水", "用电"))
    await contacted(office, case, 1)
    await contacted(office, case, 2)
    while clock.now < LATER:
        clock.now += dt.timedelta(hours=3)
        await run_out(warner)
    assert await warned(records, case) == [("survey", share) for share in SHARES]
    assert Counter(await sent(office.database)) == {
        ("steward.warning", "water_body-a"): 3,
        ("steward.warning", "power_body-a"): 3,
        ("lead.warning", "water_body-head"): 3,
        ("supervisor.warning", "city-eye"): 2,
    }
    assert fold(await records.events(case.id)) == await records.case(case.id)


async def test_a_clock_that_jumps(office: Office, warner: Warner, records: Records, clock: Time) -> None:
    """Nine days later: every level of every limit, each limit's in order, none left out and none twice."""
    case = await office.accept(submission(COUNTY, "用水"))
    clock.now = NOW + dt.timedelta(days=9)
    assert await run_out(warner) == 8
    found = await warned(records, case)
    for step in ("contact", "survey"):
        assert [share for name, share in found if name == step] == list(SHARES)
    assert await warner.round() == 0
    assert await Deadlines(office.database).soonest() is None


async def test_met_before(office: Office, warner: Warner, records: Records, clock: Time) -> None:
    """Whoever did it in time hears nothing, however late the clock looks."""
    case = await office.accept(submission(COUNTY, "用水"))
    await contacted(office, case)
    clock.now = LATER
    await run_out(warner)
    assert {step for step, _ in await warned(records, case)} == {"survey"}


async def test_two_at_once_and_one_restarted(office: Office, records: Records, clock: Time) -> None:
    """Several processes look at the same moment; one is started anew in between: each warning is written once."""
    cases = [await office.accept(submission(COUNTY, "用水", "用电", key=f"s{n}")) for n in range(3)]
    both = [another(office, clock), another(office, clock)]
    while clock.now < LATER:
        clock.now += dt.timedelta(hours=5)
        await asyncio.gather(*(run_out(one) for one in both))
        both[0] = another(office, clock)
    for case in cases:
        found = await warned(records, case)
        assert sorted(found) == sorted((step, share) for step in ("contact", "survey") for share in SHARES)
    # Two stewards for 50, 80 and 100; the head from 80 on; the supervisor from 100 on: for each limit of each case.
    assert len(await sent(office.database)) == len(cases) * 2 * (2 * 3 + 3 + 2)


class Stubborn:
    """A core that refuses one case, or is away for it."""

    def __init__(self, core: Casework, case: str, code: str) -> None:
        self.core, self.case, self.code = core, case, code
        self.asked: list[str] = []

    async def execute(self, command: Command, now: dt.datetime) -> Done | Refused:
        if command.case == self.case:
            self.asked.append(command.id)
            return Refused(code=self.code)
        return await self.core.execute(command, now)


async def test_a_refusal_keeps_nobody_waiting(
    office: Office, records: Records, clock: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The case that is refused is the oldest, and only one is looked at in a round: the others are warned of all the same."""
    monkeypatch.setattr(bot.warning, "_AT_ONCE", 1)
    stuck = await office.accept(submission(COUNTY, "用水", key="s1"))
    others = [
        await office.accept(submission(COUNTY, "用水", key=f"o{n}"), NOW + dt.timedelta(minutes=n + 1))
        for n in range(3)
    ]
    core = Stubborn(office.casework, stuck.id, "county.unknown")
    warner = Warner(Deadlines(office.database), core, clock)  # type: ignore[arg-type]
    clock.now = DUE - dt.timedelta(hours=1)
    for _ in range(12):
        await warner.round()
    for case in others:
        assert ("contact", 80) in await warned(records, case)
    asked = len(core.asked)
    assert asked == 2  # one for either limit, and then they wait
    clock.now += dt.timedelta(minutes=11)
    await warner.round()
    await warner.round()
    assert len(core.asked) > asked
    assert len(set(core.asked)) == len(core.asked)  # under another id, or the old answer would come again


async def test_a_refusal_that_is_over(
    office: Office, warner: Warner, records: Records, clock: Time, staffing: Staffing
) -> None:
    """The county was not on the air for a while; the refusal is on record, and the warning is given afterwards."""
    case = await office.accept(submission(COUNTY, "用水"))
    clock.now = case.orders[0].clocks["contact"].due.warnings[0].at
    closed = Warner(Deadlines(office.database), Casework(records, staffing, {}), clock)
    assert await closed.round() == 0
    async with office.database.reading() as connection:
        refused = (await connection.execute(select(commands.c.refused).where(commands.c.refused.is_not(None)))).all()
    assert [row.refused["code"] for row in refused] == ["county.unknown"]
    assert await warner.round() == 0  # the same command gets the same answer
    clock.now += dt.timedelta(minutes=11)
    assert await warner.round() == 1
    assert await warned(records, case) == [("contact", 50)]


async def test_a_row_that_lags_behind_is_not_asked_for_ever(office: Office, warner: Warner, clock: Time) -> None:
    """A row that says what the case does not: one refusal, then silence until later."""
    case = await office.accept(submission(COUNTY, "用水"))
    async with office.database.writing(Step.COMMAND) as connection:
        await connection.execute(update(deadlines).where(deadlines.c.step == "contact").values(next_share=33))
    clock.now = case.orders[0].clocks["contact"].due.warnings[0].at
    assert [await warner.round() for _ in range(3)] == [0, 0, 0]
    assert (await counts(office.database))["commands"] == 1


async def test_who_warned_is_on_record(office: Office, warner: Warner, records: Records, clock: Time) -> None:
    """The log says that the clock did it, when it did."""
    case = await office.accept(submission(COUNTY, "用水"))
    clock.now = DUE
    await warner.round()
    last = (await records.events(case.id))[-1]
    assert (last.actor.role, last.at, last.event.event) == ("clock", DUE, "warned")


async def test_a_limit_that_runs_anew_is_warned_of_at_once(
    database: Database, records: Records, staffing: Staffing, clock: Time
) -> None:
    """没有联系上: what the others were warned of at the same instant is still to be said of this one (X20)."""
    asking = COUNTY.made_anew(process=COUNTY.process.model_copy(update={"contact_check": Limit(days=5)}))
    office = await Office(database, records, staffing, asking).open(PEOPLE)
    warner = another(office, clock)
    case = await office.accept(submission(office.county, "用水", "用电"))
    await contacted(office, case)
    clock.now = DUE
    await run_out(warner)
    before = await warned(records, case)
    await office.done(case, Actor(person=case.person), DenyContact(order=case.orders[0].id))
    clock.now += dt.timedelta(seconds=1)
    await run_out(warner)
    again = (await warned(records, case))[len(before) :]
    assert again == [("contact", share) for share in (50, 80, 100)]


async def test_two_limits_that_run_anew_at_one_instant_are_both_warned_of(
    database: Database, records: Records, staffing: Staffing, clock: Time
) -> None:
    """One had been warned of twice and the other never; the clock stands still meanwhile (the simulated year found it)."""
    asking = COUNTY.made_anew(process=COUNTY.process.model_copy(update={"contact_check": Limit(days=5)}))
    office = await Office(database, records, staffing, asking).open(PEOPLE)
    warner = another(office, clock)
    case = await office.accept(submission(office.county, "用水", "用电"))
    await contacted(office, case, 2)
    clock.now = case.orders[0].clocks["contact"].due.warnings[1].at
    await run_out(warner)
    await contacted(office, case, 1)
    clock.now = DUE + dt.timedelta(hours=1)
    for order in case.orders:
        await office.done(case, Actor(person=case.person), DenyContact(order=order.id), now=clock.now)
    await run_out(warner)
    found = await records.case(case.id)
    assert found is not None
    assert [order.clocks["contact"].warned for order in found.orders] == [100, 100]
