"""The page on which notices are agreed to: what it says, what it refuses, and that the platform lets it in."""

import asyncio
import html
import json
import re
from typing import Any

import pytest

from bot.channels.wechat.js_ticket import js_signature
from tests.pages.town import OPT_IN, Browser, Page, Town


def data(page: Page, name: str) -> Any:
    match = re.search(rf'data-{name}="([^"]*)"', page.text)
    assert match is not None
    return json.loads(html.unescape(match[1]))


async def asked(browser: Browser, page: Page, url: str) -> str:
    """What the platform says of the page's configuration, on a page that is at `url`."""
    config = data(page, "config")
    query = {"appid": config["appId"], "timestamp": str(config["timestamp"]), "nonce": config["nonceStr"], "url": url}
    query |= {"signature": config["signature"], "tags": ",".join(config["openTagList"]), "callback": "wxcb1"}
    async with browser.session.get(f"{browser.town.platform}/sandbox/jssdk/config", params=query) as answer:
        return str(json.loads((await answer.text()).removeprefix("wxcb1(").removesuffix(");"))["errMsg"])


async def test_it_says_what_each_notice_is_for(browser: Browser) -> None:
    page = await browser.sign_in()
    assert re.findall(r"<li>(.*)</li>", page.text) == ["约上门的时间，等您答复", "接通了、办完了，请您评价"]
    assert '<wx-open-subscribe hidden template="T-survey,T-done">' in page.text
    assert data(page, "said")["about"] == {"T-survey": "约上门的时间，等您答复", "T-done": "接通了、办完了，请您评价"}
    assert "applicant" not in page.text
    more = await browser.get("/pages/opt-in/xinxiang?templates=T-other,,T-task,T-other")
    assert re.findall(r"<li>(.*)</li>", more.text) == ["办件的其他进展", "派给您的任务和提醒"]


async def test_what_goes_for_good_has_a_button_of_its_own(browser: Browser) -> None:
    """Platform rule: one popup does not ask for both kinds (20002)."""
    page = await browser.sign_in("/pages/opt-in/xinxiang?templates=T-survey,L-opinion,T-done,T-other")
    assert re.findall(r"<h2>(.*?)</h2>", page.text) == ["同意一次，以后都告诉您", "同意一次，告诉您一次，到时再问您"]
    assert re.findall(r'subscribe hidden template="(.*?)"', page.text) == ["L-opinion", "T-survey,T-done,T-other"]


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("", 404, "没有写是哪些通知"),
        ("?templates=", 404, "没有写是哪些通知"),
        ("?templates=,,", 404, "没有写是哪些通知"),
        ("?templates=T-gone", 404, "没有这种通知"),
        ("?templates=T-survey,T-gone", 404, "没有这种通知"),
        ("?templates=applicant.connected", 404, "没有这种通知"),
        ("?templates=%22%3E%3Cscript%3E", 404, "没有这种通知"),
        ("?templates=T-survey,T-done,T-other,T-task", 400, "最多问三种"),
    ],
)
async def test_a_link_that_is_not_whole(browser: Browser, query: str, status: int, words: str) -> None:
    await browser.sign_in()
    page = await browser.get(f"/pages/opt-in/xinxiang{query}")
    assert (page.status, words in page.text) == (status, True)
    assert "<script>" not in page.text


async def test_the_platform_lets_the_page_in_at_its_address_only(here: Town, browser: Browser) -> None:
    await browser.sign_in()
    for path in (OPT_IN, OPT_IN + "&from=singlemessage&isappinstalled=0", OPT_IN + "&x=%E7%94%B2%20b"):
        page = await browser.get(path)
        assert page.status == 200
        assert await asked(browser, page, here.url + path) == "config:ok"
        assert await asked(browser, page, here.url + path + "&y=1") == "config:invalid signature"


def test_the_signature_is_that_of_the_document() -> None:
    """JS-SDK, 附录1; what stands behind # is no part of it."""
    ticket = "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg"
    for url in ("http://mp.weixin.qq.com?params=value", "http://mp.weixin.qq.com?params=value#wechat_redirect"):
        signed = js_signature(ticket, url, 1414587457.9, "Wm3WZYTPz0wzccnW")
        assert signed.signature == "0f9de62fce790f9a083d5c99e95740ceb90c27ed"
        assert signed.timestamp == 1414587457


async def test_without_a_ticket_one_may_try_again(here: Town, browser: Browser) -> None:
    await here.fault("ticket/getticket", errcode=45009)
    page = await browser.sign_in()
    assert (page.status, "现在连不上微信" in page.text) == (503, True)
    assert f'class="go" href="{html.escape(OPT_IN)}"' in page.text
    assert (await browser.get(OPT_IN)).status == 200


async def test_one_ticket_for_any_number_of_processes(here: Town) -> None:
    """Asked once by eight at the same time, kept beside the access token, and asked again when it is over."""
    account = here.accounts[0]
    found = set(await asyncio.gather(*(here.client(account).js_ticket() for _ in range(8))))
    assert len(found) == 1
    assert here.world.js_tickets.good("xinxiang", here.clock.now()) == list(found)
    assert here.world.halls["xinxiang"].door.used("ticket/getticket", here.clock.now()) == 1
    here.clock.set(7150)
    renewed = await here.client(account).js_ticket()
    assert renewed not in found
    assert await here.client(account).js_ticket() == renewed


async def test_a_ticket_that_the_platform_does_not_know_any_more_is_replaced(here: Town, browser: Browser) -> None:
    page = await browser.sign_in()
    here.world.js_tickets = type(here.world.js_tickets)()
    assert await asked(browser, await browser.get(OPT_IN), here.url + OPT_IN) == "config:invalid signature"
    form = {"proof": browser.proof(page), "mark": re.findall(r'data-mark="(\w+)"', page.text)[0]}
    where = "/pages/opt-in/xinxiang/not-let-in"
    assert (await browser.post(where, form | {"mark": "of another"})).status == 204  # it has been replaced meanwhile
    assert await asked(browser, await browser.get(OPT_IN), here.url + OPT_IN) == "config:invalid signature"
    assert (await browser.post(where, form)).status == 204
    mended = await browser.get(OPT_IN)
    assert await asked(browser, mended, here.url + OPT_IN) == "config:ok"
    form["mark"] = re.findall(r'data-mark="(\w+)"', mended.text)[0]
    assert (await browser.post(where, form)).status == 202  # not so often on a page's word
    assert await asked(browser, await browser.get(OPT_IN), here.url + OPT_IN) == "config:ok"
    assert (await browser.post(where, {"mark": form["mark"]})).status == 403


async def test_a_token_that_was_refused_is_fetched_again_for_the_ticket(here: Town) -> None:
    await here.fault("ticket/getticket", invalidate=True)
    assert isinstance(await here.client(here.accounts[0]).js_ticket(), str)
