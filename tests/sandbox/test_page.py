"""The page of phones in a real browser."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect
from sandbox_product import Answer, Received
from sandbox_stage import XX, Stage
from wecom_stage import MEMBER, WeComStage, card, wecom_staged

from sandbox.accounts import SandboxConfig

pytestmark = pytest.mark.asyncio

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
CHOICE = '请选择：\n<a href="weixin://bizmsgmenu?msgmenucontent=新装&msgmenuid=w1">1 新装</a>'


@asynccontextmanager
async def opened(stage: Stage | WeComStage, **size: int) -> AsyncIterator[Page]:
    if not CHROMIUM.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{CHROMIUM} is missing: the page was not tested")
        pytest.skip(f"{CHROMIUM} IS MISSING: THE PAGE WAS NOT TESTED")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            page = await browser.new_page(viewport={"width": size["width"], "height": size["height"]})
            problems: list[str] = []
            page.on("pageerror", lambda error: problems.append(str(error)))
            page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
            await page.goto(str(stage.client.make_url("/")))
            yield page
            assert problems == []
        finally:
            await browser.close()


def answer(push: Received) -> Answer:
    return CHOICE if push.get("Event") == "subscribe" else f"收到 {push.get('Content')}"


async def test_follow_write_and_tap(stage: Stage) -> None:
    stage.product.handler = answer
    async with opened(stage, width=1280, height=900) as page:
        phone = page.locator(f'[data-openid="{XX}"]')
        await phone.get_by_role("button", name="关注公众号").click()
        await phone.get_by_role("button", name="1 新装").click()
        await expect(phone.get_by_text("收到 新装")).to_be_visible()
        assert stage.product.received[-1].get("bizmsgmenuid") == "w1"

        # What a person types is text on the page, whatever it looks like.
        words = "<img src=x onerror=alert(1)>"
        await phone.get_by_role("textbox").fill(words)
        await phone.get_by_role("textbox").press("Enter")
        await expect(phone.get_by_text(f"收到 {words}")).to_be_visible()
        await expect(phone.locator(".row.me", has_text=words)).to_have_count(1)

        await stage.act("follow", "o_xx_water")
        water = page.locator('[data-openid="o_xx_water"]')
        await expect(water.locator(".badge")).to_have_text("1")
        await water.get_by_role("textbox").click()
        await expect(water.locator(".badge")).to_be_hidden()

        await phone.get_by_label("的更多操作").click()
        await phone.get_by_role("menuitem", name="重发三次").click()
        await expect(page.locator("#toast")).to_contain_text("回复一致")

        await page.get_by_role("button", name="+1 天").click()
        await expect(page.locator("#shift")).to_have_text("快 1 天")
        assert stage.product.clocks == [{"offset": 86400.0}]


async def test_the_popup_of_an_opt_in_is_answered_template_by_template(stage: Stage) -> None:
    await stage.follow()
    async with opened(stage, width=1280, height=900) as page:
        phone = page.locator(f'[data-openid="{XX}"]')
        await phone.get_by_label("的更多操作").click()
        await phone.get_by_role("menuitem", name="订阅通知…").click()
        dialog = page.locator("#opt-in-dialog")
        visit = dialog.get_by_role("group", name="上门预约提醒")
        await visit.get_by_label("拒绝").check()
        await dialog.get_by_role("group", name="办理结果通知").get_by_label("不问这个").check()
        await dialog.get_by_label("总是保持以上选择").check()
        await dialog.get_by_role("button", name="确定").click()
        push = await stage.product.next()
        assert (push.get("Event"), push.xml.count("accept"), push.xml.count("reject")) == (
            "subscribe_msg_popup_event",
            1,
            1,
        )

        await phone.get_by_label("的更多操作").click()
        await phone.get_by_role("menuitem", name="设置里关掉“办件进度通知”").click()
        push = await stage.product.next()
        assert push.get("SubscribeMsgChangeEvent/List/TemplateId") == "sub_xx_progress"

        await phone.get_by_label("的更多操作").click()
        await phone.get_by_role("menuitem", name="订阅通知…").click()
        await expect(visit).to_contain_text("照以前选的：拒绝")
        if os.environ.get("OPT_IN_SHOT"):
            await page.screenshot(path=os.environ["OPT_IN_SHOT"])
        await dialog.get_by_role("button", name="确定").click()
        push = await stage.product.next()
        assert (push.xml.count("accept"), push.xml.count("reject")) == (1, 2)
        assert (await stage.phone())["opt_ins"]["standing"] == ["sub_xx_result"]


async def test_on_a_small_screen_one_phone_at_a_time(stage: Stage) -> None:
    stage.product.handler = answer
    await stage.act("follow")
    async with opened(stage, width=390, height=844) as page:
        phones = page.locator(".phone:visible")
        await expect(phones).to_have_count(1)
        await expect(phones.get_by_text("请选择")).to_be_visible()
        await stage.act("follow", "o_xx_power")
        chip = page.locator(".chip", has_text="供电")
        await expect(chip.locator(".badge")).to_have_text("1")
        await chip.click()
        await expect(phones).to_have_attribute("data-openid", "o_xx_power")
        await expect(chip.locator(".badge")).to_be_hidden()
        await expect(phones.get_by_role("textbox")).to_be_in_viewport(ratio=1)
        assert await page.evaluate("document.documentElement.scrollWidth") <= 390


async def test_a_card_of_wecom_is_pressed_and_then_says_what_was_chosen(config: SandboxConfig) -> None:
    async with wecom_staged(config) as stage:
        await stage.send("template_card", card())
        stage.product.handler = lambda _: {"MsgType": "update_button", "Button/ReplaceName": "已接单"}
        async with opened(stage, width=1280, height=900) as page:
            phone = page.locator(f'[data-openid="{MEMBER}"]')
            await expect(phone.get_by_text("新乡县联办工作台").first).to_be_visible()
            await phone.get_by_role("button", name="接单").click()
            await expect(phone.get_by_role("button", name="已接单")).to_be_disabled()
            await expect(phone.get_by_role("button", name="转给同事")).to_have_count(0)
            assert stage.product.heard[-1].get("EventKey") == "i:1:take"
