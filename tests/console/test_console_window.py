"""The window's desk: what waits for it, and every act of it as a form that does it once."""

import re

import pytest

from handlers.window_acts import ACTS
from handlers.window_desk import Desk
from handlers.window_forms import FORMS, PICKED, offers
from model.case import Case
from model.commands.ending import Decline
from model.commands.intake import Take
from model.commands.sheet import GiveRow
from model.login import Role
from tests.console.at_the_site import ROAD, surveying
from tests.console.office import Browser, Office, Page

NASTY = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'{{ 7*7 }}"


def form(page: Page, act: str) -> dict[str, str]:
    """The hidden fields of an act's form."""
    match = re.search(rf'<form[^>]*acts/{act}"[^>]*>(.*?)</form>', page.text, re.DOTALL)
    assert match is not None, f"no form for {act}"
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', match[1]))


async def do(browser: Browser, case: Case, name: str, of: Page | None = None, **said: str) -> Page:
    page = of or await browser.get(f"/console/window/{case.id}")
    return await browser.post(f"/console/window/{case.id}/acts/{name}", form(page, name) | said)


async def now(here: Office, case: Case) -> Case:
    found = await here.core.case(case.id)
    assert found is not None
    return found


async def offered(here: Office, case: Case) -> set[str]:
    county = here.counties[case.county]
    staff = await here.staffing.of_county(case.county)
    desk = Desk(await now(here, case), county, staff, await here.core.submission(case.id))
    return {one.act for one in offers(desk, here.now, staff[0].id)}


def test_every_act_has_a_form() -> None:
    assert set(FORMS) == set(ACTS)


async def test_what_waits_is_listed_and_done(here: Office) -> None:
    case = await here.case()
    browser = await here.clerk(Role.WINDOW)
    listed = await browser.get("/console/window")
    assert case.number in listed.text
    assert f"/console/window/{case.id}/fill" in listed.text
    assert case.number in (await browser.get("/console/window?body=water_company")).text
    assert case.number not in (await browser.get("/console/window?body=power_company")).text
    page = await browser.get(f"/console/window/{case.id}")
    assert "李示例" not in page.text
    done = await do(browser, case, "phone", page, phone="139 0000 1111")
    assert done.status == 303, done.text
    assert "办好了：更正联系电话" in (await browser.get(done.to)).text
    assert (await now(here, case)).contact == "13900001111"


async def test_a_double_click_does_it_once(here: Office) -> None:
    case = await here.case()
    browser = await here.clerk(Role.WINDOW)
    page = await browser.get(f"/console/window/{case.id}")
    first = await do(browser, case, "phone", page, phone="13900001111")
    version = (await now(here, case)).version
    second = await do(browser, case, "phone", page, phone="13900001111")
    assert first.to == second.to
    assert (await now(here, case)).version == version


async def test_a_stale_page_is_told_and_shows_what_is(here: Office) -> None:
    case = await here.case()
    browser = await here.clerk(Role.WINDOW)
    page = await browser.get(f"/console/window/{case.id}")
    order = case.orders[0]
    await here.do(case, Take(order=order.id), staff=order.steward or "", role="steward")
    told = await do(browser, case, "phone", page, phone="13900001111")
    assert told.status == 409
    assert "有了新变化" in told.text
    assert (await now(here, case)).contact == ""
    assert (await do(browser, case, "phone", told, phone="13900001111")).status == 303


async def test_what_is_refused_is_told_in_words_and_stays_typed(here: Office) -> None:
    case = await here.case()
    browser = await here.clerk(Role.WINDOW)
    order = case.orders[0]
    said = {"order": order.id, "body": order.body, "steward": order.steward or "", "words": "同一个人"}
    told = await do(browser, case, "assign", **said)
    assert told.status == 422
    assert 'value="同一个人"' in told.text
    assert "refused." not in told.text
    lacking = await do(browser, case, "announce-end", order=order.id)
    assert lacking.status == 422
    assert "还差“原因”" in lacking.text
    long = await do(browser, case, "announce-end", order=order.id, words="很" * 501)
    assert long.status == 422
    assert "太长" in long.text


async def test_a_decline_is_returned(here: Office) -> None:
    case = await here.case()
    order = case.orders[0]
    case = await here.do(case, Take(order=order.id), staff=order.steward or "", role="steward")
    refusal = Decline(order=order.id, kind="unfit", reason="管网没到", alternative="先用罐车")
    await here.do(case, refusal, staff=order.steward or "", role="steward")
    browser = await here.clerk(Role.WINDOW)
    assert "单位提出不办，请决定" in (await browser.get("/console/window")).text
    assert (await do(browser, case, "return-decline", order=order.id)).status == 303
    assert (await now(here, case)).orders[0].declining is None


