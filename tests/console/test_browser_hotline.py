"""The hotline's job by keyboard alone, in a real browser: from 喂 to registered, and from a caller to what he is told.

`pytest -s` prints how many groups of keys it took. Pictures go to docs/screenshots with UPDATE_SCREENSHOTS=1.
"""

import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from handlers.book import SealedBook
from handlers.hotline.giving import Giving
from model.login import Role
from storage.conversations import Conversations
from storage.finding import Finding
from storage.intakes import Intakes
from tests.console.keyboard import Keyboard
from tests.console.office import Office
from tests.console.test_browser_console import fine, picture, tab

pytestmark = pytest.mark.xdist_group("browser")

MOST_GROUPS = 12


async def test_from_hallo_to_registered(here: Office, tmp_path: Path) -> None:
    """Nothing but keys, and every sentence comes only once the one before was understood."""
    async with tab(here, Role.HOTLINE) as (page, problems):
        keys = Keyboard(page)
        await page.goto(f"{here.url}/console/intake/")
        await fine(page)
        await keys.chord("Alt+i")
        await expect(page.get_by_label("他说的话")).to_be_focused()
        await expect(page.locator("#next")).to_contain_text("个人信息告知")
        await fine(page)
        await keys.says("喂，我家要接水和气")
        await expect(page.locator("#understood")).to_contain_text("水、气")
        await keys.chord("Alt+n")
        await expect(page.locator("#next")).not_to_contain_text("个人信息告知")
        await expect(page.get_by_label("他说的话")).to_be_focused()
        await keys.says("泾川镇示范路8号3栋201")
        await expect(page.locator("#understood")).to_contain_text("泾川镇示范路8号3栋201")
        await keys.says("王示例")
        await expect(page.locator("#understood")).to_contain_text("王示例")
        await keys.says("139 0000 0001")
        await expect(page.locator("#ready")).to_contain_text("基本信息够了")
        await picture(page, "21-console-intake.png", tmp_path)
        await fine(page)
        await page.set_viewport_size({"width": 1366, "height": 768})
        await keys.chord("Alt+r")
        await expect(page.locator("#ready")).to_contain_text("已核对")
        await keys.chord("Control+Enter")
        await expect(page.get_by_role("heading", level=1)).to_have_text("登记好了")
        await fine(page)
        print(keys.told)
        assert len(keys.groups) <= MOST_GROUPS, keys.told
        assert problems == []
    (case,) = [await here.core.case(one) for one in await records(here, "13900000001")]
    assert case is not None
    assert case.telephone is not None
    assert case.kept_by_hotline
    assert not case.telephone.unconfirmed


async def records(here: Office, phone: str) -> tuple[str, ...]:
    return await Finding(here.database, here.vault).find("jingxian", phone=phone)


async def test_from_a_caller_to_what_he_is_told(here: Office, tmp_path: Path) -> None:
    case = await here.case(key="5")
    async with tab(here, Role.HOTLINE) as (page, problems):
        keys = Keyboard(page)
        await page.goto(f"{here.url}/console/desk/")
        await keys.says("13800000005")
        await expect(page.get_by_role("status")).to_contain_text("找到1件")
        await expect(page.locator("main")).not_to_contain_text(case.number)
        await expect(page.locator("main")).not_to_contain_text("李示例")
        await fine(page)
        await keys.chord("Alt+1")
        await expect(page.get_by_role("heading", level=1)).to_have_text("先核对来电人")
        await fine(page)
        await keys.says("(JXLB)999999")
        await expect(page.get_by_role("alert")).to_contain_text("还可以试2次")
        await keys.says(case.number)
        await expect(page.get_by_role("heading", level=1)).to_contain_text(case.number)
        await fine(page)
        await picture(page, "22-console-desk.png", tmp_path)
        await keys.chord("Alt+u")
        await expect(page.get_by_role("status").first).to_contain_text("已办：催办")
        await fine(page)
        await keys.chord("Alt+h")
        await expect(page.locator(".number")).to_have_text(re.compile(r"^\d{3} \d{3} \d{3}$"))
        await expect(page.get_by_alt_text("交接码的二维码")).to_be_visible()
        await fine(page)
        print(keys.told)
        assert len(keys.groups) <= MOST_GROUPS
        # The wrong number is told by the status of its answer, which the browser notes.
        assert all("422" in one for one in problems), problems


