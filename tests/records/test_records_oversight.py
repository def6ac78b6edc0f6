"""What is looked at from above, read from rows over both databases: it is what the cases say, and of one body only its own."""

import asyncio
import datetime as dt

import pytest

from handlers.overseeing import Overseeing, Sought
from handlers.wording.wording import Wording
from model.bulletin import Bulletin, Issued, Objection
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.commands.rating import Rate
from model.commands.survey import AgreeSurvey, GiveOpinion, ProposeSurvey
from model.commands.unreached import ReportUnreached
from model.commands.works import Connect, ReportAcceptance
from model.funnel import Funnel, Stop
from model.ledger import Wanted
from model.process import Limit, is_staffs
from model.unreached import UnreachedRule
from model.viewer import Viewer
from routing.lights import Counts
from storage.bulletins import Bulletins
from storage.engine import Database
from storage.funnels import Funnels
from storage.oversight import Oversight
from storage.records import Records
from storage.staffing import Staffing
from tests.records.office import APPLICANT, Office, steward_of
from tests.routing.clocks import at
from tests.routing.county import NOW, submission
from tests.shipped import shipped

TUESDAY_EVENING = at("2026-11-24 17:31")
DECEMBER = at("2026-12-01 00:00")


@pytest.fixture
async def office(database: Database, records: Records, staffing: Staffing) -> Office:
    """A county with the shipped texts and levels, in which one call in vain stops the limit."""
    made = shipped()["xinxiang"]
    small = Office(database, records, staffing).county
    steps = tuple(
        one.model_copy(update={"limit": Limit(days=1) if one.step == "contact" else None})
        for one in small.process.steps
    )
    update = {"steps": steps, "warnings": made.process.warnings, "unreached": UnreachedRule(calls=1)}
    county = small.made_anew(
        messages=made.messages,
        calendar=made.calendar,
        process=small.process.model_copy(update=update | {"rating": made.process.rating}),
    )
    return await Office(database, records, staffing, county).open()


def overseeing(office: Office, now: dt.datetime) -> Overseeing:
    counties = {office.county.id: office.county}
    wordings = {office.county.id: Wording(office.county)}
    return Overseeing(office.casework, Oversight(office.database), counties, wordings, lambda: now)


async def test_the_rows_are_what_the_cases_say(office: Office) -> None:
    cases = [await office.accept(submission(office.county, "用水", "用电", key=f"s{n}")) for n in range(3)]
    done = await office.done(cases[0], steward_of(cases[0]), Take(order=cases[0].orders[0].id))
    cases[0] = await office.done(done, steward_of(done), ReportContact(order=done.orders[0].id))
    cases[1] = await office.done(cases[1], steward_of(cases[1]), Take(order=cases[1].orders[0].id))
    cases[1] = await office.done(
        cases[1], steward_of(cases[1]), ReportUnreached(order=cases[1].orders[0].id), now=NOW + dt.timedelta(hours=1)
    )
    kept, now = Oversight(office.database), NOW + dt.timedelta(hours=2)
    groups = await kept.groups(office.county.id, None, now)
    rows = [
        one for page in (1, 2, 3) for one in await kept.limits(office.county.id, None, groups, now, page=page, most=2)
    ]
    found = {(one.order, one.step): one for one in rows}
    assert len(found) == len(rows) == sum(one.amount for one in groups)
    expected = {
        (order.id, step): (clock.due.at, clock.runs, clock.begins_at)
        for case in cases
        for order in case.orders
        for step, clock in order.clocks.items()
        if clock.met_at is None and is_staffs(step)
    }
    assert {key: (one.due, one.reach.runs, one.since) for key, one in found.items()} == expected
    assert await kept.groups("elsewhere", None, now) == ()
    clocks = [clock for case in cases for order in case.orders for clock in order.clocks.values() if clock.runs]
    coming = [one for clock in clocks if (one := clock.next) is not None]
    assert sorted((one.reach.next_share, one.reach.ripe) for one in found.values() if one.reach.runs) == sorted(
        (one.share, one.at <= now) for one in coming
    )


async def test_the_board_and_its_list_agree_and_a_body_sees_its_own(office: Office) -> None:
    """One water order stands still, two are late, and the lead of power hears of his three alone."""
    cases = [await office.accept(submission(office.county, "用水", "用电", key=f"s{n}")) for n in range(3)]
    case = await office.done(cases[1], steward_of(cases[1]), Take(order=cases[1].orders[0].id))
    await office.done(case, steward_of(case), ReportUnreached(order=case.orders[0].id), now=NOW + dt.timedelta(hours=1))
    whole = Viewer(staff="s", county=office.county.id)
    seen = overseeing(office, TUESDAY_EVENING)
    board = await seen.board(whole)
    assert board.counts == {
        ("water_body", "contact"): Counts(late=2, paused=1),
        ("power_body", "contact"): Counts(late=3),
    }
    assert board.whole == Counts(late=5, paused=1) == board.of_step("contact")
    assert board.of_body("power_body") == Counts(late=3)
    listed = await seen.listed(whole, Sought(body="water_body"))
    assert [one.light for one in listed.lines] == ["late", "late", "paused"]
    assert [one.why for one in listed.lines][2] == ("期限停着：联系不上申请人，共停1天",)
    assert listed.lines[0].why == ("还没有接单",)
    assert listed.lines[0].since == at("2026-11-24 17:30") == listed.lines[0].due
    assert listed.lines[2].since == NOW + dt.timedelta(hours=1)
    assert (listed.all, listed.pages, listed.page) == (3, 1, 1)
    assert (await seen.listed(whole, Sought(light="late"), page=7)).all == 5

    lead = Viewer(staff="l", county=office.county.id, body="power_body")
    assert (await seen.board(lead)).counts == {("power_body", "contact"): Counts(late=3)}
    assert {one.body for one in (await seen.listed(lead, Sought())).lines} == {"供电"}
    assert (await seen.listed(lead, Sought(body="water_body"))).lines == []


