"""Cases: accepted once, changed by commands, found again, and nothing personal in the open."""

import asyncio
import datetime as dt

import pytest
from sqlalchemy import delete, select, update

from handlers.ports import CoreAway
from model.calendar import CHINA
from model.case import Case
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.commands.survey import AgreeSurvey, GiveOpinion, MoveSurvey, ProposeSurvey
from model.commands.works import Connect
from model.decision import Decision, Done, Refused
from model.message import Actor
from model.order import OrderState
from model.process import Numbering
from model.values import Address, Phone, Words
from routing.evolve import fold
from storage.engine import Database
from storage.projection import move_case
from storage.records import Conflict, Records
from storage.schema import appointments, cases, counters, deadlines, metadata, record_keys
from storage.staffing import Staffing
from storage.steps import Step
from storage.vault import Unreadable
from tests.records.office import APPLICANT, Office, counts, steward_of
from tests.routing.county import NOW, everybody, steward, submission, xinxiang

TOMORROW = dt.datetime(2026, 11, 24, 14, 10, tzinfo=CHINA)


@pytest.fixture
async def office(database: Database, records: Records, staffing: Staffing) -> Office:
    return await Office(database, records, staffing).open()


async def test_accepted_and_loaded(office: Office, records: Records) -> None:
    """What was decided is what is read back: the log alone makes the case."""
    made = submission(office.county, "用水", "用电")
    case = await office.accept(made)
    assert case.number == "2026-0001"
    assert [order.steward for order in case.orders] == ["water_body-a", "power_body-a"]
    assert await records.case(case.id) == case
    assert fold(await records.events(case.id)) == case
    assert await records.submission(case.id) == made
    assert (await counts(office.database))["outbox"] == 2


async def test_the_same_submission_again(office: Office) -> None:
    """§2.2: the same case, and nothing is written."""
    made = submission(office.county, "用水")
    case = await office.accept(made)
    before = await counts(office.database)
    assert await office.accept(made, NOW + dt.timedelta(days=1)) == case
    assert await counts(office.database) == before


async def test_another_content_under_the_same_id(office: Office) -> None:
    await office.accept(submission(office.county, "用水"))
    other = submission(office.county, "用水", name=Words(text="测试乙"))
    assert await office.casework.accept(other, NOW) == Refused(code="submission.changed")


async def test_the_same_submission_at_once(office: Office) -> None:
    made = submission(office.county, "用水", "用电")
    cases = await asyncio.gather(*(office.accept(made) for _ in range(6)))
    assert len({case.id for case in cases}) == 1
    found = await counts(office.database)
    assert (found["cases"], found["orders"], found["outbox"], found["record_keys"]) == (1, 2, 2, 2)
    async with office.database.reading() as connection:
        assert (await connection.execute(select(counters.c.value))).scalars().all() == [1]


async def test_numbers_have_no_gaps(office: Office) -> None:
    """Many at once, some refused in the middle of the transaction."""
    good = [submission(office.county, "用水", key=f"s{n}") for n in range(8)]
    bad = [submission(office.county, "煤", key=f"b{n}") for n in range(4)]
    done = await asyncio.gather(*(office.casework.accept(one, NOW) for one in (*bad, *good)))
    numbers = sorted(one.number for one in done if isinstance(one, Case))
    assert numbers == [f"2026-{n:04d}" for n in range(1, 9)]
    assert {one.code for one in done if isinstance(one, Refused)} == {"submission.unknown_service"}


@pytest.mark.parametrize(
    ("restart", "expected"),
    [("yearly", ["N2026-0007", "N2026-0008", "N2027-0007"]), ("never", ["N2026-0007", "N2026-0008", "N2027-0009"])],
)
async def test_counting_over_the_year(
    database: Database, records: Records, staffing: Staffing, restart: str, expected: list[str]
) -> None:
    """J90; the year is the one in China."""
    county = xinxiang()
    numbering = Numbering.model_validate({"template": "N{year}-{counter:04d}", "first": 7, "restart": restart})
    county = county.model_copy(update={"process": county.process.model_copy(update={"number": numbering})})
    office = Office(database, records, staffing, county)
    times = [NOW, dt.datetime(2026, 12, 31, 15, 59, tzinfo=dt.UTC), dt.datetime(2026, 12, 31, 16, 1, tzinfo=dt.UTC)]
    cases = [await office.accept(submission(county, "用水", key=f"s{n}"), at) for n, at in enumerate(times)]
    assert [case.number for case in cases] == expected


