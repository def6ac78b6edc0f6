"""What somebody asked, and the call after a bad mark, lie on the board of whoever has to answer or to call; of nobody else (J35, J37–J47)."""

import datetime as dt
import re

from handlers.enquiries import EnquiryWork
from model.case import Case
from model.command import Command
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.commands.rating import Rate
from model.commands.survey import AgreeSurvey, GiveOpinion, ProposeSurvey
from model.commands.works import Connect, GiveScheme, ReportAcceptance, ReportBuilt
from model.decision import Done, Refused
from model.enquiry import AskEnquiry, Enquiry
from model.login import Role
from model.message import Actor
from model.staff import Duty
from model.values import Pick, Picks
from routing.enquiry_log import fold_enquiry
from storage.enquiries import Enquiries
from tests.console.office import Browser, Office
from tests.console.test_console_home import tiles
from tests.console.test_steward_matters import BOARD, hidden, of
from tests.paper.made import submission, values

WATER, LEAD = "jingxian-water_company", "jingxian-lead"
APPLICANT = Actor(person="p1", role="applicant")


def work(here: Office) -> EnquiryWork:
    return EnquiryWork(Enquiries(here.database, here.vault, fold_enquiry), here.staffing, here.counties)


async def asked(
    here: Office, words: str = "我家水表装在哪里，要不要自己买？电话13900000007", **said: object
) -> Enquiry:
    told = {"county": "jingxian", "account": "jingxian", "person": "p1", "phone": "13900000007", "about": "water"}
    done = await work(here).ask(words, AskEnquiry.model_validate(told | {"words": words} | said), APPLICANT, here.now)
    assert not isinstance(done, Refused), done
    return done.enquiry


async def bound(here: Office, name: str, duty: Duty, county: str = "jingxian", body: str = "water_company") -> str:
    one = await here.hire(county, body, name, duty=duty)
    await here.staffing.issue_code(one.id, f"code {one.id}", here.now + dt.timedelta(days=1))
    await here.staffing.redeem(f"code {one.id}", county, f"person-{one.id}", here.now)
    return one.id


async def sent(browser: Browser, at: str, act: str, **said: str) -> tuple[dict[str, str], str]:
    """What the form of this act sends, and where it leads."""
    form = hidden(await browser.get(at), act) | said
    done = await browser.post(at, form)
    assert done.status == 303, done.text
    return form, done.to


async def test_whoever_was_asked_first_answers_it(here: Office) -> None:
    one = await asked(here)
    assert one.owner.id == WATER
    browser, other = await of(here, WATER), await of(here, "jingxian-power_company")
    at = f"{BOARD}/enquiries/{one.id}"
    board = await browser.get(BOARD)
    assert at in board.text
    assert "11月24日" in board.text  # by when
    assert "139000" not in board.text
    assert at not in (await other.get(BOARD)).text
    assert (await other.get(at)).status == (await other.send(f"{at}/look", of=BOARD)).status == 404
    assert (await tiles(browser))[BOARD] == "1项"
    here.later(days=3)
    browser = await here.sign_in("m.0")
    assert (await tiles(browser))[BOARD] == "1项，1项超时"
    assert "13900000007" not in (await browser.get(at)).text
    assert "13900000007" in (await browser.send(f"{at}/look", of=at)).text
    supervisor = await here.clerk(Role.SUPERVISOR)
    assert "看首问的话和电话" in (await supervisor.get(f"/console/looks?day={here.now:%Y-%m-%d}")).text

    empty = await browser.post(at, hidden(await browser.get(at), "answer_enquiry"))
    assert (empty.status, "请写答复的话" in empty.text) == (400, True)
    form, to = await sent(browser, at, "answer_enquiry", words="装在楼道里")
    gone = await browser.get(to)
    assert gone.to.startswith(f"{BOARD}?did=")
    assert "这个问题办结了" in (await browser.get(gone.to)).text
    assert (await browser.post(at, form)).to == to  # clicked twice
    after = await work(here).enquiry(one.id)
    assert after is not None
    assert after.answer is not None
    assert (after.answer.words, after.answer.by.id, after.version) == ("装在楼道里", WATER, 3)


