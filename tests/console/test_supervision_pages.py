"""The pages of whoever supervises: what they count, who sees how much, and what is done there (J34, J35)."""

import datetime as dt
import io
import re

import pytest
from docx import Document
from openpyxl import load_workbook

from dialogs.funnel import REVIEW
from model.calendar import CHINA
from model.case import Case
from model.commands.approvals import AcceptApproval, ReturnApproval
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.commands.survey import ProposeSurvey
from model.funnel import Funnel, Stop
from model.login import Role
from storage.funnels import Funnels
from storage.looks import Looks
from tests.console.office import NOW, Office
from tests.console.permitted import OFFICER, applied

SEEN = "/console/supervision"
WATER, POWER = "jingxian-water_company", "jingxian-power_company"


async def two_bodies(here: Office) -> tuple[Case, Case]:
    """A case of water that nobody takes, and one of power that was taken; two working days later."""
    water = await here.case(key="1")
    power = await here.case(key="2", 办理业务="电")
    order = power.orders[0].id
    power = await here.do(power, Take(order=order), staff=POWER, role="steward")
    here.later(days=2)
    return water, power


async def test_what_is_late_is_counted_listed_and_leads_to_its_case(here: Office) -> None:
    water, power = await two_bodies(here)
    boss = await here.clerk(Role.SUPERVISOR)
    page = await boss.get(SEEN)
    assert page.status == 200
    assert 'href="/console/supervision/late?light=late&amp;body=water_company&amp;step=contact">超时1</a>' in page.text
    listed = await boss.get(f"{SEEN}/late?light=late&body=water_company&step=contact")
    assert f'href="/console/cases/{water.id}">{water.number}</a>' in listed.text
    assert "还没有接单" in listed.text
    assert power.number not in listed.text
    assert (await boss.get(f"/console/cases/{water.id}")).status == 200
    for odd in ("?light=x&body=nobody&page=-1", "?page=999999999", "?step=%00&service='"):
        assert (await boss.get(f"{SEEN}/late{odd}")).status == 200


async def test_a_visit_whose_time_is_over_is_why_an_order_is_late(here: Office) -> None:
    case = await here.case(key="1")
    one = case.orders[0].id
    meet = ProposeSurvey(order=one, at=here.now + dt.timedelta(hours=5))
    for do in (Take(order=one), ReportContact(order=one, outline="从门前接"), meet):
        case = await here.do(case, do, staff=WATER, role="steward")
    here.later(days=3)
    boss = await here.clerk(Role.SUPERVISOR)
    listed = await boss.get(f"{SEEN}/late?light=late&step=survey")
    assert "约的11月23日（周一）15:00过了，申请人没有答复" in listed.text


async def test_a_head_sees_his_own_body_and_nothing_of_another(here: Office) -> None:
    water, power = await two_bodies(here)
    head = await here.clerk(Role.LEAD, body="power_company")
    board = await here.clerk(Role.LEAD, body="water_company")
    for browser, own, other in ((head, power, water), (board, water, power)):
        mine, others = ("供电", "供水") if own is power else ("供水", "供电")
        for path in ("", "/late?light=all", "/late?light=all&body=water_company", "/late?light=all&body=power_company"):
            page = await browser.get(SEEN + path)
            assert page.status == 200
            assert other.number not in page.text
            assert others not in page.text.replace(mine, "")
        assert (await browser.get(f"{SEEN}/funnel")).status == 403
        sheet = await download(browser, "/ledger", body="water_company" if other is water else "power_company")
        numbers = {row[0].value for row in sheet.iter_rows(min_row=2)}
        assert numbers == {own.number}


async def download(browser, path, **form):  # type: ignore[no-untyped-def]
    page = await browser.send(SEEN + path, form)
    assert page.status == 200, page.text
    assert "attachment" in page.headers["Content-Disposition"]
    return load_workbook(io.BytesIO(page.body)).active