async def test_the_ledger_goes_page_by_page_through_what_is_wanted(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.oversight._AT_ONCE", 2)
    times = [NOW, NOW, NOW + dt.timedelta(minutes=1), NOW - dt.timedelta(days=1)]
    for number, when in enumerate(times):
        await office.accept(submission(office.county, "用水", "用电", key=f"s{number}"), when)
    kept = Oversight(office.database)

    async def found(**wanted: object) -> list[str]:
        pages = [page async for page in kept.ledger(office.county.id, Wanted.model_validate(wanted))]
        assert all(len(page) == 2 for page in pages[:-1])
        return [f"{one.service} {one.accepted_at - NOW}" for page in pages for one in page]

    assert len(await found()) == 8 == len(await found(state="open"))
    assert await found(state="closed") == []
    assert len(await found(body="water_body")) == 4 == len(await found(service="power"))
    assert await found(body="gas_body") == []
    assert len(await found(since=NOW)) == 6
    assert await found(until=NOW, service="water") == ["water -1 day, 0:00:00"]
    assert len(await found(late_at=at("2026-11-24 08:00"))) == 2  # yesterday's are due on Monday evening
    assert await found(late_at=NOW) == []


async def test_marks_are_found_by_when_they_were_given(office: Office) -> None:
    kept = Oversight(office.database)
    case = await office.accept(submission(office.county, "用水"))
    assert await kept.rated(office.county.id, NOW, DECEMBER) == ()
    who, order = steward_of(case), case.orders[0].id
    day = NOW + dt.timedelta(days=1)
    for do in (Take(order=order), ReportContact(order=order), ProposeSurvey(order=order, at=day)):
        case = await office.done(case, who, do)
    case = await office.done(case, APPLICANT, AgreeSurvey(appointment=order, sequence=1))
    for done in (
        GiveOpinion(order=order, opinion="符合"),
        ReportAcceptance(order=order, result="通过"),
        Connect(order=order),
    ):
        case = await office.done(case, who, done)
    await office.done(case, APPLICANT, Rate(mark="满意"), now=NOW + dt.timedelta(days=2))
    assert await kept.rated(office.county.id, NOW + dt.timedelta(days=2), DECEMBER) == (case.id,)
    assert await kept.rated(office.county.id, NOW, NOW + dt.timedelta(days=2)) == ()
    assert await kept.handed_in(office.county.id, NOW, DECEMBER) == 1
    assert await kept.handed_in(office.county.id, NOW + dt.timedelta(seconds=1), DECEMBER) == 0


def issued(opened: int, by: str = "s") -> Issued:
    figures = Bulletin(
        county="xinxiang", month=dt.date(2026, 11, 1), counted_at=DECEMBER, bodies=(), rules=(str(opened),)
    )
    return Issued(bulletin=figures, by=by, at=DECEMBER)


async def test_a_month_is_written_once(database: Database) -> None:
    """Whoever issues it again, with other figures, gets those that stand; two at once too."""
    kept, month = Bulletins(database), dt.date(2026, 11, 1)
    assert await kept.of_month("xinxiang", month) is None
    both = await asyncio.gather(kept.issue(issued(1, "s")), kept.issue(issued(2, "t")))
    assert both[0] == both[1]
    assert await kept.issue(issued(3)) == both[0] == await kept.of_month("xinxiang", month)
    assert await kept.months("xinxiang") == (both[0],)
    assert await kept.months("jingxian") == ()


async def test_objections_are_numbered_and_answered_once(database: Database) -> None:
    kept, month = Bulletins(database), dt.date(2026, 11, 1)
    await kept.issue(issued(1))

    def made(number: int) -> Objection:
        return Objection(
            county="xinxiang", month=month, number=number, by="w", at=DECEMBER, body="b", figure="opened", words="少了"
        )

    await asyncio.gather(*(kept.object("xinxiang", month, made) for _ in range(3)))
    found = await kept.objections("xinxiang", month)
    assert [one.number for one in found] == [1, 2, 3]
    answer = {"answer": "查过了", "corrects": True, "answered_by": "s", "answered_at": DECEMBER}
    assert await kept.answer(found[1].model_copy(update=answer))
    assert not await kept.answer(found[1].model_copy(update=answer | {"answer": "又查过"}))
    after = await kept.objections("xinxiang", month)
    assert [one.answer for one in after] == ["", "查过了", ""]
    assert (await kept.of_month("xinxiang", month)) == issued(1)


async def test_of_a_day_the_last_count_stays(database: Database) -> None:
    kept = Funnels(database)
    assert await kept.last("xinxiang") is None
    for hours, drafts in ((0, 1), (3, 2), (24, 3)):
        await kept.put(
            Funnel(
                county="xinxiang",
                counted_at=NOW + dt.timedelta(hours=hours),
                days=30,
                begun=drafts,
                reviewed=0,
                stops=(Stop(place="notice", drafts=drafts, rest=0),),
            )
        )
    last = await kept.last("xinxiang")
    assert last is not None
    assert (last.begun, last.stops[0].drafts) == (3, 3)
