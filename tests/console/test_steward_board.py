"""The steward board: whose tasks stand on it, and that a click is what a tap in the chat is, once."""

import re
from collections.abc import Mapping

import pytest

from model.case import Case
from model.commands.intake import Take
from model.commands.supplements import AskMore, Handed, HandIn
from model.event import Recorded
from model.events.contact import ApplicantContacted
from model.events.intake import OrderAssigned, TaskTaken
from model.events.relief import ReliefAsked
from model.login import Role
from model.values import StoredFile
from storage.case_papers import CasePapers
from storage.files import FileStore
from storage.looks import Looks
from tests.console.office import Browser, Office, Page

WATER, POWER = "jingxian-water_company", "jingxian-power_company"
HOSTILE = "\"><script>alert(1)</script>'{{ 7*7 }}"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


def of(case: Case) -> str:
    return f"/console/tasks/{case.orders[0].id}"


async def steward(here: Office, staff: str = WATER, *roles: Role) -> Browser:
    await here.login(staff, f"s.{len(here.browsers)}", *(roles or (Role.STEWARD,)))
    return await here.sign_in(f"s.{len(here.browsers)}")


async def click(browser: Browser, case: Case, act: str, page: Page | None = None, **more: str) -> Page:
    page = page or await browser.get(of(case))
    version = re.search(r'name="request" value="(\d+)"', page.text)
    assert version is not None
    form = {"proof": page.proof, "request": version[1], "about": case.orders[0].id, "act": act}
    return await browser.post(of(case), form | more)


async def fill(browser: Browser, case: Case, act: str, said: Mapping[str, str], page: Page | None = None) -> Page:
    path = f"{of(case)}/form"
    page = page or await browser.get(f"{path}?about={case.orders[0].id}&act={act}")
    version = re.search(r'name="request" value="(\d+)"', page.text)
    assert version is not None, page.text
    form = {"proof": page.proof, "request": version[1], "about": case.orders[0].id, "act": act}
    return await browser.post(path, form | dict(said))


async def events(here: Office, case: Case, kind: type) -> list[Recorded]:
    return [one for one in await here.core.events(case.id) if isinstance(one.event, kind)]


async def test_mine_and_nobody_elses(here: Office) -> None:
    water = await here.case(key="1")
    power = await here.case(key="2", 办理业务="电")
    browser = await steward(here)
    page = await browser.get("/console/tasks")
    assert water.number in page.text
    assert power.number not in page.text
    assert "示范路" in page.text
    assert "李示例" not in page.text
    assert "13800000001" not in page.text
    assert (await browser.get(of(power))).status == 404
    assert (await browser.get(f"{of(power)}/papers?place=1")).status == 404
    hidden = await browser.get("/console/tasks?of=all&service=power")
    assert water.number not in hidden.text


async def test_one_click_is_one_command(here: Office) -> None:
    case = await here.case()
    browser = await steward(here)
    before = await browser.get(of(case))
    sent = await click(browser, case, "take", before)
    assert sent.status == 303
    assert "已记录“接单”" in (await browser.get(sent.to)).text
    again = await click(browser, case, "take", before)
    assert again.to == sent.to
    assert len(await events(here, case, TaskTaken)) == 1
    # A colleague's key tells nobody else anything.
    lead = await here.clerk(Role.LEAD, body="water_company")
    assert "已记录" not in (await lead.get(f"/console/tasks?{sent.to.partition('?')[2]}")).text


async def test_what_is_not_offered_any_more_is_told(here: Office) -> None:
    case = await here.case()
    browser = await steward(here)
    old = await browser.get(of(case))
    await here.do(case, Take(order=case.orders[0].id), staff=WATER, role="steward")
    page = await click(browser, case, "take", old)
    assert page.status == 409
    assert "已经不用办了" in page.text
    form = await fill(browser, case, "take", {"outline": "x"}, old)
    assert form.status == 409
    assert (await browser.get(f"{of(case)}/form?about={case.orders[0].id}&act=opinion")).status == 303


