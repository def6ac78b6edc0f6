"""The window's job with a keyboard alone, and the surveyor's on a phone whose signal comes and goes, in a real browser (X37, X38, X159).

With SCREENSHOTS=FOLDER the pictures stay there, to be looked at.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import BrowserContext, Locator, Page, expect

from model.case import Case
from model.login import Role
from tests.console.at_the_site import ROAD, code, surveying
from tests.console.calls import unreached
from tests.console.office import PASSWORD, Office
from tests.console.test_browser_console import DESK, HEAVIEST, POCKET, complaints
from tests.console.test_browser_console import fine as as_every_page
from tests.e2e.test_screenshots import MOST_BYTES, browser

pytestmark = pytest.mark.xdist_group("browser")


@asynccontextmanager
async def screens(size: Any) -> AsyncIterator[tuple[BrowserContext, list[str]]]:
    async with browser() as opened:
        context = await opened.new_context(viewport=size, locale="zh-CN")
        context.set_default_timeout(10_000)
        yield context, complaints(context)


async def fine(page: Page, name: str, folder: Path) -> None:
    """As every page of the console has to be, those for the holder of a code too; a picture of it at both sizes."""
    before = page.viewport_size
    await as_every_page(page)
    assert len(await page.content()) < HEAVIEST
    for size, end in ((DESK, "desk"), (POCKET, "phone")):
        await page.set_viewport_size(size)  # type: ignore[arg-type]
        file = Path(os.environ.get("SCREENSHOTS", folder)) / f"{name}-{end}.png"
        await page.screenshot(path=file, animations="disabled", caret="hide", full_page=True)
        assert file.stat().st_size < MOST_BYTES
    await page.set_viewport_size(before)  # type: ignore[arg-type]


async def signed_in(here: Office, context: BrowserContext, *roles: Role, county: str) -> Page:
    one = await here.hire(county, here.counties[county].bodies[0].id, "窗口示例")
    await here.login(one.id, "chuangkou", *roles)
    page = await context.new_page()
    await page.goto(f"{here.url}/console/sign-in")
    await expect(page.get_by_label("登录名")).to_be_focused()
    await page.keyboard.type("chuangkou")
    await page.keyboard.press("Tab")
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="窗口示例，您好")).to_be_visible()
    return page


async def tab_to(page: Page, target: Locator) -> None:
    """With the Tab key alone."""
    for _ in range(120):
        if await target.evaluate("one => one === document.activeElement"):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"no way leads to {target}")


async def test_the_window_with_the_keyboard(here: Office, tmp_path: Path) -> None:
    case = await surveying(here)
    async with screens(DESK) as (context, problems):
        page = await signed_in(here, context, Role.WINDOW, county="xinxiang")
        link = page.get_by_role("link", name="窗口", exact=True).first
        await tab_to(page, link)
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", name="等窗口办的")).to_be_visible()
        await fine(page, "window-list", tmp_path)
        await tab_to(page, page.get_by_role("link", name=case.number))
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", name=case.number)).to_be_visible()
        await fine(page, "window-case", tmp_path)
        # X37: one department more.
        act = page.locator("#act-departments")
        await tab_to(page, act.locator("summary"))
        await page.keyboard.press("Enter")
        await tab_to(page, act.get_by_label("园林中心"))
        await page.keyboard.press("Space")
        await tab_to(page, act.get_by_role("button"))
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("status").first).to_contain_text("办好了：选勘验部门")
        after = await here.core.case(case.id)
        assert after is not None
        assert after.sheet is not None
        assert after.sheet.row("gardens") is not None
        # What is wrong is said where it is.
        phone = page.locator("#act-phone")
        await tab_to(page, phone.locator("summary"))
        await page.keyboard.press("Enter")
        await tab_to(page, phone.get_by_label("新的联系电话"))
        await page.keyboard.type("12")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("alert")).to_contain_text("看不出是哪个电话")
        await expect(phone.get_by_label("新的联系电话")).to_have_attribute("aria-describedby", "problem")
        await fine(page, "window-problem", tmp_path)
        await tab_to(page, page.get_by_role("link", name="勘验部门扫码签意见"))
        await page.keyboard.press("Enter")
        await tab_to(page, page.get_by_role("button", name="给公路局做一个码"))
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("img", name="公路局签意见的二维码")).to_be_visible()
        await fine(page, "window-code", tmp_path)
        assert [one for one in problems if "422" not in one] == []


async def test_a_signature_survives_a_lost_signal(here: Office, tmp_path: Path) -> None:
    case = await surveying(here)
    clerk = await here.clerk(Role.WINDOW, county="xinxiang")
    path = await code(clerk, case)
    async with screens(POCKET) as (context, problems):
        page = await context.new_page()
        await page.goto(here.url + path)
        await expect(page.get_by_label("写明内容")).to_be_hidden()
        await page.get_by_label("待整改").check()
        await page.get_by_label("写明内容").fill("管沟离树太近，改道一米")
        await page.get_by_label("勘验人员姓名").fill("周示例")
        await page.get_by_role("button", name="签好交上").click()
        await expect(page.get_by_role("status")).to_contain_text("还没有签名")
        await drawn_on(page)
        await fine(page, "sign", tmp_path)

        await context.set_offline(offline=True)
        await page.get_by_role("button", name="签好交上").click()
        await expect(page.get_by_role("status")).to_contain_text("没有信号")
        assert await opinion(here, case) is None
        kept = await page.evaluate("JSON.stringify(localStorage)")
        assert "改道一米" in kept
        assert "示范路" not in kept  # nothing of the applicant stays on the phone
        assert "李示例" not in kept

        await context.set_offline(offline=False)
        await expect(page.get_by_role("heading", name="收到了，谢谢")).to_be_visible()
        assert await page.evaluate("localStorage.length") == 0
        assert await opinion(here, case) == "待整改"
        made = (await here.signing.of_case(case))[-1]
        assert made.signature is not None
        await page.reload()
        await expect(page.get_by_role("heading", name="这个码已经交过了")).to_be_visible()
        await fine(page, "signed", tmp_path)
        assert all("ERR_INTERNET_DISCONNECTED" in one for one in problems), problems


async def test_an_answer_that_was_lost_and_a_page_that_was_closed(here: Office) -> None:
    """It was recorded and nobody heard so; opened again, the page hands it in again, and it is the same."""
    case = await surveying(here)
    path = await code(await here.clerk(Role.WINDOW, county="xinxiang"), case)
    async with screens(POCKET) as (context, _):
        page = await context.new_page()
        await page.goto(here.url + path)
        await page.get_by_label("符合", exact=True).check()
        await page.get_by_label("勘验人员姓名").fill("周示例")
        await page.get_by_label("不方便手写").check()

        async def lost(route: Any) -> None:
            if route.request.method != "POST":
                await route.continue_()
                return
            await route.fetch()
            await route.abort()

        await context.route("**/pages/sign/**", lost)
        await page.get_by_role("button", name="签好交上").click()
        await expect(page.get_by_role("status")).to_contain_text("没有信号")
        assert await opinion(here, case) == "符合"
        await context.unroute("**/pages/sign/**")
        version = (await here.core.case(case.id)).version  # type: ignore[union-attr]
        await page.goto("about:blank")
        await page.goto(here.url + path)
        await expect(page.get_by_role("heading", name="这个码已经交过了")).to_be_visible()
        assert await page.evaluate("localStorage.length") == 0
        assert (await here.core.case(case.id)).version == version  # type: ignore[union-attr]


async def test_what_was_typed_is_there_again_and_without_scripts_it_works(here: Office) -> None:
    case = await surveying(here)
    path = await code(await here.clerk(Role.WINDOW, county="xinxiang"), case)
    async with screens(POCKET) as (context, _):
        page = await context.new_page()
        await page.goto(here.url + path)
        await page.get_by_label("勘验人员姓名").fill("周示例")
        await drawn_on(page)
        await page.reload()
        await expect(page.get_by_label("勘验人员姓名")).to_have_value("周示例")
        await expect(page.get_by_role("status")).to_contain_text("上次填的还在")
        assert context.browser is not None
        plain = await context.browser.new_context(viewport=POCKET, java_script_enabled=False)  # type: ignore[arg-type]
        page = await plain.new_page()
        await page.goto(here.url + path)
        await page.get_by_label("不符合").check()
        await page.get_by_label("写明内容").fill("压着光缆")
        await page.get_by_label("依据").fill("示例规范第3条")
        await page.get_by_label("勘验人员姓名").fill("周示例")
        await page.get_by_label("不方便手写").check()
        await page.get_by_role("button", name="签好交上").click()
        await expect(page.get_by_role("heading", name="收到了，谢谢")).to_be_visible()
        assert await opinion(here, case) == "不符合"


async def test_what_the_window_typed_survives_a_lost_signal(here: Office) -> None:
    case = await here.case("xinxiang", key="5")
    async with screens(DESK) as (context, _):
        page = await signed_in(here, context, Role.WINDOW, county="xinxiang")
        fill = f"{here.url}/console/window/{case.id}/fill"
        await page.goto(fill)
        place, send = page.get_by_label("建设单位(自然人)地址"), page.get_by_role("button", name="存下来")
        await place.fill("小冀镇示范路10号")
        await page.get_by_label("新装").check()
        await context.set_offline(offline=True)
        await send.click()
        await expect(page.get_by_role("status")).to_have_text("没有信号，没有交上，填的都还在。有信号了再点一次。")
        await context.set_offline(offline=False)
        await expect(page.get_by_role("status")).to_contain_text("有信号了")
        await page.goto(fill)  # whatever was clicked instead
        await expect(page.get_by_role("status")).to_contain_text("您上次填的没有交上")
        await expect(place).to_have_value("小冀镇示范路10号")
        await expect(page.get_by_label("新装")).to_be_checked()
        await send.click()
        await expect(page.get_by_role("status").first).to_have_text("记下了。")
        assert await page.evaluate("sessionStorage.length") == 0

        async def lost(route: Any) -> None:
            await route.fetch()
            await route.abort()

        # Done, and nobody heard so: sent again as it was it is the same.
        phone = page.locator("#act-phone")
        await page.goto(f"{here.url}/console/window/{case.id}#act-phone")
        await phone.get_by_label("新的联系电话").fill("13900009999")
        await context.route("**/acts/**", lost)
        async with page.expect_event("requestfailed"):
            await phone.get_by_role("button").click(no_wait_after=True)
        await context.unroute("**/acts/**")
        version = (await here.core.case(case.id)).version  # type: ignore[union-attr]
        await page.goto(f"{here.url}/console/window/{case.id}")
        await expect(phone.get_by_label("新的联系电话")).to_have_value("13900009999")
        await phone.get_by_role("button").click()
        await expect(page.get_by_role("status").first).to_contain_text("办好了")
        assert (await here.core.case(case.id)).version == version  # type: ignore[union-attr]
        assert await page.evaluate("sessionStorage.length") == 0


async def test_calls_with_the_keyboard(here: Office, tmp_path: Path) -> None:
    await here.case()
    await unreached(here)
    async with screens(DESK) as (context, problems):
        page = await signed_in(here, context, Role.HOTLINE, county="jingxian")
        await tab_to(page, page.get_by_role("link", name="电话工单").first)
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", name="要打的电话")).to_be_visible()
        await fine(page, "worklist", tmp_path)
        rows = page.get_by_role("row")
        before = await rows.count()
        await tab_to(page, page.get_by_role("link", name="打给").first)
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", name="打得怎么样")).to_be_visible()
        await fine(page, "call", tmp_path)
        await tab_to(page, page.get_by_role("button", name="没打通"))
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("status").first).to_contain_text("还留在列表里")
        await expect(rows).to_have_count(before)
        await page.keyboard.press("Alt+o")
        await expect(page.get_by_role("heading", name="打得怎么样")).to_be_visible()
        await page.keyboard.press("Alt+1")
        await expect(page.get_by_role("status").first).to_contain_text("打通了")
        assert problems == []


async def drawn_on(page: Page) -> None:
    """By finger, which the mouse stands for."""
    pad = page.locator("#pad")
    await pad.scroll_into_view_if_needed()
    box = await pad.bounding_box()
    assert box is not None
    await page.mouse.move(box["x"] + 40, box["y"] + 90)
    await page.mouse.down()
    for step in range(12):
        await page.mouse.move(box["x"] + 40 + step * 20, box["y"] + 90 + (-40 if step % 2 else 40))
    await page.mouse.up()


async def opinion(here: Office, case: Case) -> str | None:
    now = await here.core.case(case.id)
    assert now is not None
    assert now.sheet is not None
    row = now.sheet.row(ROAD)
    assert row is not None
    return row.opinion.text if row.opinion else None