async def test_nothing_personal_in_the_open(office: Office) -> None:
    """Every byte of every table: no name, phone, address, no word of what was said."""
    secrets = ["测试丙", "13911112222", "秘密路7号", "周五下午三点", "管沟还没挖"]
    made = submission(
        office.county,
        "用水",
        name=Words(text=secrets[0]),
        phone=Phone(number=secrets[1]),
        address=Address(text=secrets[2]),
    )
    case = await office.accept(made)
    water = steward_of(case)
    case = await office.done(case, water, Take(order=case.orders[0].id))
    case = await office.done(case, water, ReportContact(order=case.orders[0].id))
    key = case.orders[0].id
    case = await office.done(case, water, ProposeSurvey(order=key, at=TOMORROW))
    case = await office.done(case, APPLICANT, MoveSurvey(appointment=key, sequence=1, wish=secrets[3]))
    case = await office.done(case, APPLICANT, AgreeSurvey(appointment=key, sequence=1))
    await office.done(case, water, GiveOpinion(order=key, opinion="不符合", remark=secrets[4]))
    async with office.database.reading() as connection:
        for table in metadata.sorted_tables:
            for row in await connection.execute(select(table)):
                shown = repr(tuple(row)).encode() + b"".join(one for one in row if isinstance(one, bytes))
                for secret in secrets:
                    assert secret.encode() not in shown, table.name
                    assert secret.encode("unicode_escape") not in shown, table.name


async def test_without_its_key_a_case_is_gone(office: Office, records: Records) -> None:
    """§6: retention destroys the record's key."""
    case = await office.accept(submission(office.county, "用水"))
    async with office.database.writing(Step.STAFF) as connection:
        await connection.execute(delete(record_keys))
    for reading in (records.case, records.submission, records.events):
        with pytest.raises(Unreadable):
            await reading(case.id)
    assert await records.case("no such case") is None
    assert await records.submission("no such case") is None
    assert await records.events("no such case") == ()


async def test_a_command_happens_once(office: Office, records: Records) -> None:
    """§2.3: repeated, even much later, it gives what it gave."""
    case = await office.accept(submission(office.county, "用水", "用电"))
    take = Take(order=case.orders[0].id)
    first = await office.do(case, steward_of(case), take, key="k1")
    assert isinstance(first, Done)
    await office.done(first.case, steward_of(case), ReportContact(order=case.orders[0].id))
    before = await counts(office.database)
    again = await office.do(case, steward_of(case), take, key="k1", now=NOW + dt.timedelta(days=9))
    assert again == first
    assert await counts(office.database) == before


async def test_a_refusal_is_kept_too(office: Office) -> None:
    """Or a redelivery would do behind his back what he was told did not work."""
    case = await office.accept(submission(office.county, "用水"))
    order = case.orders[0].id
    early = await office.do(case, steward_of(case), ReportContact(order=order), key="k1")
    assert early == Refused(code="contact.too_early")
    await office.done(case, steward_of(case), Take(order=order))
    assert await office.do(case, steward_of(case), ReportContact(order=order), key="k1") == early
    assert isinstance(await office.do(case, steward_of(case), ReportContact(order=order), key="k2"), Done)


async def test_unknown_case(office: Office) -> None:
    case = await office.accept(submission(office.county, "用水"))
    ghost = case.model_copy(update={"id": "ghost"})
    assert await office.do(ghost, APPLICANT, Take(order="x")) == Refused(code="case.unknown")


async def test_the_same_command_at_once(office: Office, records: Records) -> None:
    case = await office.accept(submission(office.county, "用水"))
    take = Take(order=case.orders[0].id)
    results = await asyncio.gather(*(office.do(case, steward_of(case), take, key="k1") for _ in range(6)))
    assert all(result == results[0] for result in results)
    assert isinstance(results[0], Done)
    assert [one.event.event for one in await records.events(case.id)].count("task_taken") == 1


async def test_different_commands_at_once(office: Office, records: Records) -> None:
    """Each sees the case the other left; the version counts the events."""
    case = await office.accept(submission(office.county, "用水", "用电", "燃气", "热力", "通信", "有线电视"))
    takes = [(steward_of(case, n), Take(order=case.orders[n - 1].id)) for n in range(1, 7)]
    results = await asyncio.gather(*(office.do(case, who, take) for who, take in takes))
    assert all(isinstance(result, Done) for result in results)
    after = await records.case(case.id)
    assert after is not None
    assert {order.state for order in after.orders} == {OrderState.TAKEN}
    log = await records.events(case.id)
    assert [one.sequence for one in log] == list(range(1, after.version + 1))
    assert after.version == case.version + 6


async def test_a_crash_in_the_middle_leaves_nothing(office: Office, records: Records) -> None:
    case = await office.accept(submission(office.county, "用水"))
    before = await counts(office.database)

    def crash(*_: object) -> Decision:
        raise RuntimeError("power cut")

    made = submission(office.county, "用电", key="s2")
    with pytest.raises(RuntimeError, match="power cut"):
        await records.accept(made, numbering=office.county.process.number, find_by={}, now=NOW, accept=crash)
    assert await counts(office.database) == before
    assert (await office.accept(made)).number == "2026-0002"
    assert await records.case(case.id) == case


