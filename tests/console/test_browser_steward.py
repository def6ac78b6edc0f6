"""A steward's whole job in a real browser: by keyboard at a desk, by finger at the site, and with no signal in between.

Pictures go to docs/screenshots with UPDATE_SCREENSHOTS=1, else nowhere that lasts.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Page, expect

from model.events.survey import OpinionGiven
from model.login import Role
from tests.console.office import Office
from tests.console.test_browser_console import DESK, POCKET, complaints, fine, picture
from tests.console.test_steward_board import WATER, events, of
from tests.console.test_steward_calendar import proposed
from tests.e2e.test_screenshots import browser

pytestmark = pytest.mark.xdist_group("browser")


@asynccontextmanager
async def signed_in(
    here: Office, size: dict[str, int], **more: bool
) -> AsyncIterator[tuple[BrowserContext, Page, list[str]]]:
    await here.login(WATER, "water", Role.STEWARD)
    session = await here.sign_in("water")
    async with browser() as opened:
        context = await opened.new_context(viewport=size, **more)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        problems = complaints(context)
        cookie = {"name": "lianban_console", "value": session.cookie(), "url": here.url, "httpOnly": True}
        await context.add_cookies([cookie])  # type: ignore[list-item]
        yield context, await context.new_page(), problems


async def press(page: Page, role: str, name: str) -> None:
    """By keyboard: where the focus is seen, and Enter."""
    one = page.get_by_role(role, name=name).first  # type: ignore[arg-type]
    await one.focus()
    await page.keyboard.press("Enter")


async def told(page: Page, words: str) -> None:
    """Somewhere on the page it is said; beside a button another place waits for what there is to say."""
    await expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()


async def test_by_keyboard_from_the_board_to_a_survey(here: Office, tmp_path: Path) -> None:
    case = await here.case()
    async with signed_in(here, DESK) as (_, page, problems):
        await page.goto(f"{here.url}/console/tasks")
        await press(page, "button", "接单：")
        await told(page, "已记录“接单”")
        await fine(page)
        await picture(page, "21-steward-board.png", tmp_path)
        await press(page, "link", "已联系：")
        await expect(page.get_by_label("方案大致内容")).to_be_visible()
        await fine(page)
        await page.get_by_label("方案大致内容").focus()
        await page.keyboard.type("从门前主管接DN25")
        await press(page, "button", "已联系")
        await told(page, "已记录“已联系”")
        await fine(page)
        await press(page, "link", "约踏勘")
        await page.locator("input[type=date]").fill("2026-11-25")
        await page.locator("input[type=time]").fill("09:30")
        await press(page, "button", "约踏勘")
        await told(page, "已记录“约踏勘”")
        await page.goto(f"{here.url}/console/calendar")
        await fine(page)
        await press(page, "link", "改时间：")
        await expect(page.get_by_label("改到什么时候")).to_be_visible()
        await fine(page)
        await page.get_by_label("改到什么时候").select_option("2026-11-26T10:00")
        await press(page, "button", "改到这个时间")
        await expect(page.locator(".week td[data-at='2026-11-26T10:00']")).to_contain_text(case.number)
        await picture(page, "22-steward-calendar.png", tmp_path)
        assert problems == []


async def test_a_visit_is_dragged_to_another_half_hour(here: Office) -> None:
    case = await proposed(here)
    async with signed_in(here, DESK) as (_, page, problems):
        await page.goto(f"{here.url}/console/calendar")
        one = await page.locator(".week .visit").bounding_box()
        to = await page.locator("td[data-at='2026-11-26T08:30']").bounding_box()
        assert one is not None
        assert to is not None
        await page.mouse.move(one["x"] + one["width"] - 12, one["y"] + 14)
        await page.mouse.down()
        await page.mouse.move(to["x"] + 20, to["y"] + 10, steps=6)
        await page.mouse.move(to["x"] + 24, to["y"] + 12)
        await page.mouse.up()
        await expect(page.get_by_label("改到什么时候")).to_have_value("2026-11-26T08:30")
        await page.get_by_role("button", name="改到这个时间").click()
        await expect(page.locator(".week td[data-at='2026-11-26T08:30']")).to_contain_text(case.number)
        assert problems == []


async def sign(page: Page) -> None:
    """By finger."""
    pad = page.locator("canvas")
    await pad.scroll_into_view_if_needed()
    box = await pad.bounding_box()
    assert box is not None
    await page.mouse.move(box["x"] + 20, box["y"] + 40)
    await page.mouse.down()
    await page.mouse.move(box["x"] + 180, box["y"] + 90, steps=6)
    await page.mouse.up()


async def test_at_the_site_the_signal_is_lost_and_nothing_else(here: Office, tmp_path: Path) -> None:
    case = await proposed(here, agreed=True)
    photo = tmp_path / "photo.png"
    async with signed_in(here, POCKET, has_touch=True) as (context, page, _):
        await page.goto(here.url + of(case))
        await page.screenshot(path=photo)
        await page.get_by_role("link", name="在现场填意见").click()
        await fine(page)
        await page.set_viewport_size(POCKET)  # type: ignore[arg-type]
        await expect(page.get_by_label("整改内容")).to_be_hidden()
        await page.get_by_role("radio", name="待整改").check()
        await page.locator("#photo").set_input_files(photo)
        await expect(page.locator(".photos img")).to_have_count(1)
        await sign(page)
        await context.set_offline(True)
        # Which words an option asks for is known without a signal.
        await page.get_by_label("整改内容").fill("表井要加深到0.8米")
        await page.get_by_role("button", name="交意见").click()
        await told(page, "没有信号")
        await fine(page)
        assert await events(here, case, OpinionGiven) == []
        async with page.expect_navigation(url="**/sheet/*did=*"):
            await context.set_offline(False)  # it goes by itself
        await told(page, "已记录“踏勘意见”")
        await fine(page)
        assert await page.evaluate("localStorage.length") == 0
        (event,) = await events(here, case, OpinionGiven)
        site = event.event.site  # type: ignore[union-attr]
        assert [one.media_type for one in site.files] == ["image/jpeg", "image/png"]


async def test_what_was_entered_is_there_after_the_page_was_closed(here: Office, tmp_path: Path) -> None:
    case = await proposed(here, agreed=True)
    async with signed_in(here, POCKET, has_touch=True) as (context, page, _):
        path = f"{here.url}/console/tasks/sheet/{case.id}"
        await page.goto(path)
        await page.get_by_role("radio", name="不符合").check()
        await page.get_by_label("整改内容").fill("间距不够")
        await sign(page)
        await page.close()
        page = await context.new_page()
        await page.goto(path)
        await told(page, "上次填的")
        await expect(page.get_by_label("整改内容")).to_have_value("间距不够")
        await page.screenshot(path=tmp_path / "back.png", full_page=True)
        await page.get_by_role("button", name="交意见").click()
        await told(page, "已记录“踏勘意见”")
        (event,) = await events(here, case, OpinionGiven)
        assert event.event.remark == "间距不够"  # type: ignore[union-attr]


async def test_it_works_without_scripts(here: Office) -> None:
    case = await proposed(here, agreed=True)
    async with signed_in(here, POCKET, java_script_enabled=False) as (_, page, _problems):
        await page.goto(f"{here.url}/console/tasks/sheet/{case.id}")
        await page.get_by_role("radio", name="符合", exact=True).check()
        await page.get_by_label("签不了的，写姓名").fill("管家供水公司")
        await page.get_by_role("button", name="交意见").click()
        await told(page, "已记录“踏勘意见”")
