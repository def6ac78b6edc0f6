"""接听: nothing of a case is told before its caller has shown that it is his; then what he asks for is done, once."""

import datetime as dt
import re

import pytest
from sqlalchemy import select

from handlers.window_acts import window_command
from model.case import Case
from model.commands.contact import ChangeContact
from model.handover import TRIES
from model.login import Role
from storage.caller_checks import CallerChecks
from storage.looks import Looks
from storage.schema import caller_checks
from tests.console.office import Browser, Office, Page

NAME, PHONE, ROAD = "李示例", "13800000005", "泾川镇示范路5号"
EVIL = "<script>alert(1)</script>\"'"


async def found(browser: Browser, words: str) -> Page:
    return await browser.send("/console/desk/", {"words": words})


async def shown(browser: Browser, case: Case) -> str:
    """The page of this case, whose caller has told its number."""
    at = f"/console/desk/{case.id}"
    page = await browser.send(f"{at}/check", {"how": "number", "said": case.number, "key": "k"}, of=at)
    assert page.status == 303, page.text
    return at


@pytest.mark.parametrize("words", [PHONE, "138 0000 0005", NAME, "示范路5号", "泾县泾川镇示范路5号", "示范路"])
async def test_found_by_what_a_caller_says_and_masked(here: Office, words: str) -> None:
    case = await here.case(key="5")
    browser = await here.clerk(Role.HOTLINE)
    page = await found(browser, words)
    assert "找到1件" in page.text
    assert f"/console/desk/{case.id}" in page.text
    table = page.text[page.text.index("<tbody>") :]
    for secret in (NAME, PHONE, PHONE[-4:], ROAD, case.number):
        assert secret not in table
    assert "李**" in table
    assert "138********" in table
    page = await browser.get(f"/console/desk/{case.id}")
    assert not any(secret in page.text for secret in (NAME, PHONE, ROAD, case.number))


@pytest.mark.parametrize("words", ["13911111111", "赵示例", "示范路77号", "(JXLB)000099", "DH20261128001", "　", EVIL])
async def test_nothing_is_found(here: Office, words: str) -> None:
    await here.case(key="5")
    browser = await here.clerk(Role.WINDOW)
    page = await found(browser, words)
    assert page.status == 200
    assert "<tbody>" not in page.text
    assert "<script>alert" not in page.text


async def test_whoever_tells_its_number_has_shown_it(here: Office) -> None:
    case = await here.case(key="5")
    browser = await here.clerk(Role.HOTLINE)
    page = await found(browser, case.number.lower().replace("(", "（").replace(")", "）"))
    said = re.search(r'name="said" value="([^"]+)"', page.text)
    assert said is not None
    at = f"/console/desk/{case.id}"
    form = {"proof": page.proof, "how": "number", "said": said[1], "key": "1"}
    assert (await browser.post(f"{at}/check", form)).to == at
    assert NAME in (await browser.get(at)).text


async def test_wrong_three_times_and_nobody_is_told_that_day(here: Office) -> None:
    case = await here.case(key="5")
    at = f"/console/desk/{case.id}"
    browser, other = await here.clerk(Role.HOTLINE), await here.clerk(Role.HOTLINE)
    for number, wanted in enumerate(("还可以试2次", "还可以试1次", "今天错了三次")):
        said = {"how": "number", "said": f"(JXLB)00000{number + 2}", "key": str(number)}
        page = await browser.send(f"{at}/check", said, of=at)
        assert wanted in page.text
        again = await browser.send(f"{at}/check", said, of=at)  # sent twice by mistake: one try
        assert wanted in again.text
    for one in (browser, other):
        page = await one.send(f"{at}/check", {"how": "number", "said": case.number, "key": "9"}, of=at)
        assert "今天错了三次" in page.text
        assert NAME not in page.text
    here.later(hours=25)
    fresh = await here.clerk(Role.HOTLINE)
    await shown(fresh, case)
    async with here.database.reading() as connection:
        rows = (await connection.execute(select(caller_checks.c.right, caller_checks.c.how))).all()
    assert sorted(rows) == [(False, "number")] * 3 + [(True, "number")]


