"""代填: what a caller says becomes a case; nothing is kept without his consent, nothing is lost with a browser, nothing is done twice."""

import datetime as dt
import re
from html import unescape

import pytest

from handlers.hotline.intaking import Intaking
from model.case import Case
from model.intake import Intake
from model.login import Role
from storage.finding import Finding
from storage.intakes import Intakes
from storage.looks import Looks
from tests.console.office import Browser, Office, Page

BASICS = ("水", "泾川镇示范路8号3栋201", "王示例", "13900000001")
EVIL = "<img src=x onerror=alert(1)>\"'&{{7*7}}"


async def begun(browser: Browser, by: str = "telephone") -> str:
    page = await browser.send("/console/intake/", {"by": by})
    assert page.status == 303
    return page.to


async def said(browser: Browser, at: str, *words: str) -> Page:
    page = Page(0, {}, "")
    for one in words:
        page = await browser.send(f"{at}/say", {"text": one}, of=at)
        assert page.status == 200, page.text
    return page


async def told(browser: Browser, at: str) -> Page:
    """All that suffices, after the notice."""
    await browser.send(f"{at}/notice", of=at)
    return await said(browser, at, *BASICS)


def intakes(here: Office) -> Intakes:
    return Intakes(here.database, here.vault)


async def kept(here: Office, at: str, county: str = "jingxian") -> Intake:
    one = await intakes(here).one(county, at.rpartition("/")[2])
    assert one is not None
    return one


async def case_of(here: Office, at: str) -> Case:
    case = await here.core.case((await kept(here, at)).case or "")
    assert case is not None
    return case


async def test_nothing_personal_is_kept_before_the_notice_and_all_of_it_after(here: Office) -> None:
    browser = await here.clerk(Role.HOTLINE)
    at = await begun(browser)
    page = await said(browser, at, "水，叫王示例，电话13900000001，泾川镇示范路8号3栋201")
    table = page.text[page.text.index('id="understood"') : page.text.index('class="legend"')]
    assert "水" in table
    assert "13900000001" not in table
    refused = await browser.send(f"{at}/register", of=at)
    assert refused.status == 422
    assert "先把个人信息告知念给他听" in refused.text
    page = await browser.send(f"{at}/notice", of=at)
    assert "13900000001" in page.text
    one = await kept(here, at)
    assert one.notice is not None
    assert (one.notice.by, one.notice.version) == (one.clerk, here.counties["jingxian"].form.notice.version)  # type: ignore[union-attr]
    assert one.notice.at == here.now


async def test_a_case_with_who_typed_and_who_confirmed(here: Office) -> None:
    browser = await here.clerk(Role.HOTLINE)
    at = await begun(browser)
    page = await told(browser, at)
    assert "基本信息够了" in page.text
    assert "139 0000 0001" in page.text  # as it is said aloud
    assert "对吗" in page.text
    await browser.send(f"{at}/read-back", of=at)
    assert (await browser.send(f"{at}/register", of=at)).to == at
    case = await case_of(here, at)
    assert case.number in (await browser.get(at)).text
    submission = await here.core.submission(case.id)
    assert submission is not None
    assert submission.channel == "telephone"
    clerk = (await kept(here, at)).clerk
    assert {(one.by, one.role, one.confirmed) for one in submission.answers.values()} == {(clerk, "staff", True)}
    assert submission.agreements["notice"].agreed
    read = (await kept(here, at)).read_back
    assert read is not None
    assert read.by == clerk


async def test_what_was_not_read_back_is_not_confirmed(here: Office) -> None:
    browser = await here.clerk(Role.HOTLINE)
    at = await begun(browser)
    await told(browser, at)
    await browser.send(f"{at}/read-back", of=at)
    await said(browser, at, "电话改成13900000002")  # said after it
    page = await browser.get(at)
    assert "念过了，他说对" in page.text
    await browser.send(f"{at}/register", of=at)
    case = await case_of(here, at)
    assert case.telephone is not None
    assert "phone" in case.telephone.unconfirmed


async def test_registered_once_however_often(here: Office) -> None:
    browser = await here.clerk(Role.HOTLINE)
    at = await begun(browser)
    proof = (await told(browser, at)).proof
    sent = [await browser.post(f"{at}/register", {"proof": proof}) for _ in range(3)]
    assert {one.to for one in sent} == {at}
    case = await case_of(here, at)
    assert await Finding(here.database, here.vault).find("jingxian", phone="13900000001") == (case.id,)
    gone = await browser.post(f"{at}/say", {"proof": proof, "text": "13900000009"})
    assert "登记好了" in gone.text