async def test_from_hallo_to_a_code_for_what_is_not_registered(here: Office, tmp_path: Path) -> None:
    async with tab(here, Role.HOTLINE) as (page, problems):
        keys = Keyboard(page)
        await page.goto(f"{here.url}/console/intake/")
        await keys.chord("Alt+i")
        await expect(page.get_by_label("他说的话")).to_be_focused()
        await keys.chord("Alt+n")
        await expect(page.locator("#next")).not_to_contain_text("个人信息告知")
        await keys.says("水，王示例，139 0000 0001")
        await expect(page.locator("#understood")).to_contain_text("王示例")
        await fine(page)
        draft = page.url
        await keys.chord("Alt+h")
        await expect(page.get_by_role("heading", level=1)).to_have_text("这份登记的交接码")
        await expect(page.locator(".number")).to_have_text(re.compile(r"^\d{3} \d{3} \d{3}$"))
        await expect(page.get_by_alt_text("交接码的二维码")).to_be_visible()
        await fine(page)
        await picture(page, "26-console-draft-code.png", tmp_path)
        intake = draft.rpartition("/")[2]
        given = Giving(SealedBook(Conversations(here.port), here.vault), Intakes(here.database, here.vault))
        one = await given.kept("jingxian", intake)
        assert one is not None
        assert one.draft is not None
        assert await given.leave("jingxian", intake, "jingxian:o_wang", one.draft.revision, here.now) is not None
        await page.get_by_role("link", name="回到这一份").press("Enter")
        await expect(page.locator("main")).to_contain_text("这里不能再改")
        await fine(page)
        print(keys.told)
        assert problems == []


async def test_what_is_typed_is_shown_before_enter_and_not_kept(here: Office) -> None:
    async with tab(here, Role.HOTLINE) as (page, problems):
        await page.goto(f"{here.url}/console/intake/")
        await page.keyboard.press("Alt+i")
        await expect(page.get_by_label("他说的话")).to_be_focused()
        await page.keyboard.type("水和气")
        await expect(page.locator("#understood")).to_contain_text("水、气")
        await expect(page.get_by_label("他说的话")).to_have_value("水和气")
        await page.reload()
        await expect(page.locator("#understood")).not_to_contain_text("水、气")
        assert problems == []


async def test_what_was_typed_outlives_the_session(here: Office) -> None:
    async with tab(here, Role.HOTLINE) as (page, _):
        await page.goto(f"{here.url}/console/intake/")
        await page.keyboard.press("Alt+i")
        await expect(page.get_by_label("他说的话")).to_be_focused()
        started, held = page.url, await page.context.cookies()
        await page.context.clear_cookies()
        await page.keyboard.type("水和气")
        await page.keyboard.press("Enter")
        await expect(page.get_by_label("登录名")).to_be_visible()
        await page.context.add_cookies(held)  # type: ignore[arg-type]
        await page.goto(started)
        await expect(page.get_by_label("他说的话")).to_have_value("水和气")
        await page.reload()
        await expect(page.get_by_label("他说的话")).to_have_value("")


async def test_without_scripts(here: Office) -> None:
    session = await here.clerk(Role.HOTLINE)
    async with tab(here, Role.SUPERVISOR) as (first, _):
        assert first.context.browser is not None
        context = await first.context.browser.new_context(java_script_enabled=False)
        await context.add_cookies([{"name": "lianban_console", "value": session.cookie(), "url": here.url}])
        page = await context.new_page()
        await page.goto(f"{here.url}/console/intake/")
        await expect(page.get_by_role("button", name="新来电")).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(page.get_by_label("他说的话")).to_be_focused()
        for words in ("水", "同意", "泾川镇示范路9号", "王示例", "13900000002"):
            async with page.expect_navigation():
                await page.keyboard.type(words)
                await page.keyboard.press("Enter")
            await expect(page.get_by_label("他说的话")).to_be_focused()
        await expect(page.locator("#ready")).to_contain_text("基本信息够了")
        await page.get_by_role("button", name=re.compile("^登记")).press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_have_text("登记好了")
        await context.close()
