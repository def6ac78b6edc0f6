"""Whoever supervises, in a real browser and by keyboard alone: from what is late to the case and why, and a bulletin issued.

Pictures go to docs/screenshots with UPDATE_SCREENSHOTS=1, else nowhere that lasts.
"""

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from handlers.rated import Bad, RatingsBook, RatingsSeen
from model.calendar import CHINA
from model.case import Rating
from model.commands.intake import Take
from model.commands.unreached import ReportUnreached
from model.funnel import Funnel, Stop
from model.login import Role
from routing.marks import Marks, Ratings
from storage.funnels import Funnels
from tests.console.office import Office
from tests.console.test_browser_console import DESK, POCKET, fine, picture, pytestmark, tab

__all__ = ["pytestmark"]

SEEN = "/console/supervision"


async def a_busy_county(here: Office) -> None:
    """Cases of three days: some late, some nearly, some that stand still; and a count of the funnel."""
    for number, services in enumerate(("水", "水、电", "电、气", "水、电、气", "网"), 1):
        await here.case(key=str(number), 办理业务=services)
        here.later(hours=0.5)
    stuck = await here.case(key="6", 办理业务="电")
    order = stuck.orders[0].id
    await here.do(stuck, Take(order=order), staff="jingxian-power_company", role="steward")
    for day, hour in ((23, 15), (24, 10), (24, 15)):
        here.times.append(dt.datetime(2026, 11, day, hour, tzinfo=CHINA))
        await here.do(stuck, ReportUnreached(order=order), staff="jingxian-power_company", role="steward")
    for number, day in enumerate((25, 25, 26, 26), 7):
        here.times.append(dt.datetime(2026, 11, day, 10, tzinfo=CHINA))
        await here.case(key=str(number), 办理业务="水、电")
    here.later(hours=1)
    county = here.counties["jingxian"]
    places = ["notice", *list(county.form.fields)[:7], "review"]
    stops = tuple(Stop(place=one, drafts=3 * at + 2, rest=2 * at) for at, one in enumerate(places))
    await Funnels(here.database).put(
        Funnel(county="jingxian", counted_at=here.now, days=30, begun=60, reviewed=12, stops=stops)
    )


async def fine_everywhere(page: Page) -> None:
    """As on a desk, so on a phone."""
    await fine(page)
    found = (await Axe().run(page)).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == [], page.url


async def told_to(page: Page, key: str, times: int = 60) -> None:
    """Tab until what is focused has these words."""
    for _ in range(times):
        await page.keyboard.press("Tab")
        if key in await page.evaluate("document.activeElement.textContent"):
            return
    raise AssertionError(f"nobody comes to {key} by Tab")


async def shown(page: Page, name: str, tmp_path: Path) -> None:
    """As it looks on a desk, and on a phone; what has a number is for the docs."""
    if name[0].isdigit():
        await picture(page, name, tmp_path)
    for size, where in ((DESK, "desk"), (POCKET, "phone")):
        await page.set_viewport_size(size)  # type: ignore[arg-type]
        await page.screenshot(path=tmp_path / f"{where}-{name}", animations="disabled", full_page=True)


async def test_from_what_is_late_to_the_case_by_keyboard(here: Office, tmp_path: Path) -> None:
    await a_busy_county(here)
    async with tab(here, Role.SUPERVISOR) as (page, problems):
        await page.goto(f"{here.url}/console/")
        await told_to(page, "督办")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_have_text("总览")
        await expect(page.get_by_role("img", name="各单位的期限")).to_be_visible()
        await fine_everywhere(page)
        await shown(page, "24-supervision.png", tmp_path)
        await page.locator("#fresh a.late").first.focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_have_text("超时清单")
        await expect(page.get_by_role("status")).to_contain_text("个期限")
        await expect(page.get_by_label("状态")).to_have_value("late")
        await fine_everywhere(page)
        await page.get_by_label("状态").focus()
        await page.keyboard.press("End")  # 全部
        for name in ("单位", "环节"):
            await page.get_by_label(name).focus()
            await page.keyboard.press("Home")  # 全部
        await page.get_by_role("button", name="查看").press("Enter")
        await expect(page.get_by_text("联系不上申请人").first).to_be_visible()
        await fine_everywhere(page)
        await shown(page, "25-late.png", tmp_path)
        await page.get_by_role("table").get_by_role("link").first.focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_contain_text("办件")
        for path, name in (("funnel", "funnel.png"), ("ratings", "ratings.png"), ("ledger", "ledger.png")):
            await page.goto(f"{here.url}{SEEN}/{path}")
            await fine_everywhere(page)
            await shown(page, name, tmp_path)
        assert problems == []


