"""The calendar of a steward: his visits, and another time by the act that the chat has for it."""

import datetime as dt

from model.case import Case
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.commands.scheduling import GiveTimes
from model.commands.survey import AgreeSurvey, ProposeSurvey
from model.events.scheduling import TimesAsked
from model.events.survey import SurveyMoved, SurveyProposed
from model.login import Role
from model.times import APPLICANT, Window
from tests.console.office import Browser, Office, Page
from tests.console.test_steward_board import POWER, WATER, events, of, steward

WEDNESDAY = dt.datetime(2026, 11, 25, 2, 0, tzinfo=dt.UTC)  # 10:00


async def proposed(here: Office, at: dt.datetime = WEDNESDAY, *, agreed: bool = False) -> Case:
    """A survey of one body alone."""
    case = await here.case()
    order = case.orders[0].id
    await here.do(case, Take(order=order), staff=WATER, role="steward")
    await here.do(case, ReportContact(order=order, outline="从门前主管接DN25"), staff=WATER, role="steward")
    case = await here.do(case, ProposeSurvey(order=order, at=at), staff=WATER, role="steward")
    return await here.do(case, AgreeSurvey(appointment=order, sequence=1)) if agreed else case


async def joint(here: Office) -> Case:
    """A joint survey for which a time was found."""
    case = await here.case(办理业务="水、电")
    for order in case.orders:
        who = f"jingxian-{order.body}"
        await here.do(case, Take(order=order.id), staff=who, role="steward")
        case = await here.do(case, ReportContact(order=order.id, outline="从门前接"), staff=who, role="steward")
    window = (Window(start=here.now + dt.timedelta(hours=4), end=here.now + dt.timedelta(hours=6)),)
    for party in (APPLICANT, WATER, POWER):
        number = case.gatherings["joint"].round
        do = GiveTimes(appointment="joint", round=number, party=party, windows=window)
        case = await here.do(case, do, staff="" if party == APPLICANT else party, role="staff")
    assert "joint" in case.appointments
    return case


async def moved(browser: Browser, case: Case, at: str, page: Page | None = None) -> Page:
    page = page or await browser.get(f"{of(case)}/move")
    return await browser.post(f"{of(case)}/move", {"proof": page.proof, "request": "9", "at": at})


async def test_a_week_has_his_visits_and_nobody_elses(here: Office) -> None:
    case = await proposed(here)
    browser = await steward(here)
    page = await browser.get("/console/calendar")
    assert "等申请人答复" in page.text
    assert case.number in page.text
    assert "李示例" not in page.text
    assert case.number not in (await browser.get("/console/calendar?week=2026-12-02")).text
    assert case.number in (await browser.get("/console/calendar?week=nonsense")).text
    assert (await browser.get("/console/calendar?week=0001-01-01")).status == 200
    other = await steward(here, POWER)
    assert case.number not in (await other.get("/console/calendar")).text
    assert (await other.get(f"{of(case)}/move")).status == 404
    lead = await here.clerk(Role.LEAD, body="water_company")
    whole = await lead.get("/console/calendar")
    assert case.number in whole.text
    assert "改时间</a>" not in whole.text


async def test_a_survey_is_proposed_anew_once(here: Office) -> None:
    case = await proposed(here, agreed=True)
    browser = await steward(here)
    page = await browser.get(f"{of(case)}/move")
    assert "他同意了才算定" in page.text
    assert "11月26日（周四）09:30" in page.text
    sent = await moved(browser, case, "2026-11-26T09:30", page)
    assert sent.status == 303, sent.text
    assert (await moved(browser, case, "2026-11-26T09:30", page)).to == sent.to
    after = await here.core.case(case.id)
    assert after is not None
    assert len(await events(here, case, SurveyProposed)) == 2
    one = after.appointments[case.orders[0].id]
    assert (one.at, one.agreed) == (dt.datetime(2026, 11, 26, 1, 30, tzinfo=dt.UTC), False)
    assert "等申请人答复" in (await browser.get(sent.to)).text


async def test_what_cannot_be_is_told_in_the_words_of_the_chat(here: Office) -> None:
    case = await proposed(here)
    browser = await steward(here)
    for at, status in (("", 400), ("x", 400), ("2026-11-20T09:30", 409), ("2026-11-26T23:30", 409)):
        page = await moved(browser, case, at)
        assert page.status == status, at
        assert 'role="alert"' in page.text
    assert len(await events(here, case, SurveyProposed)) == 1


async def test_what_he_has_elsewhere_is_not_offered(here: Office) -> None:
    await proposed(here, WEDNESDAY + dt.timedelta(hours=1))
    case = await proposed_second(here)
    page = await (await steward(here)).get(f"{of(case)}/move")
    assert 'value="2026-11-25T10:30"' in page.text
    assert 'value="2026-11-25T11:00"' not in page.text


async def proposed_second(here: Office) -> Case:
    case = await here.case(key="2")
    order = case.orders[0].id
    await here.do(case, Take(order=order), staff=WATER, role="steward")
    await here.do(case, ReportContact(order=order, outline="从门前主管接DN25"), staff=WATER, role="steward")
    return await here.do(case, ProposeSurvey(order=order, at=WEDNESDAY), staff=WATER, role="steward")


async def test_of_a_joint_survey_everybody_is_asked_anew(here: Office) -> None:
    case = await joint(here)
    browser = await steward(here)
    page = await browser.get(f"{of(case)}/move")
    assert "重新问各单位和申请人" in page.text
    sent = await moved(browser, case, "2026-11-25T09:30", page)
    assert sent.status == 303, sent.text
    (event,) = await events(here, case, SurveyMoved)
    assert (event.event.by, len(event.event.windows)) == (WATER, 1)  # type: ignore[union-attr]
    assert len(await events(here, case, TimesAsked)) == 2