async def test_what_can_be_done_is_what_the_core_takes(here: Office) -> None:
    case = await here.case()
    before = await offered(here, case)
    assert {"assign", "phone", "fill", "withdraw", "announce-end", "urge", "consult"} <= before
    assert not {"confirm-decline", "keep-on", "resume", "copy", "return-copy", "call-back", "consult-time"} & before
    browser = await here.clerk(Role.WINDOW)
    assert (await do(browser, case, "announce-end", order=case.orders[0].id, words="一直没有人接电话")).status == 303
    assert {"keep-on"} <= await offered(here, case)
    assert (await do(browser, case, "consult", words="管线交叉")).status == 303
    assert {"consult-time", "consult-decline"} <= await offered(here, case) or "consult" not in before
    led = await surveying(here)
    assert {"departments", "remind-rows"} <= await offered(here, led)
    # What would need no more than a form that was never offered is refused by the core, not by the page alone.
    page = await browser.get(f"/console/window/{case.id}")
    forged = form(page, "phone")
    assert (await browser.post(f"/console/window/{case.id}/acts/return-copy", forged)).status == 422


async def test_who_may_and_whose_it_is(here: Office) -> None:
    case = await here.case()
    path = f"/console/window/{case.id}"
    mine = await here.clerk(Role.WINDOW)
    hidden = form(await mine.get(path), "phone") | {"phone": "13900001111"}
    assert (await mine.post(f"{path}/acts/phone", hidden | {"proof": "x"})).status == 403
    assert (await mine.post(f"{path}/acts/nothing", hidden)).status == 404
    assert (await mine.post(f"{path}/acts/phone", hidden | {"request": "../x"})).status == 404
    foreign = await here.clerk(Role.WINDOW, county="xinxiang")
    proof = (await foreign.get("/console/")).proof
    assert (await foreign.get(path)).status == 404
    assert (await foreign.post(f"{path}/acts/phone", hidden | {"proof": proof})).status == 404
    assert case.number not in (await foreign.get("/console/window")).text
    for role in (Role.HOTLINE, Role.STEWARD, Role.LEAD, Role.SUPERVISOR, Role.ADMIN):
        assert (await (await here.clerk(role)).get(path)).status == 403
    assert (await here.stranger().get(path)).status == 303
    assert (await now(here, case)).contact == ""


@pytest.mark.parametrize("act", sorted(FORMS))
async def test_nothing_that_is_typed_becomes_part_of_the_page(here: Office, act: str) -> None:
    case = await surveying(here)
    browser = await here.clerk(Role.WINDOW, county="xinxiang")
    page = await browser.get(f"/console/window/{case.id}")
    hidden = form(page, "phone")
    said = {one.kind: NASTY for one in FORMS[act].inputs}
    order = case.orders[0].id
    told = await browser.post(f"/console/window/{case.id}/acts/{act}", hidden | said)
    picked = {one.kind: order for one in FORMS[act].inputs if one.kind in PICKED and one.kind.startswith("order")}
    other = await browser.post(f"/console/window/{case.id}/acts/{act}", hidden | said | picked)
    for one in (told, other, await browser.get(f"/console/window/{case.id}"), await browser.get("/console/window")):
        assert "<script>alert" not in one.text
        assert "<img src=x" not in one.text
        assert one.status < 500


async def test_what_a_department_supplies_later_is_ticked_off_by_the_window(here: Office) -> None:
    case = await surveying(here)
    given = GiveRow(body=ROAD, opinion="待整改", remark="占掘路许可", surveyor="周示例")
    await here.do(case, given, staff="xinxiang-window.0")
    browser = await here.clerk(Role.WINDOW, county="xinxiang")
    page = await browser.get(f"/console/window/{case.id}")
    assert "占掘路许可</label>" in page.text
    assert "carry-follow-up" not in page.text  # there are works still
    lacking = await do(browser, case, "follow-up", page, later="f1", words="")
    assert "还差“交了什么”" in lacking.text
    assert (await do(browser, case, "follow-up", lacking, later="f1", words="许可证复印件")).status == 303
    sheet = (await now(here, case)).sheet
    assert sheet is not None
    assert not sheet.open_items
    assert "follow-up" not in await offered(here, case)
