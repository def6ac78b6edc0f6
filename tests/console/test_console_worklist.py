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


async def opened(browser: Browser, row: int | str) -> Page:
    return await browser.get(f"{LIST}/{row}")


async def noted(browser: Browser, row: int, outcome: str, page: Page | None = None) -> Page:
    shown = page or await opened(browser, row)
    fields = dict(re.findall(r'name="(request|rows)" value="([^"]+)"', shown.text))
    said = {"proof": shown.proof, "outcome": outcome} | fields
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
    assert "<li>2026" in page.text  # that it was tried
    done = await noted(browser, row, "reached", page)
    assert done.status == 303
    # Sent twice it is one call.
    assert (await noted(browser, row, "reached", page)).status == 303
    assert "现在没有要打的电话" in (await browser.get(LIST)).text
    assert (await opened(browser, row)).status == 404


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
    assert (await opened(foreign, row)).status == 404
    proof = (await foreign.get("/console/")).proof
    said = {"proof": proof, "request": "a" * 20, "rows": str(row), "outcome": "reached"}
    assert (await foreign.post(f"{LIST}/{row}/outcome", said)).status == 409
    assert await Calls(here.database).one("jingxian", row) is not None
    assert await Looks(here.database).by("xinxiang-hotline.1", here.now) == ()


@pytest.mark.parametrize("row", ["x", "0", "-1", "9" * 15, "9" * 40, "１"])
async def test_what_is_no_call(here: Office, row: str) -> None:
    browser = await here.clerk(Role.HOTLINE)
    assert (await opened(browser, row)).status == 404


async def told_much(here: Office, browser: Browser) -> tuple[int, int]:
    """Two cases of one caller, whom nothing reaches, and something of another: the rows of his two."""
    for key in ("1", "2"):
        await here.case(key=key)
    await unreached(here)
    found = re.findall(rf'href="{LIST}/(\d+)"[^>]*>([^<]*)', (await browser.get(LIST)).text)
    assert len({row for row, _ in found}) == len(found)
    ((row, _),) = [one for one in found if "2件" in one[1]]
    rows = re.search(r'name="rows" value="(\d+),(\d+)"', (await opened(browser, row)).text)
    assert rows is not None
    return int(rows[1]), int(rows[2])


async def test_a_person_is_called_once_for_all(here: Office) -> None:
    browser = await here.clerk(Role.HOTLINE)
    first, second = await told_much(here, browser)
    page = await opened(browser, second)  # by whichever of them
    assert page.text.count('class="said"') == 2
    assert "1. " in page.text and "2. " in page.text
    looked = await Looks(here.database).by("jingxian-hotline.0", here.now)
    assert len({one.case for one in looked}) == 2  # each case in it is a look at that case
    assert (await noted(browser, first, "not_reached", page)).to == f"{LIST}?done=not_reached"
    assert (await opened(browser, first)).text.count("没打通") >= 2
    page = await opened(browser, first)
    done = await noted(browser, first, "reached", page)
    assert (done.status, done.to) == (303, f"{LIST}?done=reached")
    assert (await noted(browser, first, "reached", page)).status == 303  # sent twice
    calls = Calls(here.database)
    assert [await calls.one("jingxian", one) for one in (first, second)] == [None, None]


async def test_one_thing_of_several_was_told(here: Office) -> None:
    browser = await here.clerk(Role.HOTLINE)
    first, second = await told_much(here, browser)
    page = await opened(browser, first)
    fields = dict(re.findall(r'name="(request|rows)" value="([^"]+)"', page.text)) | {"proof": page.proof}
    only = await browser.post(f"{LIST}/{first}/outcome", fields | {"only": f"{first}.reached"})
    assert only.to == f"{LIST}/{second}?done=reached"
    rest = await browser.get(only.to)
    assert "记下了：打通了" in rest.text
    assert rest.text.count('class="said"') == 1
    assert "只这件" not in rest.text
    for wrong in (f"{second + 99}.reached", f"{second}.x", "x", f"{second}"):
        assert (await browser.post(f"{LIST}/{first}/outcome", fields | {"only": wrong})).status == 404
    for rows in ("", "1,", "x", f"{second}"):
        bad = fields | {"rows": rows, "outcome": "reached"}
        assert (await browser.post(f"{LIST}/{first}/outcome", bad)).status == 404
    assert await Calls(here.database).one("jingxian", second) is not None


async def test_who_may_and_what_may_be_said(here: Office) -> None:
    browser = await here.clerk(Role.HOTLINE)
    row = await waiting(here, browser)
    page = await opened(browser, row)
    assert (await noted(browser, row, "<script>", page)).status == 404
    assert (await browser.post(f"{LIST}/{row}/outcome", {"proof": "x", "outcome": "reached"})).status == 403
    for role in (Role.STEWARD, Role.LEAD, Role.SUPERVISOR, Role.ADMIN):
        assert (await (await here.clerk(role)).get(LIST)).status == 403
