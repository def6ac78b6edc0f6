"""What can be ordered of the stand-in platform: failures of any endpoint, and how it stands to an account. Written by its rules."""

import asyncio
import re
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from sandbox.rules import RULES, page
from sandbox.sms import LIMITS
from tests.sandbox.sandbox_stage import XX, Stage

ROOT = Path(__file__).parents[2]
CARD = {"touser": XX, "template_id": "t", "data": {"thing1": {"value": "用水"}}}


async def order(stage: Stage, what: str, **body: Any) -> int:
    response = await stage.client.post(f"/sandbox/{what}/xinxiang", json=body)
    return int(response.status)


async def fault(stage: Stage, path: str = "message/custom/send", **body: Any) -> None:
    assert await order(stage, "faults", path=path, **body) == 200


async def template(stage: Stage, **body: Any) -> int:
    templates = stage.account.templates
    known = {"template_id": templates[0].template_id, "data": _data(templates[0])} if templates else {}
    answer = await stage.api("message/template/send", CARD | known | body)
    return int(answer["errcode"])


def _data(one: Any) -> dict[str, dict[str, str]]:
    values = {"thing": "用水报装", "character_string": "XX1", "time": "2026年11月27日 09:30", "phrase": "已接单"}
    return {key: {"value": values.get(re.sub(r"\d+$", "", key), "1")} for key in one.fields}


async def test_every_endpoint_can_fail_the_token_too(stage: Stage) -> None:
    account = stage.account
    asked = {"grant_type": "client_credential", "appid": account.appid, "secret": account.appsecret}
    await fault(stage, "stable_token", errcode=-1)
    assert (await stage.api("stable_token", asked, token=""))["errcode"] == -1
    await fault(stage, "token", errcode=-1)
    assert (await stage.api("token", token="", **asked))["errcode"] == -1
    for path in ("user/info", "menu/get", "media/get"):
        await fault(stage, path, errcode=-1)
        assert (await stage.api(path, openid=XX))["errcode"] == -1


async def test_a_gateway_that_is_broken(stage: Stage) -> None:
    await stage.follow()
    token = await stage.token()
    await fault(stage, status=502)
    body = {"touser": XX, "msgtype": "text", "text": {"content": "x"}}
    response = await stage.client.post("/cgi-bin/message/custom/send", params={"access_token": token}, json=body)
    assert (response.status, response.content_type) == (502, "text/html")
    assert ("them", "x") not in await stage.entries()


async def test_one_that_answers_never_and_one_that_breaks_off(stage: Stage) -> None:
    await stage.follow()
    await fault(stage, never=True)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(stage.custom("never"), 0.3)
    await fault(stage, half=True)
    with pytest.raises((aiohttp.ClientError, ValueError)):
        await stage.custom("half")
    assert [text for _, text in await stage.entries()].count("half") == 1
    assert ("them", "never") not in await stage.entries()


async def test_every_so_many_times_or_a_share_of_them(stage: Stage) -> None:
    await stage.follow()
    await fault(stage, "user/info", errcode=-1, every=3, times=6)
    codes = [(await stage.api("user/info", openid=XX)).get("errcode", 0) for _ in range(9)]
    assert codes == [0, 0, -1, 0, 0, -1, 0, 0, 0]
    codes = []
    await fault(stage, "user/info", errcode=-1, share=0.5, seed=1, times=1000)
    for _ in range(60):
        codes.append((await stage.api("user/info", openid=XX)).get("errcode", 0))
    assert 15 < codes.count(-1) < 45
    token = await stage.token()
    await fault(stage, "*", errcode=-1)
    assert (await stage.api("menu/get", token=token))["errcode"] == -1


async def test_a_token_that_is_gone_in_the_middle(stage: Stage) -> None:
    await stage.follow()
    token = await stage.token()
    await fault(stage, invalidate=True)
    assert await stage.custom("x") == 40001
    assert await stage.token() != token
    assert await stage.custom("x") == 0


@pytest.mark.parametrize(
    "wrong", [{"path": "x", "status": 200}, {"path": "x", "errcode": -1, "half": True}, {"path": "x", "share": 2}]
)
async def test_an_order_that_makes_no_sense_is_refused(stage: Stage, wrong: dict[str, Any]) -> None:
    assert await order(stage, "faults", **wrong) == 400
    assert await order(stage, "standing", daily="many") == 400


async def test_from_where_one_may_ask(stage: Stage) -> None:
    token = await stage.token()
    assert await order(stage, "standing", whitelist=["10.0.0.1"]) == 200
    assert (await stage.api("menu/get", token=token))["errcode"] == 40164
    account = stage.account
    asked = {"grant_type": "client_credential", "appid": account.appid, "secret": account.appsecret}
    assert (await stage.api("stable_token", asked, token=""))["errcode"] == 40164
    assert await order(stage, "standing") == 200
    assert (await stage.api("menu/get", token=token))["errcode"] == 46003


async def test_what_the_account_may_not(stage: Stage) -> None:
    await stage.follow()
    await order(stage, "standing", unauthorised=["message/template/send"])
    assert (await template(stage), await stage.custom("x")) == (48001, 0)
    await order(stage, "standing", banned=True)
    assert (await template(stage), await stage.custom("x")) == (48004, 48004)


async def test_how_often_by_the_minute_the_day_and_the_person(stage: Stage) -> None:
    await stage.follow()
    await order(stage, "standing", per_minute={"user/info": 2})
    codes = [(await stage.api("user/info", openid=XX)).get("errcode", 0) for _ in range(3)]
    assert codes == [0, 0, 45011]
    stage.clock.set(60)
    assert "errcode" not in await stage.api("user/info", openid=XX)
    await order(stage, "standing", daily={"menu/get": 1})
    assert [(await stage.api("menu/get"))["errcode"] for _ in range(2)] == [46003, 45009]
    quota = (await stage.api("openapi/quota/get", {"cgi_path": "/cgi-bin/menu/get"}))["quota"]
    assert quota == {"daily_limit": 1, "used": 1, "remain": 0}
    assert (await stage.api("clear_quota", {"appid": stage.account.appid}))["errcode"] == 0
    assert (await stage.api("menu/get"))["errcode"] == 46003
    stage.clock.set(86460)
    assert (await stage.api("menu/get"))["errcode"] == 46003
    await order(stage, "standing", per_person={"message/template/send": 1})
    assert [await template(stage) for _ in range(2)] == [0, 43117]


async def test_whom_the_account_has_blacklisted(stage: Stage) -> None:
    await stage.follow()
    await stage.act("blacklist", on=True)
    assert (await template(stage), await stage.custom("x")) == (43019, 43019)
    await stage.act("blacklist", on=False)
    assert await stage.custom("x") == 0


async def test_a_token_by_its_looks(stage: Stage) -> None:
    for token, code in (("", 41001), ("短", 40014), ("a b" * 20, 40014), ("a" * 512, 40001)):
        assert (await stage.api("menu/get", token=token))["errcode"] == code


def test_every_code_has_a_rule_and_the_page_is_current() -> None:
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "sandbox").glob("*.py") if path.name != "rules.py")
    answered = {int(one) for one in re.findall(r"\b([1247]\d{4}|10100\d|60140|81013|93000|301002)\b", source)}
    answered |= set(re.findall(r'SmsRefused\("([A-Z]+)"', source)) | {code for code, *_ in LIMITS}
    told = {code for rules in RULES.values() for rule in rules for code in rule.codes}
    assert told == answered
    assert (ROOT / "docs" / "platform.md").read_text("utf-8") == "\n".join(page()) + "\n"