async def test_a_form_is_read_and_refused_as_in_the_chat(here: Office) -> None:
    case = await here.case()
    browser = await steward(here)
    await click(browser, case, "take")
    page = await fill(browser, case, "contact", {})
    assert page.status == 400
    assert "这一项要填了才能往下办" in page.text
    assert 'aria-invalid="true"' in page.text
    old = await browser.get(f"{of(case)}/form?about={case.orders[0].id}&act=contact")
    sent = await fill(browser, case, "contact", {"outline": HOSTILE}, old)
    assert sent.status == 303
    assert (await fill(browser, case, "contact", {"outline": HOSTILE}, old)).to == sent.to
    assert (await fill(browser, case, "contact", {"outline": "别的"}, old)).status == 409
    assert len(await events(here, case, ApplicantContacted)) == 1
    for path in (sent.to, "/console/tasks", f"/console/cases/{case.id}"):
        text = (await browser.get(path)).text
        assert "<script>alert" not in text
        assert "49" not in re.findall(r"1\)[^<]{0,40}", text)
    late = await fill(browser, case, "propose_survey", {"survey_at": "2026-11-20", "survey_at.time": "09:30"})
    assert late.status in {400, 409}
    assert "没有办成" in late.text or "已经过去" in late.text or "以后" in late.text


async def test_hostile_words_come_back_as_words(here: Office) -> None:
    case = await here.case(key="3", 使用地址=f"泾川镇示范路{HOSTILE}")
    browser = await steward(here)
    for path in ("/console/tasks", of(case), "/console/calendar"):
        assert "<script>alert" not in (await browser.get(path)).text
    whole = await browser.sent(f"{of(case)}/look", of=of(case))
    assert "<script>alert" not in whole.text
    page = await browser.send(f"{of(case)}/relief", {"reason": HOSTILE, "request": HOSTILE}, of=of(case))
    assert "<script>alert" not in page.text


async def test_who_looks_is_written_down(here: Office) -> None:
    case = await here.case()
    browser = await steward(here)
    assert "李示例" not in (await browser.get(of(case))).text
    whole = await browser.sent(f"{of(case)}/look", of=of(case))
    assert "李示例" in whole.text
    assert "13800000001" in whole.text
    (look,) = await Looks(here.database).of_case("jingxian", case.number)
    assert (look.staff, look.order, look.what, look.way) == (WATER, case.orders[0].id, "case", "console")


async def test_relief_is_asked_and_the_lead_gives_it_to_a_colleague(here: Office) -> None:
    await here.hire("jingxian", "water_company", "同事", duty="steward")
    await here.staffing.issue_code("jingxian-同事", "code", here.now.replace(year=2027))
    await here.core.redeem("code", "jingxian", "person-同事", here.now)
    case = await here.case()
    case = await here.core.case(case.id) or case
    owner = case.orders[0].steward or ""
    browser = await steward(here, owner)
    lead = await here.clerk(Role.LEAD, body="water_company")
    assert (await browser.send(f"{of(case)}/relief", {"request": "1"}, of=of(case))).status == 400
    sent = await browser.send(f"{of(case)}/relief", {"reason": "手上的件太多", "request": "1"}, of=of(case))
    assert sent.status == 303, sent.text
    assert len(await events(here, case, ReliefAsked)) == 1
    page = await lead.get(of(case))
    assert "转派" in page.text
    other = "jingxian-同事" if owner == WATER else WATER
    assert (await lead.post(f"{of(case)}/reassign", {"proof": page.proof, "to": POWER, "request": "2"})).status == 400
    done = await lead.post(f"{of(case)}/reassign", {"proof": page.proof, "to": other, "request": "2"})
    assert done.status == 303, done.text
    assert (await here.core.case(case.id)).orders[0].steward == other  # type: ignore[union-attr]
    assert len(await events(here, case, OrderAssigned)) == 1
    # It is his no more.
    assert (await browser.get(of(case))).status == 404
    assert (await browser.post(f"{of(case)}/reassign", {"proof": (await browser.get("/console/")).proof})).status == 404


async def test_a_lead_sees_all_of_his_body_and_acts_on_none_of_it(here: Office) -> None:
    case = await here.case()
    lead = await here.clerk(Role.LEAD, body="water_company")
    page = await lead.get("/console/tasks")
    assert case.number in page.text
    assert case.number not in (await lead.get("/console/tasks?of=mine")).text
    proof = (await lead.get(of(case))).proof
    tried = await lead.post(of(case), {"proof": proof, "request": "1", "about": case.orders[0].id, "act": "take"})
    assert tried.status == 409
    assert await events(here, case, TaskTaken) == []
    other = await here.clerk(Role.LEAD, body="power_company")
    assert case.number not in (await other.get("/console/tasks")).text