@pytest.mark.parametrize("said", ["", "000001", "JXLB", "1", "(JXLB)"])
async def test_half_a_number_shows_nothing(here: Office, said: str) -> None:
    case = await here.case(key="5")
    at = f"/console/desk/{case.id}"
    browser = await here.clerk(Role.HOTLINE)
    page = await browser.send(f"{at}/check", {"how": "number", "said": said, "key": "1"}, of=at)
    if said == "000001":  # all the digits there are
        assert page.status == 303
    else:
        assert page.status == 422
        assert NAME not in page.text


async def test_who_has_no_identity_number_on_the_form_cannot_show_it_by_one(here: Office) -> None:
    case = await here.case(key="5")
    at = f"/console/desk/{case.id}"
    browser = await here.clerk(Role.HOTLINE)
    page = await browser.send(f"{at}/check", {"how": "identity", "said": "1234", "key": "1"}, of=at)
    assert "没有登记身份证号码" in page.text


async def test_it_is_shown_to_one_clerk_and_for_one_call(here: Office) -> None:
    case = await here.case(key="5")
    browser, other = await here.clerk(Role.HOTLINE), await here.clerk(Role.HOTLINE)
    at = await shown(browser, case)
    assert NAME in (await browser.get(at)).text
    assert NAME not in (await other.get(at)).text
    proof = (await other.get(at)).proof
    for act in ("act", "ticket", "handover"):
        assert (await other.post(f"{at}/{act}", {"proof": proof, "act": "urge", "number": "DH123456"})).status == 403
    here.later(minutes=29)
    assert NAME in (await browser.get(at)).text
    here.later(minutes=2)
    assert NAME not in (await browser.get(at)).text


async def test_the_whole_record_is_the_hotlines_for_one_call(here: Office) -> None:
    case = await here.case(key="5")
    whole = (f"/console/cases/{case.id}", f"/console/cases/{case.id}/paper/application.pdf")
    hotline, other = await here.clerk(Role.HOTLINE), await here.clerk(Role.HOTLINE)
    window, both = await here.clerk(Role.WINDOW), await here.clerk(Role.HOTLINE, Role.SUPERVISOR)
    for path in whole:
        page = await hotline.get(path)
        assert (page.status, f'href="/console/desk/{case.id}"' in page.text) == (403, True)
        assert [(await one.get(path)).status for one in (window, both)] == [200, 200]
    assert (await hotline.post(whole[0], {"proof": (await hotline.get("/console/desk/")).proof})).status == 403
    await shown(hotline, case)
    for path in whole:
        assert ((await hotline.get(path)).status, (await other.get(path)).status) == (200, 403)
    here.later(minutes=29)
    assert (await hotline.get(whole[0])).status == 200
    here.later(minutes=2)
    assert (await hotline.get(whole[0])).status == 403


async def test_whoever_was_wrong_too_often_is_called_back(here: Office) -> None:
    case = await here.case(key="5")
    at = f"/console/desk/{case.id}"
    browser = await here.clerk(Role.HOTLINE, name="jia")
    for number in range(3):
        await browser.send(f"{at}/check", {"how": "number", "said": "(JXLB)009999", "key": str(number)}, of=at)
    page = await browser.get(at)
    assert 'name="said"' not in page.text
    assert PHONE not in page.text
    page = await browser.send(f"{at}/call", of=at)
    assert PHONE in page.text
    assert NAME not in page.text
    looks = await Looks(here.database).of_case("jingxian", case.number)
    assert [(one.what, one.staff) for one in looks] == [("call", "jingxian-jia")]
    assert (await browser.send(f"{at}/check", {"how": "called", "key": "back"}, of=at)).to == at
    assert NAME in (await browser.get(at)).text
    async with here.database.reading() as connection:
        rows = (await connection.execute(select(caller_checks.c.right, caller_checks.c.how))).all()
    assert (True, "called") in rows


async def test_what_is_told_and_who_has_looked(here: Office) -> None:
    case = await here.case(key="5")
    browser = await here.clerk(Role.HOTLINE, name="jia")
    await found(browser, PHONE)
    page = await browser.get(await shown(browser, case))
    for words in ("已转给供水公司", "17:30前", "管家供水公司", "您好，您反映的用水业务", PHONE):
        assert words in page.text, words
    seen = await Looks(here.database).by("jingxian-jia", here.now - dt.timedelta(hours=1))
    assert [(one.what, one.paper, one.case) for one in seen] == [("search", "phone", None), ("case", "", case.id)]


