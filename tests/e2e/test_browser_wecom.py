"""One case in a real browser from the code at the hall to the rating: applicant, a steward on the official account, one on WeCom, and the hotline.

The pictures go to docs/screenshots with UPDATE_SCREENSHOTS=1, else nowhere that lasts.
"""

import os
import re

import pytest
from playwright.async_api import expect

from tests.e2e.process import ROOT
from tests.e2e.running import running, said
from tests.e2e.test_screenshots import BASICS, DESK, POCKET, Album, Hand, answer_the_rest, browser
from tests.e2e.test_wecom import CODE

pytestmark = pytest.mark.xdist_group("browser")

NUMBER = re.compile(r"XXLB\d+")
HOTLINE = "demo_xx_supervisor"


class Member(Hand):
    """A member of the enterprise: what he is asked comes as a card, and a press answers it with another message."""

    async def press(self, label, sees):
        self.taps += 1
        await self.phone.get_by_role("button", name=label, exact=True).last.click()
        await self.sees(sees)


async def scan(page, hand, scene):
    """From the phone's menu, as one of the codes that were made."""
    await hand.phone.get_by_role("button", name="的更多操作").click()
    await hand.phone.get_by_role("menuitem", name="扫码…").click()
    await page.get_by_role("button", name=scene, exact=True).click()

    async def scanned():
        await page.get_by_role("button", name="扫一扫").click()

    hand.taps += 4
    return await hand.answered(scanned)


async def the_survey(album, applicant, water, power, beside):
    """Proposed by one, agreed to by telephone; the hotline does it."""
    await water.sees("新任务")
    await power.sees("新任务")
    await album.take("9-wecom-task", POCKET, power)
    await power.press("接单", "已记录“接单”")
    await expect(power.phone.get_by_role("button", name="已选：接单")).to_be_disabled()
    await power.press("已联系", "已记录“已联系”")
    await water.tap("接单")
    await water.tap("已联系")
    await water.tap("约踏勘")
    await water.say("下周三上午九点")
    await applicant.sees("09:00")
    number = NUMBER.search(await applicant.replies.last.inner_text())[0]
    shown = await said("window", number, **beside)
    assert "等您答复" in shown
    await said("window", number, "agree", "--by", HOTLINE, **beside)
    # Written by another process: delivery comes by within ten seconds.
    await expect(power.phone.locator(".row.them:not(.passive)", has_text="约好了").last).to_be_visible(timeout=20_000)
    await album.take("10-wecom-chosen", POCKET, power)


async def the_works(water, power):
    """One taps, the other types: the same steps."""
    for label in ("踏勘意见", "1 符合", "接入方案"):
        await water.tap(label)
    for text in ("从路东主管接入", "5天"):
        await water.say(text)
    for label in ("2 不用", "5 都不动", "外线完工", "验收结果", "1 通过", "接通"):
        told = await water.tap(label)
    assert "已记录“接通”" in told
    for text in [
        "踏勘意见",
        "符合",
        "接入方案",
        "从路东主管接入",
        "5天",
        "不用",
        "都不动",
        "外线完工",
        "验收结果",
        "通过",
        "接通",
    ]:
        told = await power.say(text)
    assert "已记录“接通”" in told


async def test_from_the_code_at_the_hall_to_the_rating(tmp_path):
    update = os.environ.get("UPDATE_SCREENSHOTS") == "1"
    folder = ROOT / "docs" / "screenshots" if update else tmp_path / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    data = tmp_path / "data"
    async with running(data) as origin, browser() as opened:
        port = int(origin.rpartition(":")[2])
        beside = {"LIANBAN_DATA": str(data), "LIANBAN_SANDBOX": f"http://127.0.0.1:{port + 1}"}
        assert "县政务服务大厅" in await said("codes", "xinxiang", **beside)
        code = CODE.search(await said("staff", "code", "demo_xx_power", **beside))[1]
        page = await opened.new_page(viewport=DESK)
        page.set_default_timeout(10_000)
        problems = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        await page.goto(origin + "/")
        applicant, water, power = Hand(page, "o_xx_applicant"), Hand(page, "o_xx_water"), Member(page, "wc_xx_power")
        album = Album(page, folder)
        assert "绑定成功：郑明" in await power.say(f"绑定 {code}")

        assert "您在县政务服务大厅扫了码" in await scan(page, applicant, "lianban-at-hall")
        for one in BASICS:
            await (applicant.tap(one[1:]) if one.startswith("=") else applicant.say(one))
        await answer_the_rest(applicant)
        assert "已收到" in await applicant.tap("我承诺")

        await the_survey(album, applicant, water, power, beside)
        await the_works(water, power)
        assert "现在：已接通" in await applicant.say("进度")
        assert "满意" in await applicant.say("评价")
        assert "收到您的评价" in await applicant.say("满意")
        await album.take("11-rated", DESK, applicant)
        assert problems == []
        assert len(album.taken) == 3