async def test_nobody_speaks_for_a_colleague(here: Office) -> None:
    """Who is signed in as one steward cannot be another: the core looks at both."""
    case = await here.case()
    await here.hire("jingxian", "water_company", "别人", duty="steward")
    await here.login("jingxian-别人", "other.one", Role.STEWARD)
    browser = await here.sign_in("other.one")
    assert (await browser.get(of(case))).status == 404
    proof = (await browser.get("/console/")).proof
    for path in ("", "/form", "/look", "/relief", "/move"):
        assert (await browser.post(of(case) + path, {"proof": proof, "act": "take"})).status == 404, path


async def handed_in(here: Office, data: bytes, kind: str) -> Case:
    """A case with a paper that came later."""
    case = await here.case()
    order = case.orders[0].id
    await here.do(case, Take(order=order), staff=WATER, role="steward")
    case = await here.do(case, AskMore(order=order, words=("施工图",)), staff=WATER, role="steward")
    place = await CasePapers(here.database, here.vault).place(case.id)
    assert place is not None
    files = FileStore(here.folder / "files", here.vault)
    stored = StoredFile(digest=await files.put(place.key, place.record, data), media_type=kind, size=len(data))
    paper = next(one for one in case.supplements if one.words == "施工图")
    return await here.do(case, HandIn(handed=(Handed(supplement=paper.id, files=(stored,)),)))


async def test_a_paper_is_shown_and_written_down(here: Office) -> None:
    case = await handed_in(here, PNG, "image/png")
    browser = await steward(here)
    assert "施工图" in (await browser.get(of(case))).text
    paper = await browser.get(f"{of(case)}/papers?place=1")
    assert paper.body == PNG
    assert paper.headers["Content-Type"] == "image/png"
    assert paper.headers["Content-Disposition"].startswith("inline; filename=")
    assert "sandbox" in paper.headers["Content-Security-Policy"]
    assert paper.headers["X-Content-Type-Options"] == "nosniff"
    looked = [one for one in await Looks(here.database).of_case("jingxian", case.number) if one.what == "paper"]
    assert [(one.staff, one.place, one.way) for one in looked] == [(WATER, 1, "console")]
    for wrong in ("0", "2", "-1", "a", "９", "1/../2"):
        assert (await browser.get(f"{of(case)}/papers?place={wrong}")).status == 404, wrong
    other = await steward(here, POWER)
    assert (await other.get(f"{of(case)}/papers?place=1")).status == 404


@pytest.mark.parametrize(
    ("data", "kind", "served"),
    [
        (b"<script>alert(1)</script>", "image/png", "application/octet-stream"),
        (b"GIF89a/*<script>alert(1)</script>*/", "text/html", "image/gif"),
        (b"%PDF-1.7\n<script>alert(1)</script>", "image/jpeg", "application/pdf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "image/svg+xml", "application/octet-stream"),
    ],
)
async def test_a_paper_is_what_its_first_bytes_say(here: Office, data: bytes, kind: str, served: str) -> None:
    case = await handed_in(here, data, kind)
    browser = await steward(here)
    paper = await browser.get(f"{of(case)}/papers?place=1")
    assert paper.headers["Content-Type"] == served
    way = "inline" if served == "image/gif" else "attachment"
    assert paper.headers["Content-Disposition"].startswith(f"{way};")
    assert "default-src 'none'" in paper.headers["Content-Security-Policy"]


async def test_what_is_done_at_the_console_says_so(here: Office) -> None:
    case = await here.case()
    browser = await steward(here)
    await click(browser, case, "take")
    (told,) = await events(here, case, TaskTaken)
    assert (told.actor.person, told.actor.staff) == (f"console:{WATER}", WATER)


async def test_the_rest_of_a_form_is_filled_in(here: Office) -> None:
    """补填: what a telephone call left open, as far as it is his."""
    case = await here.case()
    browser = await steward(here)
    await click(browser, case, "take")
    said = {"business_nature": "住宅", "water_demand": "1"}
    wrong = await fill(browser, case, "fill_form", said | {"water_demand": "很多很多"})
    assert wrong.status == 400
    sent = await fill(browser, case, "fill_form", said)
    assert sent.status == 303, sent.text
    known = await here.core.case(case.id)
    assert known is not None
    assert known.telephone is not None
    assert {"business_nature", "water_demand"} <= set(known.telephone.answers)
