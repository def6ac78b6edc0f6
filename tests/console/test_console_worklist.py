"""The worklist: numbers are shown one call at a time and that is recorded; what came of a call is noted once."""

import re

import pytest

from model.login import Role
from storage.calls import Calls
from storage.looks import Looks
from tests.console.calls import unreached
from tests.console.office import Browser, Office, Page

LIST = "/console/worklist"


async def waiting(here: Office, browser: Browser) -> int:
    """A call that is to be made: the number of its row."""
    await here.case()
    assert await unreached(here)
    match = re.search(rf"{LIST}/(\d+)", (await browser.get(LIST)).text)
    assert match is not None
    return int(match[1])


async def opened(browser: Browser, row: int) -> Page:
    return await browser.send(f"{LIST}/{row}", of=LIST)


async def noted(browser: Browser, row: int, outcome: str, page: Page | None = None) -> Page:
    shown = page or await opened(browser, row)
    match = re.search(r'name="request" value="([^"]+)"', shown.text)
    assert match is not None, shown.text
    said = {"proof": shown.proof, "request": match[1], "outcome": outcome}
    return await browser.post(f"{LIST}/{row}/outcome", said)


async def test_a_call_is_shown_recorded_and_made(here: Office) -> None:
    browser = await here.clerk(Role.HOTLINE)
    row = await waiting(here, browser)
    listed = await browser.get(LIST)
    assert "13900000009" not in listed.text
    assert "李示例" not in listed.text
    assert "单位在微信里没有人" in listed.text
    page = await opened(browser, row)
    assert "13900000009" in page.text
    looked = await Looks(here.database).by("jingxian-hotline.0", here.now)
    assert [one.what for one in looked] == ["call"]
    missed = await noted(browser, row, "not_reached")
    assert missed.to == f"{LIST}?done=not_reached"
    again = (await browser.get(LIST)).text
    assert "没打通，过会再打" in again
    assert "hotline.0" in again
    here.later(minutes=5)
    page = await opened(browser, row)
    assert "打过几次" in page.text
    done = await noted(browser, row, "reached", page)
    assert done.status == 303
    # Sent twice it is one call.
    assert (await noted(browser, row, "reached", page)).status == 303
    assert "现在没有要打的电话" in (await browser.get(LIST)).text
    assert (await opened_anyway(browser, row)).status == 404


async def opened_anyway(browser: Browser, row: int | str) -> Page:
    proof = (await browser.get("/console/")).proof
    return await browser.post(f"{LIST}/{row}", {"proof": proof})


async def test_two_who_call_at_once(here: Office) -> None:
    first, second = await here.clerk(Role.HOTLINE), await here.clerk(Role.WINDOW)
    row = await waiting(here, first)
    one, other = await opened(first, row), await opened(second, row)
    assert (await noted(first, row, "reached", one)).status == 303
    late = await noted(second, row, "reached", other)
    assert late.status == 409
    assert "同事刚刚打过" in late.text


async def test_another_countys_calls_are_none(here: Office) -> None:
    mine = await here.clerk(Role.HOTLINE)
    row = await waiting(here, mine)
    foreign = await here.clerk(Role.HOTLINE, county="xinxiang")
    assert f"{LIST}/{row}" not in (await foreign.get(LIST)).text
    assert (await opened_anyway(foreign, row)).status == 404
    proof = (await foreign.get("/console/")).proof
    said = {"proof": proof, "request": "a" * 20, "outcome": "reached"}
    assert (await foreign.post(f"{LIST}/{row}/outcome", said)).status == 409
    assert await Calls(here.database).one("jingxian", row) is not None
    assert await Looks(here.database).by("xinxiang-hotline.1", here.now) == ()


@pytest.mark.parametrize("row", ["x", "0", "-1", "9" * 15, "9" * 40, "１"])
async def test_what_is_no_call(here: Office, row: str) -> None:
    browser = await here.clerk(Role.HOTLINE)
    assert (await opened_anyway(browser, row)).status == 404


async def test_who_may_and_what_may_be_said(here: Office) -> None:
    browser = await here.clerk(Role.HOTLINE)
    row = await waiting(here, browser)
    page = await opened(browser, row)
    assert (await noted(browser, row, "<script>", page)).status == 404
    assert (await browser.post(f"{LIST}/{row}/outcome", {"proof": "x", "outcome": "reached"})).status == 403
    for role in (Role.STEWARD, Role.LEAD, Role.SUPERVISOR, Role.ADMIN):
        assert (await (await here.clerk(role)).get(LIST)).status == 403
