"""The whole job in a real browser, with and without scripts: begin, fill in, be wrong, upload, talk in between, hand in, see how it stands.

Pictures go to docs/screenshots with UPDATE_SCREENSHOTS=1, else nowhere that lasts.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import BrowserContext, Page, expect

from tests.e2e.test_screenshots import MOST_BYTES, browser
from tests.pages.counter import FORM, PROGRESS, Counter
from tests.pages.pictures import PDF, PNG
from tests.pages.town import WECHAT, XX

pytestmark = pytest.mark.xdist_group("browser")

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
POCKET, DESK = {"width": 390, "height": 844}, {"width": 1366, "height": 768}
HEAVIEST = 150 * 1024


@asynccontextmanager
async def phone(behind: Counter, *, scripts: bool) -> AsyncIterator[tuple[Page, list[str]]]:
    """In the applicant's hand, signed in on the way to the form."""
    problems: list[str] = []
    async with browser() as opened:
        context: BrowserContext = await opened.new_context(
            viewport=POCKET, user_agent=WECHAT, java_script_enabled=scripts
        )
        context.set_default_timeout(10_000)
        context.on("weberror", lambda error: problems.append(str(error.error)))
        # A page that says what is wrong answers 422, which the browser writes down as well.
        context.on(
            "console",
            lambda one: (
                problems.append(one.text) if one.type in {"error", "warning"} and "422" not in one.text else None
            ),
        )
        page = await context.new_page()
        await page.goto(f"{behind.town.platform}/sandbox/phones/xinxiang/{XX}/open?url={behind.town.url}{FORM}")
        yield page, problems


class Eye:
    """Looks at every page: nothing that axe finds, nothing that sticks out, nothing heavy."""

    def __init__(self, folder: Path, *, axe: bool) -> None:
        """`axe` is a script itself: where there are none, the same pages have been looked at with it."""
        self.axe = axe
        self.folder = FOLDER if os.environ.get("UPDATE_SCREENSHOTS") == "1" else folder

    async def on(self, page: Page, name: str = "") -> None:
        if not self.axe:
            return
        found = (await Axe().run(page)).response["violations"]
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == [], page.url
        for size in (DESK, POCKET):
            await page.set_viewport_size(size)  # type: ignore[arg-type]
            assert await page.evaluate("document.documentElement.scrollWidth") <= size["width"], page.url
        weight = await page.evaluate(
            "performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource'))"
            ".reduce((sum, one) => sum + one.encodedBodySize, 0)"
        )
        assert 0 < weight < HEAVIEST, page.url
        if name:
            await page.screenshot(path=self.folder / name, animations="disabled", caret="hide")
            assert (self.folder / name).stat().st_size < MOST_BYTES


async def go_on(page: Page) -> None:
    await page.get_by_role("button", name="保存，看下一部分").click()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
async def test_the_whole_job(behind: Counter, tmp_path: Path, scripts: bool) -> None:
    eye = Eye(tmp_path, axe=scripts)
    photo, paper, page_of_html = tmp_path / "证.png", tmp_path / "图.pdf", tmp_path / "坏.jpg"
    photo.write_bytes(PNG)
    paper.write_bytes(PDF)
    page_of_html.write_text("<html>", "utf-8")
    async with phone(behind, scripts=scripts) as (page, problems):
        await expect(page.get_by_role("heading", name="在网页上填申请表")).to_be_visible()
        await eye.on(page)
        await page.get_by_role("button", name="开始填").click()
        await expect(page.get_by_role("heading", name="个人信息告知")).to_be_visible()
        await eye.on(page)
        await page.get_by_role("button", name="同意，继续").click()
        await eye.on(page)
        await page.get_by_role("link", name="接着填：选择事项").click()
        await eye.on(page)

        # By section: only what was chosen is asked.
        await page.get_by_role("checkbox", name="用水").check()
        await page.get_by_role("checkbox", name="热力").check()
        await go_on(page)
        await expect(page.get_by_role("heading", name="基本信息")).to_be_visible()
        await page.get_by_role("radio", name="自然人").check()
        await page.get_by_label("联系电话").fill("138")
        await page.get_by_label("建设单位(自然人)名称").fill("李示例")
        await eye.on(page)
        await go_on(page)
        await expect(page.get_by_role("alert")).to_contain_text("号码只有3位")
        await eye.on(page, "13-form-wrong.png" if scripts else "")
        field = page.get_by_label("联系电话")
        await expect(field).to_have_value("138")
        assert "phone-problem" in (await field.get_attribute("aria-describedby") or "")
        await page.get_by_role("alert").get_by_role("link", name="联系电话").click()
        await field.fill("13800000000")
        await page.get_by_role("button", name="不同意", exact=True).first.click()
        await expect(page.get_by_text("您没有同意，号码不在这里填").first).to_be_visible()
        await expect(page.get_by_label("联系电话")).to_have_value("13800000000")
        await eye.on(page)

        await talk_between(behind, page)
        await go_on(page)
        await expect(page.get_by_role("heading", name="用水", exact=True)).to_be_visible()
        await page.get_by_role("checkbox", name="新装").check()
        await page.get_by_role("radio", name="居民生活").first.check()
        await eye.on(page)
        await go_on(page)

        await expect(page.get_by_role("heading", name="热力", exact=True)).to_be_visible()
        await heating(page, eye, photo, paper, page_of_html, "14-form-papers.png" if scripts else "")
        await page.get_by_label("姓名").fill("李示例")
        await page.get_by_label("电话", exact=True).fill("13800000000")
        await eye.on(page)
        await go_on(page)

        await hand_in(behind, page, eye, pictures=scripts)
        assert problems == []


