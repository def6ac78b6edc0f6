"""Pages opened in the stand-in's WeChat, by the rules of the documents: 网页授权, jsapi_ticket, JS-SDK, 订阅通知 from a page."""

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from sandbox_stage import XX, Stage, staged

from sandbox.accounts import SandboxConfig, SubscriptionConfig
from sandbox.jssdk import signature

pytestmark = pytest.mark.asyncio

BACK = "http://127.0.0.1:9/back"
PAGE = "http://127.0.0.1:9/page?a=1"


async def in_wechat(stage: Stage, openid: str = XX) -> None:
    """From here on the browser is that of this phone."""
    path = f"/sandbox/phones/{stage.account.id}/{openid}/open"
    response = await stage.client.get(path, params={"url": PAGE}, allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (302, PAGE)


async def authorize(stage: Stage, query: str = "", **changed: str) -> tuple[str, dict[str, str]]:
    """What the page says, or what it brings back."""
    given = {
        "appid": stage.account.appid,
        "redirect_uri": BACK,
        "response_type": "code",
        "scope": "snsapi_base",
        "state": "abc123",
    } | changed
    url = f"/connect/oauth2/authorize?{query or urlencode(given)}"
    response = await stage.client.get(url, allow_redirects=False)
    if response.status == 302:
        found = urlsplit(response.headers["Location"])
        return found._replace(query="").geturl(), {name: one[0] for name, one in parse_qs(found.query).items()}
    return await response.text(), {}


async def exchange(stage: Stage, **changed: str) -> Any:
    query = {"appid": stage.account.appid, "secret": stage.account.appsecret, "grant_type": "authorization_code"}
    response = await stage.client.get("/sns/oauth2/access_token", params=query | changed)
    return await response.json()


async def test_a_code_is_brought_back_and_is_good_for_one_exchange(stage: Stage) -> None:
    await in_wechat(stage)
    where, brought = await authorize(stage)
    assert (where, brought["state"]) == (BACK, "abc123")
    found = await exchange(stage, code=brought["code"])
    assert (found["openid"], found["scope"], found["expires_in"]) == (XX, "snsapi_base", 7200)
    assert (await stage.api("user/info", token=found["access_token"]))["errcode"] in {40001, 40014}
    assert (await exchange(stage, code=brought["code"]))["errcode"] == 40163


async def test_a_code_ends_after_five_minutes(stage: Stage) -> None:
    await in_wechat(stage)
    _, early = await authorize(stage)
    _, late = await authorize(stage)
    stage.clock.set(299)
    assert (await exchange(stage, code=early["code"]))["openid"] == XX
    stage.clock.set(301)
    assert (await exchange(stage, code=late["code"]))["errcode"] == 42003


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"appid": ""}, 41002), ({"secret": ""}, 41004), ({"code": ""}, 41008), ({"grant_type": "client_credential"}, 40002),
        ({"appid": "wx0000000000000000"}, 40013), ({"secret": "0" * 32}, 40125), ({"code": "nobody's"}, 40029),
        ({"appid": "wxf4688346ecdca1f4", "secret": "defc1617ef4827904abf7a32d012b9cf"}, 40029),
    ],
)  # fmt: skip
async def test_what_an_exchange_refuses(stage: Stage, changed: dict[str, str], code: int) -> None:
    """The last is the code of another account."""
    await in_wechat(stage)
    _, brought = await authorize(stage)
    assert (await exchange(stage, **{"code": brought["code"]} | changed))["errcode"] == code


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"appid": ""}, "10012"), ({"redirect_uri": ""}, "10011"), ({"scope": ""}, "10010"), ({"state": ""}, "10013"),
        ({"scope": "snsapi_userinfo"}, "10005"), ({"appid": "wx0000000000000000"}, "40013"),
        ({"redirect_uri": "https://other.example/back"}, "10003"), ({"redirect_uri": "https://a.127.0.0.1/"}, "10003"),
        ({"redirect_uri": "127.0.0.1/back"}, "10003"), ({"state": "a-b"}, "字母和数字"), ({"state": "a" * 129}, "字母和数字"),
        ({"response_type": "token"}, "无法访问"),
    ],
)  # fmt: skip
async def test_what_the_page_of_consent_refuses(stage: Stage, changed: dict[str, str], said: str) -> None:
    await in_wechat(stage)
    words, brought = await authorize(stage, **changed)
    assert said in words
    assert not brought


async def test_the_link_is_matched_as_a_pattern(stage: Stage) -> None:
    """Parameters in another order, and a return address that was not encoded, which then gives parameters of its own."""
    await in_wechat(stage)
    appid = stage.account.appid
    swapped = f"redirect_uri={BACK}&appid={appid}&response_type=code&scope=snsapi_base&state=a"
    assert "无法访问" in (await authorize(stage, swapped))[0]
    bare = f"appid={appid}&redirect_uri={BACK}?scope=x&response_type=code&state=b&scope=snsapi_base&state=a"
    assert "无法访问" in (await authorize(stage, bare))[0]


async def test_an_ordinary_browser_is_told_to_open_it_in_wechat(stage: Stage) -> None:
    assert "请在微信客户端打开链接" in (await authorize(stage))[0]


async def test_somebody_of_another_account_has_another_openid_there(stage: Stage) -> None:
    await in_wechat(stage)
    other = {"appid": "wxf4688346ecdca1f4", "secret": "defc1617ef4827904abf7a32d012b9cf"}
    _, brought = await authorize(stage, appid=other["appid"])
    found = (await exchange(stage, code=brought["code"], **other))["openid"]
    assert found != XX
    assert len(found) == 28