async def test_who_died_after_the_core_had_it_finds_the_case(here: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = await here.clerk(Role.HOTLINE)
    at = await begun(browser)
    await told(browser, at)

    async def dies(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr(Intakes, "ended", dies)
        assert (await browser.send(f"{at}/register", of=at)).status == 503
    assert (await kept(here, at)).case is None
    proof = (await browser.get("/console/intake/")).proof
    here.later(minutes=3)
    assert (await browser.post(f"{at}/register", {"proof": proof})).to == at
    assert len(await Finding(here.database, here.vault).find("jingxian", phone="13900000001")) == 1


async def test_a_lost_browser_finds_it_again(here: Office) -> None:
    one = await here.hire("jingxian", "water_company", "甲")
    await here.login(one.id, "jia", Role.HOTLINE)
    at = await begun(first := await here.sign_in("jia"))
    await told(first, at)
    other = await here.sign_in("jia")
    listed = await other.get("/console/intake/")
    assert at in listed.text
    assert "王示例" in listed.text
    assert "可以登记" in listed.text
    assert "13900000001" in (await other.get(at)).text
    colleague = await here.clerk(Role.HOTLINE)
    assert at not in (await colleague.get("/console/intake/")).text


async def test_what_nobody_goes_on_with_is_over(here: Office) -> None:
    one = await here.hire("jingxian", "water_company", "甲")
    await here.login(one.id, "jia", Role.HOTLINE)
    at = await begun(browser := await here.sign_in("jia"))
    await told(browser, at)
    here.later(days=here.counties["jingxian"].retention.drafts + 1)
    browser = await here.sign_in("jia")
    assert at not in (await browser.get("/console/intake/")).text
    assert "放得太久" in (await browser.get(at)).text
    assert (await kept(here, at)).state == "expired"


async def test_thrown_away_is_gone(here: Office) -> None:
    browser = await here.clerk(Role.HOTLINE)
    at = await begun(browser)
    await told(browser, at)
    assert (await browser.send(f"{at}/drop", of=at)).to == "/console/intake/"
    page = await browser.get(at)
    assert "已经作废" in page.text
    assert "王示例" not in page.text
    assert not [key async for key in here.port.scan("*intake-jingxian*")]


@pytest.mark.parametrize("word", ["人工", "取消", "提交", "进度", "重来"])
async def test_an_applicants_orders_are_none_of_a_clerks(here: Office, word: str) -> None:
    browser = await here.clerk(Role.HOTLINE)
    at = await begun(browser)
    await told(browser, at)
    page = await browser.send(f"{at}/say", {"text": word}, of=at)
    assert "王示例" in page.text
    assert (await kept(here, at)).state == "open"
    assert "没有记" in page.text or page.text.count('class="problem"') == 0


async def test_he_does_not_agree(here: Office) -> None:
    browser = await here.clerk(Role.HOTLINE)
    at = await begun(browser)
    await said(browser, at, "我叫王示例")
    page = await browser.send(f"{at}/say", {"text": "不同意"}, of=at)
    assert (await kept(here, at)).notice is None
    assert "就什么都不能记" in page.text


async def test_a_question_that_the_guide_knows_and_one_that_it_does_not(here: Office) -> None:
    browser = await here.clerk(Role.HOTLINE)
    at = await begun(browser)
    await told(browser, at)
    assert re.search(r'class="told">[^<]*元|class="told">', (await said(browser, at, "要多少钱")).text)
    assert "记成首问" in (await said(browser, at, "可不可以分年付")).text
    # Beside a question that only wants a yes or no the engine says that it did not understand.
    other = await here.clerk(Role.HOTLINE, county="xinxiang")
    at = await begun(other)
    page = await said(other, at, "同意", "水", "王示例", "13900000001", "小冀镇示范路18号", "路灯坏了归谁管")
    assert "记成首问" in page.text


async def test_alike_ones_are_shown_at_once(here: Office) -> None:
    case = await here.case(key="9", 使用地址="泾川镇示范路8号3栋201")
    browser = await here.clerk(Role.HOTLINE)
    other = await begun(browser)
    await told(browser, other)
    at = await begun(browser)
    page = await told(browser, at)
    assert "可能已经报过" in page.text
    assert f"/console/desk/{case.id}" in page.text
    assert "同地址" in page.text
    assert other in page.text
    alike = page.text[page.text.index('id="alike"') : page.text.index('id="whole"')]
    assert "李示例" not in alike  # he has not shown yet that it is his
    assert case.number not in alike
    far = await here.clerk(Role.HOTLINE, county="xinxiang")
    elsewhere = await begun(far)
    await far.send(f"{elsewhere}/notice", of=elsewhere)
    page = await said(far, elsewhere, "水", "电话13900000001", "泾川镇示范路8号3栋201")
    assert "可能已经报过" not in page.text  # of another county


async def test_the_form_itself_beside_the_line(here: Office) -> None:
    browser = await here.clerk(Role.HOTLINE)
    at = await begun(browser)
    page = await browser.send(f"{at}/form", {"phone": "13900000001"}, of=at)
    assert "先把告知念给他" in page.text
    await told(browser, at)
    page = await browser.get(at)
    seen = re.search(r'name="seen.phone" value="([^"]*)"', page.text)
    assert seen is not None
    form = {"proof": page.proof, "seen.phone": unescape(seen[1]), "phone": "12345"}
    wrong = await browser.post(f"{at}/form", form)
    assert wrong.status == 422
    assert 'value="12345"' in wrong.text
    right = await browser.post(f"{at}/form", form | {"phone": "13900000003"})
    assert right.status == 200
    assert "13900000003" in right.text
    # Somebody else has changed it meanwhile: both are shown.
    both = await browser.post(f"{at}/form", form | {"phone": "13900000004"})
    assert both.status == 422
    assert "13900000003" in both.text
    assert "13900000004" in both.text


async def test_a_visitor_is_accepted_on_the_spot(here: Office) -> None:
    browser = await here.clerk(Role.WINDOW)
    at = await begun(browser, "window")
    page = await told(browser, at)
    assert "还差" in page.text
    examples = {one.ask: one.example for one in here.counties["jingxian"].form.fields.values()}
    for _ in range(30):  # whatever the form asks
        page = await browser.get(at)
        if "还差：" not in page.text:
            break
        choice = re.search(r'name="choice" value="(f:[^"]+)"', page.text)
        asked = re.search(r'class="aloud">([^<]+)<', page.text)
        assert asked is not None
        answer = {"choice": unescape(choice[1])} if choice else {"text": examples.get(unescape(asked[1]), "同意")}
        await browser.send(f"{at}/say", answer, of=at)
    assert "还差：" not in page.text, page.text
    refused = await browser.send(f"{at}/register", {"papers": "1"}, of=at)
    assert "当面承诺" in refused.text
    assert refused.status == 422
    await browser.send(f"{at}/read-back", of=at)
    assert (await browser.send(f"{at}/register", {"papers": "1", "declared": "1"}, of=at)).status == 303
    case = await case_of(here, at)
    assert case.telephone is None  # nothing of its form is open
    submission = await here.core.submission(case.id)
    assert submission is not None
    assert submission.channel == "window"
    assert any(one.value is not None and one.value.shape == "declared" for one in submission.answers.values())


async def test_the_hotline_takes_no_visitors(here: Office) -> None:
    browser = await here.clerk(Role.HOTLINE)
    assert (await kept(here, await begun(browser, "window"))).by == "telephone"


async def test_nothing_that_is_said_is_read_as_a_page(here: Office) -> None:
    browser = await here.clerk(Role.HOTLINE)
    at = await begun(browser)
    await told(browser, at)
    await browser.send(f"{at}/say", {"choice": EVIL, "text": EVIL}, of=at)
    await browser.send(f"{at}/say", {"preview": EVIL, "text": EVIL}, of=at)
    await browser.send(f"{at}/say", {"text": f"联系人叫{EVIL}"}, of=at)
    await browser.send(f"{at}/form", {"consent": EVIL}, of=at)
    page = await browser.get(at)
    fields = set(re.findall(r'name="seen\.([^"]+)"', page.text))
    assert fields
    tokens = dict(re.findall(r'name="(seen\.[^"]+)" value="([^"]*)"', page.text))
    form = {"proof": page.proof} | tokens | dict.fromkeys(fields, EVIL)
    for answer in (
        await browser.post(f"{at}/form", form),
        await browser.get(at),
        await browser.get("/console/intake/"),
    ):
        assert "<img" not in answer.text
        assert "49" not in re.findall(r"alert\(1\)[^<]{0,20}", answer.text)


async def test_what_is_too_much_or_nothing(here: Office) -> None:
    browser = await here.clerk(Role.HOTLINE)
    at = await begun(browser)
    page = await browser.send(f"{at}/say", {"text": "   "}, of=at)
    assert "还没有打字" in page.text
    page = await browser.send(f"{at}/say", {"text": "长" * 2001}, of=at)
    assert "太长了" in page.text
    page = await browser.send(f"{at}/say", {"choice": "m:new", "text": "x"}, of=at)
    assert "没有在问" in page.text


async def test_who_opens_it_is_written_down(here: Office) -> None:
    browser = await here.clerk(Role.HOTLINE)
    at = await begun(browser)
    await browser.get(at)
    await browser.get(at)
    clerk = (await kept(here, at)).clerk
    seen = await Looks(here.database).by(clerk, here.now - dt.timedelta(hours=1))
    assert [(one.what, one.paper) for one in seen] == [("intake", at.rpartition("/")[2])]


def test_an_id_is_nothing_that_can_be_guessed() -> None:
    made = Intaking(*[None] * 5)  # type: ignore[arg-type]
    assert len({made._draw() for _ in range(100)}) == 100
    assert len(made._draw()) == 16