async def talk_between(behind: Counter, page: Page) -> None:
    """What he answers in the chat stands on the page, and what he has answered there is known in the chat."""
    reply = await behind.say("你好")
    assert "您在网页上填的" in reply.text
    await behind.say("小冀镇示范路10号")
    await page.reload()
    await expect(page.get_by_label("建设单位(自然人)地址")).to_have_value("小冀镇示范路10号")
    await page.get_by_label("工程项目地址").fill("小冀镇示范路10号")
    await page.get_by_role("group", name="外线工程").get_by_role("radio", name="否").check()


async def hand_in(behind: Counter, page: Page, eye: Eye, *, pictures: bool) -> None:
    """Reviewed, promised, handed in; then somebody takes it, and the progress says so."""
    await expect(page.get_by_role("heading", name="请核对")).to_be_visible()
    await eye.on(page, "15-form-review.png" if pictures else "")
    await page.get_by_role("button", name="提交申请").click()
    await expect(page.get_by_role("alert")).to_contain_text("还没有提交")
    await eye.on(page)
    await page.get_by_role("checkbox", name="都对，我这样承诺").check()
    await page.get_by_role("button", name="提交申请").click()
    [case] = await behind.core.cases("xinxiang", XX)
    await expect(page.get_by_role("status")).to_contain_text(f"您的申请已收到，办件号{case.number}")
    await expect(page.get_by_text("交申请").first).to_be_visible()
    await eye.on(page)

    await behind.take(case.id)
    await page.goto(f"{behind.town.url}{PROGRESS}")
    await expect(page.get_by_text("接单").first).to_be_visible()
    await eye.on(page, "16-progress.png" if pictures else "")


async def heating(page: Page, eye: Eye, photo: Path, paper: Path, wrong: Path, picture: str) -> None:
    """Numbers, a date, radios, and papers: two for one of them, one that is none, and the rest to follow."""
    numbers = {
        "总规划面积": "10万",
        "分期数": "1",
        "本次申请期": "1",
        "本次申请楼号": "3号楼",
        "规划建筑面积": "52000",
        "申请入网面积": "49000",
    }
    for name, text in numbers.items():
        await page.get_by_label(name).first.fill(text)
    for name in ("热力配套费是否已缴纳", "换热站", "庭院管网建设", "热量表是否安装"):
        await page.get_by_role("group", name=name).get_by_role("radio").last.check()
    await page.get_by_label("拟用热时间").fill("2027-11-15")
    plan = page.get_by_role("group", name="小区规划平面图")
    await plan.get_by_label("选照片或PDF").set_input_files([photo, paper])
    await page.get_by_role("group", name="规划许可证").get_by_label("选照片或PDF").set_input_files(wrong)
    await go_on(page)
    await expect(page.get_by_role("alert")).to_contain_text("这个文件不能收")
    await expect(plan.get_by_role("listitem")).to_have_count(2)
    await eye.on(page, picture)
    await plan.get_by_role("button", name="删掉1（PNG）").click()
    await expect(plan.get_by_role("listitem")).to_have_count(1)
    for name in ("规划许可证", "用热面积表", "配套费缴纳票据"):
        group = page.get_by_role("group", name=name)
        if await group.count():
            await group.get_by_role("checkbox", name="后面补").check()
    await go_on(page)