async def test_an_exchange_may_fail_on_order(stage: Stage) -> None:
    body = {"path": "sns/oauth2/access_token", "errcode": -1}
    assert (await stage.client.post(f"/sandbox/faults/{stage.account.id}", json=body)).status == 200
    assert (await exchange(stage, code="x"))["errcode"] == -1
    assert (await exchange(stage, code="x"))["errcode"] == 40029


async def test_each_phone_has_the_cookies_that_were_set_for_it(stage: Stage) -> None:
    def cookies() -> dict[str, str]:
        return {one.key: one.value for one in stage.client.session.cookie_jar}

    stage.client.session.cookie_jar.update_cookies({"ours": "of nobody"}, stage.client.make_url("/"))
    await in_wechat(stage)
    assert "ours" not in cookies()
    stage.client.session.cookie_jar.update_cookies({"ours": "of the first"}, stage.client.make_url("/"))
    await in_wechat(stage, "o_xx_water")
    assert "ours" not in cookies()
    await in_wechat(stage)
    assert cookies()["ours"] == "of the first"


async def ticket(stage: Stage) -> str:
    found = await stage.api("ticket/getticket", type="jsapi")
    assert (found["errcode"], found["errmsg"]) == (0, "ok")
    return str(found["ticket"])


async def test_the_ticket_is_one_until_its_end(stage: Stage) -> None:
    assert (await stage.api("ticket/getticket", type="card"))["errcode"] == 40097
    assert (await stage.api("ticket/getticket", token="", type="jsapi"))["errcode"] == 41001
    first = await ticket(stage)
    stage.clock.set(6000)
    assert await ticket(stage) == first
    stage.clock.set(6901)
    assert await ticket(stage) != first


async def test_the_signature_is_that_of_the_document() -> None:
    """JS-SDK, 附录1."""
    ticket = "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg"
    assert signature(ticket, "Wm3WZYTPz0wzccnW", "1414587457", "http://mp.weixin.qq.com?params=value") == (
        "0f9de62fce790f9a083d5c99e95740ceb90c27ed"
    )


async def script(stage: Stage, path: str, **query: str) -> Any:
    response = await stage.client.get(f"/sandbox/jssdk/{path}", params={"callback": "wxcb1"} | query)
    match = re.fullmatch(r"wxcb1\((.*)\);", await response.text())
    assert match is not None
    return json.loads(match[1])


async def configured(stage: Stage, made_with: str, **changed: str) -> Any:
    made = {
        "appid": stage.account.appid,
        "timestamp": "1",
        "nonce": "n",
        "url": PAGE,
        "tags": "wx-open-subscribe",
        "signature": signature(made_with, "n", "1", PAGE),
    }
    return await script(stage, "config", **made | changed)


async def test_a_page_is_let_in_by_its_signature_and_address(stage: Stage) -> None:
    good = await ticket(stage)
    assert await configured(stage, good) == {"outside": True}
    await in_wechat(stage)
    assert (await configured(stage, good))["errMsg"] == "config:ok"
    assert (await configured(stage, good, tags="wx-open-launch-app"))["tags"] == []
    for made_with, changed, said in (
        ("another", {}, "config:invalid signature"),
        (good, {"url": PAGE + "&more"}, "config:invalid signature"),
        (good, {"timestamp": "2"}, "config:invalid signature"),
        (good, {"appid": "wx0000000000000000"}, "config:invalid appid"),
        (good, {"url": "https://other.example/"}, "config:invalid url domain"),
    ):
        assert (await configured(stage, made_with, **changed))["errMsg"] == said
    stage.clock.set(7201)
    assert (await configured(stage, good))["errMsg"] == "config:invalid signature"


async def test_whoever_allows_in_the_popup_is_told_to_the_account(config: SandboxConfig) -> None:
    templates = [SubscriptionConfig(template_id=f"T{number}", title=f"通知{number}") for number in range(4)]
    templates.append(SubscriptionConfig(template_id="L", title="长期", kind="long_term"))
    account = config.accounts[0].model_copy(update={"subscriptions": tuple(templates)})
    async with staged(config.model_copy(update={"accounts": (account, *config.accounts[1:])})) as stage:
        await stage.follow()
        await in_wechat(stage)
        key = (await configured(stage, await ticket(stage)))["key"]
        assert (await script(stage, "ask", key=key, templates="T0,T1"))["titles"] == ["通知0", "通知1"]

        told = await script(stage, "subscribe", key=key, templates="T0,T1", accept="1")
        assert told["errMsg"] == "subscribe:ok"
        assert json.loads(json.loads(told["subscribeDetails"])["T1"])["status"] == "accept"
        push = await stage.product.next()
        assert push.get("Event") == "subscribe_msg_popup_event"
        assert push.xml.count("accept") == 2

        for given, code in (("", 10001), ("T9", 20001), ("T0,L", 20002), ("T0,T1,T2,T3", 20003)):
            assert (await script(stage, "subscribe", key=key, templates=given, accept="1"))["errCode"] == code
        assert (await script(stage, "subscribe", key="forged", templates="T0", accept="1"))["errCode"] == 10003
        await stage.act("block_templates", on=True)
        assert (await script(stage, "ask", key=key, templates="T0"))["errCode"] == 20004


async def test_a_script_calls_nothing_but_its_own(stage: Stage) -> None:
    response = await stage.client.get("/sandbox/jssdk/config", params={"callback": "alert"})
    assert response.status == 400
