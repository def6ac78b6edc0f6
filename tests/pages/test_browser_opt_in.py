"""The applicant's way in a real browser: a link in the chat, signed in without a word, notices agreed to, and the platform tells us.

The picture goes to docs/screenshots with UPDATE_SCREENSHOTS=1, else nowhere that lasts.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.async_api import BrowserContext, Locator, Page, expect

from bot.channels.wechat.reports import SubscriptionReport
from tests.e2e.test_screenshots import MOST_BYTES, browser
from tests.pages.town import OPT_IN, WECHAT, XX, Town

pytestmark = pytest.mark.xdist_group("browser")

ROOT = Path(__file__).parents[2]
POCKET, DESK = {"width": 390, "height": 844}, {"width": 1366, "height": 768}


@asynccontextmanager
async def phones(agent: str | None = None) -> AsyncIterator[tuple[BrowserContext, list[str]]]:
    problems: list[str] = []
    async with browser() as opened:
        context = await opened.new_context(viewport=POCKET, user_agent=agent)
        context.set_default_timeout(10_000)
        context.on("weberror", lambda error: problems.append(str(error.error)))
        context.on("console", lambda one: problems.append(one.text) if one.type in {"error", "warning"} else None)
        yield context, problems


async def link_in_chat(here: Town, context: BrowserContext) -> Locator:
    """As the account sends it, on the phone of whoever may take it."""
    client = here.client(here.accounts[0])
    path = f"{here.platform}/sandbox/phones/xinxiang/{XX}"
    for act, body in (("follow", {}), ("text", {"content": "你好"})):
        async with here.session.post(f"{path}/{act}", json=body) as answer:
            assert answer.status == 200
    words = f'有进展要不要告诉您？<a href="{here.url}{OPT_IN}">点这里选</a>'
    await client.transport.call(client.catalogue.custom_text(XX, words), step=None)
    page = await context.new_page()
    await page.goto(here.platform)
    return page.locator(f'[data-openid="{XX}"]').get_by_role("link", name="点这里选")


async def picture(page: Page, name: str, folder: Path) -> None:
    """And nothing sticks out, on a phone or on a desk."""
    for size in (DESK, POCKET):
        await page.set_viewport_size(size)  # type: ignore[arg-type]
        assert await page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    await page.screenshot(path=folder / name, animations="disabled", caret="hide")
    assert (folder / name).stat().st_size < MOST_BYTES


async def test_from_the_chat_to_the_notices(here: Town, tmp_path: Path) -> None:
    folder = ROOT / "docs" / "screenshots" if os.environ.get("UPDATE_SCREENSHOTS") == "1" else tmp_path
    async with phones(WECHAT) as (context, problems):
        link = await link_in_chat(here, context)
        async with context.expect_page() as opened:
            await link.click()
        tab = await opened.value
        button = tab.get_by_role("button", name="选择要不要收")
        await button.click()
        await tab.get_by_role("button", name="取消").click()
        await expect(tab.get_by_role("status")).to_contain_text("好的，不发这些通知")
        await button.press("Enter")
        await tab.get_by_role("button", name="允许").click()
        await expect(tab.get_by_role("status")).to_contain_text("约上门的时间，等您答复；接通了、办完了，请您评价")
        await expect(tab.get_by_role("status")).to_contain_text("可以关掉这个页面，回到对话")
        await picture(tab, "12-notices-agreed.png", folder)

        reports = [one for one in here.hall.reports if isinstance(one, SubscriptionReport) and one.kind == "popup"]
        said = [{(item.template, item.status) for item in one.items} for one in reports]
        assert said == [
            {("T-survey", "reject"), ("T-done", "reject")},
            {("T-survey", "accept"), ("T-done", "accept")},
        ]
        assert {one.person for one in reports} == {XX}

        # A ticket that the platform does not know any more is found out by the page, and nobody notices.
        here.world.js_tickets = type(here.world.js_tickets)()
        await tab.goto("about:blank")
        await tab.goto(here.url + OPT_IN)
        await expect(button).to_be_visible()

        # What goes for good has a button of its own, which asks for nothing else.
        await tab.goto(f"{here.url}{OPT_IN},L-opinion")
        await button.first.click()
        await tab.get_by_role("button", name="允许").click()
        await expect(tab.get_by_role("status")).to_contain_text("踏勘的结果")
        await tab.goto(here.url + OPT_IN)

        # Who cannot be shown the button is told what to do.
        await here.session.post(f"{here.platform}/sandbox/phones/xinxiang/{XX}/block_templates", json={"on": True})
        await button.click()
        await expect(tab.get_by_role("status")).to_contain_text("接收通知的总开关")
        here.world.halls["xinxiang"].account = here.world.halls["xinxiang"].account.model_copy(
            update={"js_domains": ()}
        )
        await tab.reload()
        await expect(tab.get_by_role("status")).to_contain_text("微信没有认出这个页面")
        await expect(button).to_be_hidden()
        await tab.get_by_role("button", name="退出").click()
        await expect(tab.get_by_role("heading", name="已经退出")).to_be_visible()
        assert problems == []


async def opened_without_scripts(context: BrowserContext) -> Page:
    assert context.browser is not None
    other = await context.browser.new_context(viewport=POCKET, java_script_enabled=False)  # type: ignore[arg-type]
    return await other.new_page()


async def test_without_scripts_and_outside_wechat(here: Town) -> None:
    async with phones() as (context, problems):
        page = await context.new_page()
        await page.goto(here.url + OPT_IN)
        await expect(page.get_by_role("heading", name="请在微信里打开")).to_be_visible()
        await page.get_by_role("link", name="我就在微信里，继续").click()
        await expect(page.get_by_text("请在微信客户端打开链接")).to_be_visible()

        await context.route("**/open/js/**", lambda route: route.abort())
        wanted = quote(f"{here.url}/pages/sign-in/xinxiang?to={quote(OPT_IN)}")
        await page.goto(f"{here.platform}/sandbox/phones/xinxiang/{XX}/open?url={wanted}")
        await expect(page.get_by_role("status")).to_contain_text("微信这次没有办成")

        plain = await opened_without_scripts(context)
        await plain.goto(f"{here.platform}/sandbox/phones/xinxiang/{XX}/open?url={wanted}")
        await expect(plain.get_by_text("现在没有开。不开也不要紧")).to_be_visible()
        await expect(plain.locator("#waiting")).to_be_hidden()
        assert all("ERR_" in one or "403" in one for one in problems), problems