async def test_the_ledger_is_masked_and_whoever_sees_it_whole_is_recorded(here: Office) -> None:
    case = await here.case(key="1")
    boss, head = await here.clerk(Role.SUPERVISOR), await here.clerk(Role.LEAD, body="water_company")

    async def shown(browser, **form):  # type: ignore[no-untyped-def]
        sheet = await download(browser, "/ledger", **form)
        return [(row[11].value, row[12].value) for row in sheet.iter_rows(min_row=2)]

    assert await shown(boss) == [("李**", "138****0001")]
    assert await shown(head, whole="yes") == [("李**", "138****0001")]
    looks = Looks(here.database)
    assert await looks.of_case("jingxian", case.number) == ()
    assert await shown(boss, whole="yes") == [("李示例", "13800000001")]
    [look] = await looks.of_case("jingxian", case.number)
    assert (look.what, look.case, look.way) == ("ledger", case.id, "console")
    day = await looks.of_county("jingxian", here.now, here.now + dt.timedelta(days=1), 9)
    assert [(one.what, one.case) for one, _ in day] == [("ledger", None)]
    assert "导出台账" in (await boss.get("/console/looks")).text
    nothing = await boss.send(f"{SEEN}/ledger", {"last": "2026-11-22"})
    assert "没有符合这些条件的业务" in nothing.text
    assert 'value="2026-11-22"' in nothing.text
    for far in ({"last": "9999-12-31"}, {"first": "0001-01-01"}, {"first": "2026-11-24", "last": "2026-11-23"}):
        assert (await boss.send(f"{SEEN}/ledger", far)).status == 400
    assert await shown(boss, first="2026-11-23", state="open", town="泾川镇") == [("李**", "138****0001")]
    wrong = await boss.send(f"{SEEN}/ledger", {"first": "昨天", "last": "2026-02-30"})
    assert wrong.status == 400
    assert "看不懂“昨天”" in wrong.text
    assert 'aria-describedby="last-problem"' in wrong.text


async def test_a_bulletin_from_its_draft_to_the_answer(here: Office) -> None:
    await two_bodies(here)
    boss, head = await here.clerk(Role.SUPERVISOR), await here.clerk(Role.LEAD, body="water_company")
    month = f"{SEEN}/bulletin?month=2026-11"
    page = await boss.get(month)
    assert "还没有发出，数到" in page.text
    assert "发出以后数字就定了" not in page.text  # the month is not over
    early = await boss.send(f"{SEEN}/bulletin/issue", {"month": "2026-11"}, of=month)
    assert early.status == 409
    assert "11月还没有过完" in early.text
    assert "还没有发出" in (await head.get(month)).text
    assert "还没有发出过通报" in (await head.get(f"{SEEN}/bulletins")).text

    here.times.append(dt.datetime(2026, 12, 1, 9, tzinfo=CHINA))
    boss, second = await here.clerk(Role.SUPERVISOR), await here.clerk(Role.SUPERVISOR)  # their sessions are long over
    head, power = [await here.clerk(Role.LEAD, body=f"{one}_company") for one in ("water", "power")]
    unsure = await boss.send(f"{SEEN}/bulletin/issue", {"month": "2026-11"}, of=month)
    assert unsure.status == 409
    assert "先勾上" in unsure.text
    assert "还没有发出，数到" in (await boss.get(month)).text
    done = await boss.send(f"{SEEN}/bulletin/issue", {"month": "2026-11", "sure": "yes"}, of=month)
    assert (done.status, done.to) == (303, month)
    page = await boss.get(month)
    assert "数字不再改动" in page.text
    assert page.text.count('<th scope="row">') >= 2
    assert "2026年11月" in (await head.get(f"{SEEN}/bulletins")).text

    own = await head.get(month)
    assert "供电" not in own.text
    made = await head.post(
        f"{SEEN}/bulletin/objections",
        {"proof": own.proof, "month": "2026-11", "body": "power_company", "figure": "opened", "words": "<b>少一件</b>"},
    )
    assert (made.status, made.to) == (303, f"{month}#objections")
    page = await boss.get(month)
    assert "&lt;b&gt;少一件&lt;/b&gt;" in page.text
    assert "供水公司" in page.text
    assert "有1条异议还没有答复" in (await boss.get(f"{SEEN}/bulletins")).text
    assert "有1条异议还没有答复" not in (await power.get(f"{SEEN}/bulletins")).text
    empty = await boss.post(
        f"{SEEN}/bulletin/answers", {"proof": page.proof, "month": "2026-11", "number": "1", "words": " "}
    )
    assert empty.status == 409
    assert "请写明哪里不对" in empty.text
    answer = {"month": "2026-11", "number": "1", "words": "应为2项。", "corrects": "yes"}
    assert (await second.send(f"{SEEN}/bulletin/answers", answer, of=month)).status == 303
    again = await boss.send(f"{SEEN}/bulletin/answers", answer, of=month)
    assert "已经答复过" in again.text
    assert "更正说明：" in (await head.get(month)).text
    assert "还没有答复" not in (await boss.get(f"{SEEN}/bulletins")).text

    paper = await boss.send(f"{SEEN}/bulletin/file", {"month": "2026-11"}, of=month)
    text = "\n".join(one.text for one in Document(io.BytesIO(paper.body)).paragraphs)
    assert "应为2项。正文数字按发出时保留。" in text
    for odd in ("2026-13", "2027-01", "x", "2026-11-01"):
        assert (await boss.get(f"{SEEN}/bulletin?month={odd}")).status == 404