async def test_a_bulletin_is_issued_by_keyboard(here: Office, tmp_path: Path) -> None:
    await a_busy_county(here)
    here.times.append(dt.datetime(2026, 12, 1, 9, tzinfo=CHINA))
    async with tab(here, Role.SUPERVISOR) as (page, problems):
        await page.goto(f"{here.url}{SEEN}/bulletins")
        await fine_everywhere(page)
        await told_to(page, "2026年11月")
        await page.keyboard.press("Enter")
        await page.get_by_label("核对过了").press("Space")
        await page.get_by_role("button", name="发出").focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("数字不再改动。").first).to_be_visible()
        await page.get_by_label("哪里不对，依据是什么").focus()
        await page.keyboard.type("少算了一件，见办件编号")
        await page.get_by_role("button", name="提交异议").press("Enter")
        await expect(page.get_by_role("heading", name="第1条")).to_be_visible()
        await fine_everywhere(page)
        await shown(page, "bulletin.png", tmp_path)
        async with page.expect_download() as started:
            await page.get_by_role("button", name="下载文档").press("Enter")
        assert (await started.value).suggested_filename.endswith("2026年11月通报.docx")
        assert problems == []


async def test_marks_with_their_cases(here: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the book has them, of marks that are made up: what it hands out is tested beside it."""
    scale = here.counties["jingxian"].process.rating
    assert scale is not None
    good, fair, bad = scale.scale[0], scale.scale[1], scale.bad[0]
    marks = Marks(Counter({good: 12, fair: 4, bad: 2}), Counter(), waiting=1)
    rating = Rating(mark=bad, bad=True, at=here.now, order="o", reason=scale.reasons[0])
    case = await here.case(key="1")
    lines = [
        Bad(case.id, case.number, "用水业务", "供水公司", rating),
        Bad(
            case.id, case.number, "用水业务", "供水公司", rating.model_copy(update={"called_back": "道过歉，加急办了"})
        ),
    ]
    counted = Ratings(marks, {"water_company": marks, "power_company": marks}, {"contact": marks}, marks)
    found = RatingsSeen(counted, Counter({scale.reasons[0]: 1, "": 1}), lines, own=1)

    async def month(*_: Any) -> RatingsSeen:
        return found

    monkeypatch.setattr(RatingsBook, "month", month)
    async with tab(here, Role.SUPERVISOR) as (page, problems):
        await page.goto(f"{here.url}{SEEN}/ratings")
        await fine_everywhere(page)
        await shown(page, "ratings.png", tmp_path)
        await expect(page.get_by_text("2/18（11%）").first).to_be_visible()
        await expect(page.get_by_text("另有1条不满意的办件是您经办的")).to_be_visible()
        await page.get_by_role("link", name=case.number).first.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_contain_text(case.number)
        assert problems == []


async def test_an_open_overview_follows(here: Office) -> None:
    async with tab(here, Role.LEAD, body="water_company") as (page, problems):
        async with page.expect_response(lambda one: "/console/live" in one.url):
            await page.goto(f"{here.url}{SEEN}")
        await expect(page.get_by_text("现在没有在走的期限")).to_be_visible()
        await here.case(key="1")
        here.console.live.wake()
        await expect(page.get_by_role("row", name="供水公司")).to_be_visible()
        assert problems == []
