"""Every page of the console in a real browser: no axe violation, nothing sticks out, light enough, and alive.

The pages are taken from the router. Pictures go to docs/screenshots with UPDATE_SCREENSHOTS=1, else nowhere that lasts.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import BrowserContext, Page, expect

from bot.console.route import Open
from model.commands.intake import Take
from model.login import Role
from tests.console.office import PASSWORD, Office
from tests.console.permitted import OFFICER, applied
from tests.console.test_console_guarded import ROUTES, filled, ids_of
from tests.console.test_steward_asked import asked as asked_first
from tests.e2e.test_screenshots import MOST_BYTES, browser

pytestmark = pytest.mark.xdist_group("browser")

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "screenshots"
DESK, POCKET = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
HEAVIEST = 150 * 1024
PAGES = sorted(
    one.path
    for one in ROUTES
    if one.method == "GET"
    and "{matter}" not in one.path  # which is only there for whoever has one
    and "{enquiry}" not in one.path  # the same; both are looked at below
    and "{line}" not in one.path  # a file that somebody sent, where he has sent one
    and one.path != "/live"
    and not one.path.endswith(".pdf")  # a sheet is kept, not shown
    and not isinstance(one.audience, Open)
)


@asynccontextmanager
async def tab(here: Office, *roles: Role, name: str = "", body: str = "") -> AsyncIterator[tuple[Page, list[str]]]:
    """A page of a clerk with these roles who has signed in, and what the browser complained of."""
    async with browser() as opened:
        context = await opened.new_context(viewport=DESK)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        problems = complaints(context)
        page = await context.new_page()
        session = await here.clerk(*roles, name=name, body=body)
        await context.add_cookies(
            [{"name": "lianban_console", "value": session.cookie(), "url": here.url, "httpOnly": True}]
        )
        yield page, problems


def complaints(context: BrowserContext) -> list[str]:
    problems: list[str] = []
    context.on("weberror", lambda error: problems.append(str(error.error)))
    context.on("console", lambda one: problems.append(one.text) if one.type in {"error", "warning"} else None)
    return problems


async def fine(page: Page) -> None:
    """No violation of WCAG that axe finds, and nothing sticks out, at a desk or on a phone."""
    found = (await Axe().run(page)).response["violations"]
    told = [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]
    assert told == [], (page.url, told)
    for size in (DESK, POCKET):
        await page.set_viewport_size(size)  # type: ignore[arg-type]
        assert await page.evaluate("document.documentElement.scrollWidth") <= size["width"], page.url


async def picture(page: Page, name: str, tmp_path: Path) -> None:
    folder = FOLDER if os.environ.get("UPDATE_SCREENSHOTS") == "1" else tmp_path
    await page.set_viewport_size(DESK)  # type: ignore[arg-type]
    await page.screenshot(path=folder / name, animations="disabled", caret="hide")
    assert (folder / name).stat().st_size < MOST_BYTES


async def test_every_page_of_the_router(here: Office) -> None:
    ids = await ids_of(here, "jingxian")
    async with tab(here, *Role) as (page, problems):
        weights: list[int] = []
        page.on("response", lambda one: weights.append(int(one.headers.get("content-length", "0"))))
        for path in PAGES:
            weights.clear()
            await page.goto(here.url + filled(path, ids), wait_until="load")
            assert sum(weights) < HEAVIEST, path
            await fine(page)
        assert problems == []


async def test_by_keyboard_from_the_door_to_a_case(here: Office, tmp_path: Path) -> None:
    case = await here.case()
    one = await here.hire("jingxian", "housing_bureau", "甲")
    await here.login(one.id, "jia", Role.SUPERVISOR)
    async with browser() as opened:
        context = await opened.new_context(viewport=DESK)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        page = await context.new_page()
        await page.goto(f"{here.url}/console/cases/{case.id}")
        await fine(page)
        await page.keyboard.type("jia")
        await page.keyboard.press("Tab")
        await page.keyboard.type("not this one")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("alert")).to_contain_text("登录名和密码对不上")
        await fine(page)
        await expect(page.get_by_label("密码", exact=True)).to_be_focused()
        await page.keyboard.type(PASSWORD)
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_contain_text(case.number)
        await page.get_by_role("button", name="显示全部").focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("李示例")).to_be_visible()
        await fine(page)
        await picture(page, "20-console-case.png", tmp_path)


async def test_a_page_that_is_open_follows(here: Office) -> None:
    case = await here.case()
    async with tab(here, Role.SUPERVISOR) as (page, problems):
        async with page.expect_response(lambda one: "/console/live" in one.url):
            await page.goto(f"{here.url}/console/cases/{case.id}")
        await here.do(case, Take(order=case.orders[0].id), staff="jingxian-water_company", role="steward")
        here.console.live.wake()
        await expect(page.get_by_role("status")).to_contain_text("有新的变化")
        await expect(page.locator("#fresh")).to_contain_text("接单")
        assert problems == []


async def test_what_lies_with_an_officer_beside_orders(here: Office) -> None:
    """A matter is only there for whoever has one."""
    case = await applied(here)
    one = f"/console/tasks/matters/{case.approvals[0].id}"
    await here.login(OFFICER, "officer", Role.STEWARD)
    session = await here.sign_in("officer")
    async with browser() as opened:
        context = await opened.new_context(viewport=DESK)  # type: ignore[arg-type]
        problems = complaints(context)
        cookie = {"name": "lianban_console", "value": session.cookie(), "url": here.url, "httpOnly": True}
        await context.add_cookies([cookie])  # type: ignore[list-item]
        page = await context.new_page()
        enquiry = (await asked_first(here, county="xinxiang", taken_by=OFFICER)).id
        form = f"{one}/form?about={case.approvals[0].id}&act=return_approval"
        for path in ("/console/tasks", one, form, f"/console/tasks/enquiries/{enquiry}"):
            await page.goto(here.url + path, wait_until="load")
            await fine(page)
        assert problems == []