async def test_the_funnel_is_what_was_counted_last(here: Office) -> None:
    boss = await here.clerk(Role.SUPERVISOR)
    assert "还没有数过" in (await boss.get(f"{SEEN}/funnel")).text
    stops = (Stop(place="applicant_name", drafts=7, rest=3), Stop(place=REVIEW, drafts=1, rest=0))
    found = Funnel(county="jingxian", counted_at=NOW, days=30, begun=8, reviewed=1, stops=stops)
    await Funnels(here.database).put(found)
    page = await boss.get(f"{SEEN}/funnel")
    assert "1/8（13%）" in page.text  # 12.5 rounded as the bulletin rounds
    assert "最后核对、提交" in page.text
    assert "7</td>" in page.text


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.LEAD])
async def test_ratings_without_any(here: Office, role: Role) -> None:
    browser = await here.clerk(role)
    page = await browser.get(f"{SEEN}/ratings?month=2026-10")
    assert ("还没有评价" in page.text) == (role is Role.SUPERVISOR)
    assert ("不到5条" in page.text) == (role is Role.LEAD)


async def test_a_permit_that_nobody_decides_is_in_the_lights_of_its_body(here: Office) -> None:
    case = await applied(here)
    one = case.approvals[0]
    await here.do(case, AcceptApproval(approval=one.id), staff=OFFICER, role="steward")
    here.later(days=5)
    boss = await here.clerk(Role.SUPERVISOR, county="xinxiang")
    page = await boss.get(SEEN)
    link = "/console/supervision/late?light=late&amp;body=city_management&amp;step=permit&amp;permit=road"
    assert f'href="{link}">超时1</a>' in page.text
    listed = await boss.get(link.replace("&amp;", "&"))
    assert f'href="/console/cases/{case.id}">{case.number}</a>' in listed.text
    assert "占掘路许可" in listed.text
    assert "共1个期限" in listed.text
    assert "还没有决定批不批" in listed.text
    assert '<option value="road" selected>' in listed.text
    whole = await boss.get(f"{SEEN}/late?light=late&step=orders")
    assert "占掘路许可" not in whole.text  # what the total of the orders leads to
    log = (await boss.get(f"/console/cases/{case.id}")).text
    assert re.search(r"审批受理</th><td[^>]*>占掘路许可；11月[^<]*</td><td>用水报装</td>", log), log
    head = await here.clerk(Role.LEAD, county="xinxiang", body="city_management")
    assert "占掘路许可" in (await head.get(f"{SEEN}/late")).text
    assert "审批受理" in (await head.get(f"/console/cases/{case.id}")).text
    other = await here.clerk(Role.LEAD, county="xinxiang", body="gardens")
    for path in (SEEN, f"{SEEN}/late?light=all", link.replace("&amp;", "&")):
        assert case.number not in (await other.get(path)).text
        assert "占掘路许可" not in (await other.get(path)).text
    await here.do(case, ReturnApproval(approval=one.id, lacking="补图"), staff=OFFICER, role="steward")
    paused = await boss.get(f"{SEEN}/late?light=paused&step=permit")
    assert "退回补正，等补来" in paused.text