async def test_urged_in_one_key_and_once(here: Office) -> None:
    case = await here.case(key="5")
    browser = await here.clerk(Role.HOTLINE, name="jia")
    at = await shown(browser, case)
    page = await browser.get(at)
    form = {"proof": page.proof, "act": "urge", "version": str(case.version)}
    assert "已办：催办" in (await browser.get((await browser.post(f"{at}/act", form)).to)).text
    assert "刚才有了变化" in (await browser.post(f"{at}/act", form)).text
    urged = [one for one in await here.core.events(case.id) if one.event.event == "urged"]
    assert [one.actor.staff for one in urged] == ["jingxian-jia"]


@pytest.mark.parametrize(
    ("act", "said", "told"),
    [
        ("phone", {"words": "139 0000 0002"}, "已办：申请人换电话"),
        ("phone", {"words": "12345"}, "看不出是哪个电话"),
        ("phone", {"words": EVIL}, "看不出是哪个电话"),
        ("withdraw", {"names": "用水业务", "words": "不办了"}, "已办：撤回"),
        ("withdraw", {"names": EVIL}, "没有这项业务"),
        ("fill", {"names": "业务性质=商用\n"}, "刚才有了变化"),
        ("agree", {}, "没有时间在等申请人答复"),
        ("original", {"names": EVIL}, "没有在等这份原件"),
        ("terminate", {}, "刚才有了变化"),
        ("add", {"names": "电"}, "刚才有了变化"),
        ("", {}, "刚才有了变化"),
    ],
)  # fmt: skip
async def test_what_a_caller_wants(here: Office, act: str, said: dict[str, str], told: str) -> None:
    case = await here.case(key="5")
    browser = await here.clerk(Role.WINDOW)
    at = await shown(browser, case)
    page = await browser.sent(f"{at}/act", {"act": act, "version": str(case.version)} | said, of=at)
    assert told in page.text
    assert "<script>alert" not in page.text


async def test_something_else_after_a_refusal_is_something_else(here: Office) -> None:
    """Nothing happens to the case by a refusal, which is kept under the id of what was refused."""
    case = await here.case(key="5")
    first, second = (window_command(case, ChangeContact(phone=one), "jia") for one in ("13900000001", "13900000002"))
    assert first == window_command(case, ChangeContact(phone="13900000001"), "jia")
    assert len({first.id, second.id, window_command(case, ChangeContact(phone="13900000001"), "yi").id}) == 3


async def test_a_number_of_12345(here: Office) -> None:
    case, other = await here.case(key="5"), await here.case(key="6")
    browser = await here.clerk(Role.HOTLINE)
    at = await shown(browser, case)
    for said, told in (("短", "6到40位"), (EVIL, "6到40位"), ("", "6到40位")):
        page = await browser.send(f"{at}/ticket", {"number": said}, of=at)
        assert told in page.text
        assert "<script>alert" not in page.text
    for _ in range(2):
        assert (await browser.send(f"{at}/ticket", {"number": " ＤＨ2026 1128 001234 "}, of=at)).to == at
    assert (await browser.get(at)).text.count("<li>DH20261128001234") == 1
    assert f"/console/desk/{case.id}" in (await found(browser, "DH20261128001234")).text
    elsewhere = await shown(browser, other)
    page = await browser.send(f"{elsewhere}/ticket", {"number": "DH20261128001234"}, of=elsewhere)
    assert "已经记在别的办件上" in page.text


async def test_handed_over_by_a_code_that_is_shown_once(here: Office) -> None:
    case = await here.case(key="5")
    browser = await here.clerk(Role.HOTLINE)
    at = await shown(browser, case)
    page = await browser.send(f"{at}/handover", of=at)
    code = re.search(r'class="number">(\d{3} \d{3} \d{3})<', page.text)
    assert code is not None
    assert 'src="data:image/svg+xml' in page.text
    assert "138开头" in page.text
    assert "0005" not in page.text.replace(code[1], "")  # what he is to say himself
    assert TRIES == 3  # as the page says
    assert "3次不对" in page.text
    assert code[1] not in (await browser.get(at)).text


async def test_whoever_registered_it_goes_on_with_it_without_asking(here: Office) -> None:
    case = await here.case(key="5")
    checks = CallerChecks(here.database)
    browser = await here.clerk(Role.HOTLINE, name="jia")
    await checks.note("k", case.county, case.id, "jingxian-jia", "intake", here.now, right=True)
    assert NAME in (await browser.get(f"/console/desk/{case.id}")).text