async def test_a_steward_is_in_one_place_at_a_time(office: Office) -> None:
    """§2.3: a half hour is a unique row. A joint survey takes it from everybody bound."""
    first = await office.accept(submission(office.county, "用水", "用电"))
    second = await office.accept(submission(office.county, "用水", key="s2"))
    third = await office.accept(submission(office.county, "用电", key="s3"))
    for case in (first, second, third):
        for step in (Take(order=case.orders[0].id), ReportContact(order=case.orders[0].id)):
            await office.done(case, steward_of(case), step)
    await office.done(first, steward_of(first), ProposeSurvey(order=first.orders[0].id, at=TOMORROW))
    close = TOMORROW + dt.timedelta(minutes=15)
    busy = await office.do(second, steward_of(second), ProposeSurvey(order=second.orders[0].id, at=close), key="k")
    assert busy == Refused(code="survey.busy", about={"steward": "water_body-a"})
    assert (
        await office.do(second, steward_of(second), ProposeSurvey(order=second.orders[0].id, at=close), key="k") == busy
    )
    other = await office.do(third, steward_of(third), ProposeSurvey(order=third.orders[0].id, at=close))
    assert isinstance(other, Refused)
    assert other.about == {"steward": "power_body-a"}
    later = TOMORROW + dt.timedelta(minutes=30)
    await office.done(second, steward_of(second), ProposeSurvey(order=second.orders[0].id, at=later))
    # Moved away, the half hour is free for others.
    await office.done(first, APPLICANT, MoveSurvey(appointment="joint", sequence=1, wish="周五"))
    await office.done(third, steward_of(third), ProposeSurvey(order=third.orders[0].id, at=close))
    taken_since = await office.do(first, APPLICANT, AgreeSurvey(appointment="joint", sequence=1))
    assert isinstance(taken_since, Refused)
    assert taken_since.code == "survey.busy"


async def test_half_hours_are_free_after_the_survey(office: Office) -> None:
    case = await office.accept(submission(office.county, "用水"))
    order, who = case.orders[0].id, steward_of(case)
    for step in (Take(order=order), ReportContact(order=order), ProposeSurvey(order=order, at=TOMORROW)):
        await office.done(case, who, step)
    await office.done(case, APPLICANT, AgreeSurvey(appointment=order, sequence=1))
    async with office.database.reading() as connection:
        rows = (await connection.execute(select(appointments))).all()
    assert [(row.steward, row.at, row.agreed) for row in rows] == [("water_body-a", TOMORROW, True)]
    await office.done(case, who, GiveOpinion(order=order, opinion="符合"))
    assert (await counts(office.database))["appointments"] == 0


async def test_two_cases_want_the_same_half_hour_at_once(office: Office) -> None:
    cases = [await office.accept(submission(office.county, "用水", key=f"s{n}")) for n in range(4)]
    for case in cases:
        for step in (Take(order=case.orders[0].id), ReportContact(order=case.orders[0].id)):
            await office.done(case, steward_of(case), step)
    results = await asyncio.gather(
        *(office.do(one, steward_of(one), ProposeSurvey(order=one.orders[0].id, at=TOMORROW)) for one in cases)
    )
    assert sum(isinstance(result, Done) for result in results) == 1
    assert {result.code for result in results if isinstance(result, Refused)} == {"survey.busy"}


async def test_the_contact_clock(office: Office) -> None:
    """X20: a row with its due time, stopped by the report of the contact."""
    case = await office.accept(submission(office.county, "用水"))
    query = select(deadlines)
    async with office.database.reading() as connection:
        row = (await connection.execute(query)).one()
    due = case.orders[0].due("contact")
    assert due is not None
    assert (row.step, row.started_at, row.due_at, row.met_at, row.next_at) == ("contact", NOW, due.at, None, None)
    later = NOW + dt.timedelta(hours=3)
    for step in (Take(order=case.orders[0].id), ReportContact(order=case.orders[0].id)):
        await office.done(case, steward_of(case), step, now=later)
    async with office.database.reading() as connection:
        assert (await connection.execute(query)).one().met_at == later


async def test_finding_cases(office: Office, records: Records) -> None:
    first = await office.accept(submission(office.county, "用水"))
    second = await office.accept(submission(office.county, "用电", key="s2"), NOW + dt.timedelta(hours=1))
    other = submission(office.county, "用电", key="s3", phone=Phone(number="0373-5080217"))
    third = await office.accept(other.model_copy(update={"person": "somebody"}))
    assert await records.find("xinxiang", phone="13900000001") == (second.id, first.id)
    assert await records.find("xinxiang", phone="139 0000 0001") == (second.id, first.id)
    assert await records.find("xinxiang", phone="0373-5080217") == (third.id,)
    assert await records.find("xinxiang", number=first.number) == (first.id,)
    assert await records.find("jingxian", number=first.number) == ()
    assert await records.of_person("account", "applicant") == (second.id, first.id)
    assert [case.id for case in await office.casework.cases("account", "applicant")] == [second.id, first.id]


