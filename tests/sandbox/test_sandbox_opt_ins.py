"""订阅通知: opt-ins on the phone, what they allow, and what is pushed of them (documents: 订阅通知, 订阅通知·事件推送)."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sandbox_stage import XX, Stage, staged

from sandbox.accounts import SandboxConfig, SubscriptionConfig

pytestmark = pytest.mark.asyncio

ONCE = SubscriptionConfig(template_id="S1", title="进度", fields={"thing1": "事项"})
ALWAYS = SubscriptionConfig(template_id="S2", title="结果", fields={"thing1": "事项"}, kind="long_term")


@pytest.fixture
async def stage(config: SandboxConfig) -> AsyncIterator[Stage]:
    account = config.accounts[0].model_copy(update={"subscriptions": (ONCE, ALWAYS)})
    async with staged(config.model_copy(update={"accounts": (account,)})) as made:
        await made.follow()
        yield made


async def sends(stage: Stage, template: str = "S1", **data: str) -> int:
    given = {key: {"value": value} for key, value in (data or {"thing1": "用水报装"}).items()}
    answer = await stage.api("message/subscribe/bizsend", {"touser": XX, "template_id": template, "data": given})
    code: int = answer["errcode"]
    return code


async def agrees(stage: Stage, **act: Any) -> Any:
    await stage.act("subscribe", **act)
    return await stage.product.next()


async def test_one_message_for_each_one_time_opt_in_whenever_it_is_sent(stage: Stage) -> None:
    assert await sends(stage) == 43101
    for _ in range(2):
        await agrees(stage, templates=["S1"])
    stage.clock.set(90 * 86_400)
    assert [await sends(stage) for _ in range(3)] == [0, 0, 43101]
    card = (await stage.phone())["entries"][-1]
    assert (card["title"], card["origin"], card["fields"][0]["label"]) == ("进度", "subscribe", "事项")


async def test_the_sent_event_has_the_number_of_the_answer(stage: Stage) -> None:
    await agrees(stage, templates=["S1"])
    body = {"touser": XX, "template_id": "S1", "data": {"thing1": {"value": "用水"}}}
    answer = await stage.api("message/subscribe/bizsend", body)
    push = await stage.product.next()
    tags = ("TemplateId", "MsgID", "ErrorCode", "ErrorStatus")
    assert push.get("Event") == "subscribe_msg_sent_event"
    assert [push.get(f"SubscribeMsgSentEvent/List/{tag}") for tag in tags] == [
        "S1",
        str(answer["msgid"]),
        "0",
        "success",
    ]


async def test_a_standing_one_is_not_used_up(stage: Stage) -> None:
    await agrees(stage, templates=["S2"])
    assert [await sends(stage, "S2") for _ in range(5)] == [0] * 5


async def test_each_template_is_answered_by_itself_three_at_most(stage: Stage) -> None:
    push = await agrees(stage, choices={"S1": False, "S2": True})
    assert push.xml.count("accept") == push.xml.count("reject") == 1
    assert [await sends(stage, one) for one in ("S1", "S2")] == [43101, 0]
    url = f"/sandbox/phones/xinxiang/{XX}/subscribe"
    for wrong in (
        {},
        {"templates": ["S1", "S2", "S3"]},
        {"templates": ["S1", "S2"], "choices": {"S4": True, "S5": True}},
    ):
        assert (await stage.client.post(url, json=wrong)).status == 409


async def test_declining_in_the_popup_leaves_what_he_had(stage: Stage) -> None:
    await agrees(stage, templates=["S1"])
    await agrees(stage, templates=["S1"], accept=False)
    assert [await sends(stage), await sends(stage)] == [0, 43101]


async def test_what_he_keeps_is_not_asked_again(stage: Stage) -> None:
    await agrees(stage, templates=["S1"], accept=False, keep=True)
    push = await agrees(stage, templates=["S1"], accept=True)
    assert push.get("SubscribeMsgPopupEvent/List/SubscribeStatusString") == "reject"
    assert await sends(stage) == 43101


async def test_what_is_stopped_in_the_settings_is_gone_until_he_takes_it_up_again(stage: Stage) -> None:
    await agrees(stage, templates=["S1", "S2"])
    await stage.act("manage", templates=["S1", "S2"], on=False)
    push = await stage.product.next()
    assert push.get("Event") == "subscribe_msg_change_event"
    assert push.xml.count("<List>") == push.xml.count("reject") == 2
    assert [await sends(stage, one) for one in ("S1", "S2")] == [43101, 43101]
    push = await agrees(stage, templates=["S1"])
    assert push.get("SubscribeMsgPopupEvent/List/SubscribeStatusString") == "reject", "no popup is shown"
    await stage.act("manage", templates=["S1"], on=True)
    await agrees(stage, templates=["S1"])
    assert await sends(stage) == 0


async def test_whoever_leaves_takes_his_opt_ins_with_him(stage: Stage) -> None:
    await agrees(stage, templates=["S1", "S2"])
    await stage.act("unfollow")
    await stage.act("follow")
    assert [await sends(stage, one) for one in ("S1", "S2")] == [43101, 43101]


async def test_a_refused_message_costs_no_opt_in(stage: Stage) -> None:
    await agrees(stage, templates=["S1"])
    assert await sends(stage, "S9") == 40037
    assert await sends(stage, thing1="两\n行") == 47003
    assert await sends(stage, thing2="缺一栏") == 47003
    await stage.client.post("/sandbox/standing/xinxiang", json={"unauthorised": ["message/subscribe/bizsend"]})
    assert await sends(stage) == 48001
    await stage.client.post("/sandbox/standing/xinxiang", json={"per_person": {"message/subscribe/bizsend": 0}})
    assert await sends(stage) == 43117
    await stage.client.post("/sandbox/standing/xinxiang", json={})
    assert [await sends(stage), await sends(stage)] == [0, 43101]


async def test_sent_twice_it_is_two_messages(stage: Stage) -> None:
    for _ in range(2):
        await agrees(stage, templates=["S1"])
    body = {"touser": XX, "template_id": "S1", "data": {"thing1": {"value": "用水"}}, "client_msg_id": "k"}
    numbers = {(await stage.api("message/subscribe/bizsend", body))["msgid"] for _ in range(2)}
    assert len(numbers) == 2


async def test_its_templates_are_a_list_of_their_own(stage: Stage) -> None:
    params = {"access_token": await stage.token()}
    found = await (await stage.client.get("/wxaapi/newtmpl/gettemplate", params=params)).json()
    assert [(one["priTmplId"], one["type"], one["content"]) for one in found["data"]] == [
        ("S1", 2, "事项:{{thing1.DATA}}\n"),
        ("S2", 3, "事项:{{thing1.DATA}}\n"),
    ]
    refused = await (await stage.client.get("/wxaapi/newtmpl/gettemplate", params={"access_token": "x"})).json()
    assert refused["errcode"] == 40001


async def test_the_phone_tells_how_it_stands(stage: Stage) -> None:
    await agrees(stage, choices={"S1": True, "S2": True})
    assert (await stage.phone())["opt_ins"] == {"left": {"S1": 1}, "standing": ["S2"], "kept": {}}


async def test_an_account_without_a_list_takes_any_id_once(config: SandboxConfig) -> None:
    bare = config.accounts[0].model_copy(update={"subscriptions": ()})
    async with staged(config.model_copy(update={"accounts": (bare,)})) as made:
        await made.follow()
        await agrees(made, templates=["whatever"])
        assert [await sends(made, "whatever") for _ in range(2)] == [0, 43101]