async def test_it_is_handed_on_and_taken(here: Office) -> None:
    one = await asked(here)
    browser, other = await of(here, WATER), await of(here, "jingxian-power_company")
    at = f"{BOARD}/enquiries/{one.id}"
    no = await browser.post(at, hidden(await browser.get(at), "hand_over") | {"to": "body:nobody"})
    assert (no.status, "请选转给谁" in no.text) == (400, True)
    stale, to = await sent(browser, at, "hand_over", to="body:power_company")
    assert "没接之前还由您负责" in (await browser.get(to)).text
    # What was typed on a page that is not up to date is not done, and is there still.
    late = await browser.post(at, stale | {"act": "answer_enquiry", "words": "先写好的"})
    assert (late.status, "先写好的" in late.text) == (409, True)
    assert at in (await other.get(BOARD)).text
    _, to = await sent(other, at, "accept_handover")
    assert "已由您接手" in (await other.get(to)).text
    assert at not in (await browser.get(BOARD)).text
    _, to = await sent(other, at, "refer_enquiry", to="body:water_company")
    after = await work(here).enquiry(one.id)
    assert after is not None
    assert after.answer is not None
    assert after.answer.body == "water_company"


async def test_a_complaint_is_on_no_board_but_of_those_who_supervise(here: Office) -> None:
    one = await asked(here, "管家态度不好", complaint=True)
    assert one.owner.kind == "window"  # nobody supervises yet
    desk = await of(here, "jingxian-housing_bureau")
    assert f"/enquiries/{one.id}" not in (await desk.get(BOARD)).text
    assert (await tiles(desk))[BOARD] == "现在没有任务"
    who = await bound(here, "督", "supervisor", body="housing_bureau")
    two = await asked(here, "还是态度不好", complaint=True)
    browser = await of(here, who, Role.SUPERVISOR)
    page = await browser.get(BOARD)
    assert f"/enquiries/{two.id}" in page.text
    assert "filters" not in page.text  # no orders lie with him
    assert (await tiles(browser))[BOARD] == "1项"
    assert (await browser.get(f"{BOARD}/enquiries/{two.id}")).status == 200


async def rated_bad(here: Office, lead: str) -> Case:
    one = here.counties["xinxiang"]
    water = Picks(picks=(Pick(option="用水"),))
    given = {name: value for name, value in values(one, "示例").items() if name != "external_line"}
    case = await here.core.accept(submission(one, given | {one.places.services: water}), here.now)
    assert isinstance(case, Case), case
    order = next(each for each in case.orders if each.body == "water_company").id
    who = case.orders[0].steward or ""
    assert who != lead
    tomorrow = here.now + dt.timedelta(days=1)
    for do in (Take(order=order), ReportContact(order=order), ProposeSurvey(order=order, at=tomorrow)):
        case = await here.do(case, do, staff=who, role="steward")
    case = await here.do(case, AgreeSurvey(appointment=next(iter(case.appointments)), sequence=1), staff=who)
    for step in (
        GiveOpinion(order=order, opinion="符合"),
        GiveScheme(order=order, scheme="从路东接入", days=9),
        ReportBuilt(order=order),
        ReportAcceptance(order=order, result="通过"),
        Connect(order=order),
    ):
        case = await here.do(case, step, staff=who, role="steward")
    actor = Actor(person=case.person, role="applicant")
    done = await here.core.execute(Command(id="mark", case=case.id, actor=actor, do=Rate(mark="非常不满意")), here.now)
    assert isinstance(done, Done), done
    return done.case


async def test_the_call_after_a_bad_mark_is_on_the_board_of_whoever_makes_it(here: Office) -> None:
    lead = await bound(here, "长", "lead", "xinxiang")
    case = await rated_bad(here, lead)
    assert case.rating is not None
    assert [one.id for one in case.rating.callers] == [lead]
    at = f"{BOARD}/matters/{case.id}:call_back"
    served = await of(here, case.orders[0].steward or "", Role.STEWARD, Role.LEAD)
    board = await served.get(BOARD)
    assert "回访" not in re.sub(r"<h2.*?</h2>", "", board.text)
    assert "不满意" not in board.text
    assert (await served.get(at)).status == 404
    assert (await tiles(served))[BOARD] == "现在没有任务"

    browser = await of(here, lead, Role.LEAD)
    page = await browser.get(BOARD)
    assert at in page.text
    assert "不满意" not in page.text  # whoever sees his screen reads no mark
    assert (await tiles(browser))[BOARD] == "1项"
    assert "非常不满意" in (await browser.get(at)).text
    form = await browser.get(f"{at}/form?about={case.id}:call_back&act=call_back")
    fields = dict(re.findall(r'<input type="hidden" name="(proof|about|act|request)" value="([^"]*)"', form.text))
    name = re.search(r'<textarea[^>]* name="([^"]+)"', form.text)
    assert name is not None, form.text
    done = await browser.post(f"{at}/form", fields | {name[1]: "已道歉，明天上门"})
    assert done.status == 303, done.text
    told = await browser.get((await browser.get(done.to)).to)
    assert "已记录“已回访”" in told.text
    after = await here.core.case(case.id)
    assert after is not None
    assert after.rating is not None
    assert after.rating.called_back == "已道歉，明天上门"
    assert (await browser.get(at)).status == 404