async def test_tasks_of_a_steward(database: Database, records: Records, staffing: Staffing) -> None:
    """His own, and those of his body that nobody has; connected ones are off the list."""
    office = Office(database, records, staffing)
    free = await office.accept(submission(office.county, "用水"))
    assert free.orders[0].steward is None
    await office.open(everybody(office.county))
    await office.hire(steward("water_body", name="b"))
    own = await office.accept(submission(office.county, "用水", "用电", key="s2"), NOW + dt.timedelta(hours=1))
    assert own.orders[0].steward == "water_body-a"
    assert [(t.case.id, t.order.id) for t in await office.casework.tasks("water_body-a")] == [
        (free.id, free.orders[0].id),
        (own.id, own.orders[0].id),
    ]
    assert [t.case.id for t in await office.casework.tasks("water_body-b")] == [free.id]
    assert await office.casework.tasks("nobody") == ()
    helper = Actor(person="person-water_body-b", role="steward", staff="water_body-b")
    taken = await office.done(free, helper, Take(order=free.orders[0].id))
    assert taken.orders[0].steward == "water_body-b"
    assert [t.case.id for t in await office.casework.tasks("water_body-a")] == [own.id]
    # Each has one now; the next goes by id.
    third = await office.accept(submission(office.county, "用水", key="s3"))
    assert third.orders[0].steward == "water_body-a"
    fourth = await office.accept(submission(office.county, "用水", key="s4"))
    assert fourth.orders[0].steward == "water_body-b"


async def test_closing(database: Database, records: Records, staffing: Staffing) -> None:
    office = await Office(database, records, staffing, xinxiang(steps=("connection",))).open()
    case = await office.accept(submission(office.county, "用水"))
    order, who = case.orders[0].id, steward_of(case)
    await office.done(case, who, Take(order=order))
    result = await office.do(case, who, Connect(order=order), key="k")
    assert isinstance(result, Done)
    assert [one.event.event for one in result.events] == ["connected", "case_closed"]
    assert await office.do(case, who, Connect(order=order), key="k") == result
    assert await office.casework.tasks(who.staff or "") == ()
    (found,) = await staffing.of_county("xinxiang", "water_body")
    assert found.open_tasks == 0


async def test_the_version_guards_the_case(office: Office) -> None:
    """§2.3: who loaded an older case cannot write over a newer one; the row says how far the case is."""
    case = await office.accept(submission(office.county, "用水"))
    after = await office.done(case, steward_of(case), Take(order=case.orders[0].id))
    async with office.database.writing(Step.STAFF) as connection:
        assert (await connection.execute(select(cases.c.version, cases.c.closed_at))).one() == (after.version, None)
        late = after.model_copy(update={"version": after.version + 1})
        assert not await move_case(connection, late, since=case.version)
        assert await move_case(connection, late.model_copy(update={"closed_at": NOW}), since=after.version)
        assert (await connection.execute(select(cases.c.version, cases.c.closed_at))).one() == (late.version, NOW)
    # A row that is not where the log ends: nothing is written, and that is said.
    before = await counts(office.database)
    with pytest.raises(CoreAway) as away:
        await office.do(case, steward_of(case), ReportContact(order=case.orders[0].id))
    assert isinstance(away.value.__cause__, Conflict)
    assert await counts(office.database) == before


async def test_closed_before_a_month_and_called_back_in_it(office: Office, records: Records) -> None:
    """A call back comes after the closing, and the bulletin of its month must know of it (J34)."""
    case = await office.accept(submission(office.county, "用水"))
    closed, called = NOW + dt.timedelta(days=5), NOW + dt.timedelta(days=12)
    async with office.database.writing(Step.COMMAND) as connection:
        await connection.execute(update(cases).values(closed_at=closed))
        await connection.execute(update(deadlines).values(met_at=closed))

    async def found(days: int) -> tuple[str, ...]:
        since = NOW + dt.timedelta(days=days)
        return await records.open_between(office.county.id, since, since + dt.timedelta(days=7))

    assert (await found(4), await found(7), await found(10)) == ((case.id,), (), ())
    async with office.database.writing(Step.COMMAND) as connection:
        await connection.execute(update(deadlines).values(met_at=called))
    assert (await found(4), await found(7), await found(10)) == ((case.id,), (case.id,), (case.id,))
