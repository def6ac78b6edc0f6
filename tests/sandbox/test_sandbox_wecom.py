"""The stand-in's WeCom part against the platform's documentation: credentials, messages, cards, limits, callbacks, robots."""

import io
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from pydantic import ValidationError
from wecom_stage import MEMBER, Answer, WeComStage, card, never, wecom_staged

from sandbox.accounts import SandboxConfig
from sandbox.media import SAMPLE_PDF, sample_photo

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def stage(config: SandboxConfig) -> AsyncIterator[WeComStage]:
    async with wecom_staged(config) as made:
        yield made


async def pressed(stage: WeComStage, handler: Any = lambda _: None) -> dict[str, Any]:
    """A card has been sent and its first button pressed."""
    assert (await stage.send("template_card", card()))["errcode"] == 0
    stage.product.handler = handler
    return await stage.act("press", content="接单")


async def said(stage: WeComStage) -> list[str | None]:
    return [entry["card"].get("said") for entry in await stage.entries() if "card" in entry]


async def test_a_token_is_the_same_until_its_end(stage: WeComStage) -> None:
    first = await stage.token()
    assert await stage.token() == first
    assert len(first) == 512
    stage.clock.set(7190)
    assert await stage.token() == first
    stage.clock.set(7210)
    assert (await stage.api("message/send", {}, token=first))["errcode"] == 42001
    assert await stage.token() != first


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({}, 41002), ({"corpid": "ww62d7e8fa67242e34"}, 41004), ({"corpid": "wwx", "corpsecret": "s"}, 40013),
        ({"corpid": "ww62d7e8fa67242e34", "corpsecret": "s"}, 40001),
    ],
)  # fmt: skip
async def test_who_gets_no_token(stage: WeComStage, query: dict[str, str], code: int) -> None:
    assert (await stage.api("gettoken", token="", **query))["errcode"] == code


async def test_a_token_of_the_other_platform_opens_nothing_here(stage: WeComStage, config: SandboxConfig) -> None:
    account = config.accounts[0]
    body = {"grant_type": "client_credential", "appid": account.appid, "secret": account.appsecret}
    official = await (await stage.client.post("/cgi-bin/stable_token", json=body)).json()
    assert (await stage.api("message/send", {}, token=official["access_token"]))["errcode"] == 40014
    assert (await stage.api("message/send", {}, token=""))["errcode"] == 41001
    told = {"touser": MEMBER, "msgtype": "text", "text": {"content": "x"}}
    answer = await stage.client.post(
        "/cgi-bin/message/custom/send", params={"access_token": official["access_token"]}, json=told
    )
    assert (await answer.json())["errcode"] == 40003, "a userid is no openid"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"agentid": None}, 41011), ({"agentid": 7}, 40056), ({"agentid": 1000003}, 301002), ({"touser": "nobody"}, 81013),
        ({"touser": ""}, 81013), ({"msgtype": "taskcard"}, 40008), ({"text": {"content": " "}}, 44004),
        ({"enable_duplicate_check": 2}, 40058), ({"enable_duplicate_check": 1, "duplicate_check_interval": 14_401}, 40058),
    ],
)  # fmt: skip
async def test_a_message_that_is_refused(stage: WeComStage, changed: dict[str, Any], code: int) -> None:
    body = {"touser": MEMBER, "agentid": stage.app.agentid, "msgtype": "text", "text": {"content": "在吗"}} | changed
    assert (await stage.api("message/send", body))["errcode"] == code
    assert await stage.entries() == []


async def test_who_is_not_there_is_named_and_the_others_get_it(stage: WeComStage) -> None:
    answer = await stage.send("text", {"content": "在吗"}, touser=f"Nobody|{MEMBER.upper()}")
    assert (answer["errcode"], answer["invaliduser"]) == (0, "nobody")
    assert [entry["content"] for entry in await stage.entries()] == ["在吗"]
    await stage.act("unfollow")
    assert (await stage.send("text", {"content": "在吗"}))["errcode"] == 81013
    assert (await stage.api("message/send", b"{"))["errcode"] == 47001


async def test_a_long_text_is_cut_off_and_menu_links_are_only_words(stage: WeComStage) -> None:
    link = '<a href="weixin://bizmsgmenu?msgmenucontent=新装&msgmenuid=w1">1 新装</a>'
    await stage.send("text", {"content": link + "字" * 800})
    (entry,) = await stage.entries()
    assert len(entry["content"].encode()) <= 2048
    assert [span for span in entry["spans"] if "menu_content" in span or "href" in span] == []


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"card_type": "button"}, 42031, "CardType"), ({"main_title": {}}, 41016, "main_title.title"),
        ({"task_id": ""}, 42014, "taskid"), ({"task_id": "任务"}, 42014, "taskid"), ({"task_id": "x" * 129}, 42014, "taskid"),
        ({"button_list": []}, 40016, "button_list"), ({"button_list": [{"text": str(n), "key": str(n)} for n in range(7)]}, 40016, "button_list"),
        ({"button_list": [{"key": "k"}]}, 42038, "button_list.text"), ({"button_list": [{"text": "好"}]}, 42039, "button_list.key"),
        ({"button_list": [{"text": "好", "key": "字" * 342}]}, 42039, "button_list.key"),
        ({"button_list": [{"text": "好", "key": "k"}, {"text": "不", "key": "k"}]}, 42039, "button_list.key"),
        ({"horizontal_content_list": [{"keyname": "甲", "value": "乙"}] * 7}, 42035, "horizontal_content_list"),
        ({"horizontal_content_list": [{"value": "乙"}]}, 42027, "horizontal_content_list.keyname"),
    ],
)  # fmt: skip
async def test_a_card_that_is_refused_names_the_field(
    stage: WeComStage, changed: dict[str, Any], code: int, field: str
) -> None:
    answer = await stage.send("template_card", card(**changed))
    assert answer["errcode"] == code
    assert field in answer["errmsg"]
    assert await stage.entries() == []


async def test_what_is_too_long_for_a_card_is_not_seen(stage: WeComStage) -> None:
    await stage.send("template_card", card(sub_title_text="字" * 161, main_title={"title": "题" * 36}))
    (entry,) = await stage.entries()
    assert (entry["card"]["title"], entry["card"]["text"]) == ("题" * 36, "字" * 160 + "…")


async def test_a_task_id_is_used_once_and_the_same_request_arrives_once(stage: WeComStage) -> None:
    first = await stage.send("template_card", card(), enable_duplicate_check=1, duplicate_check_interval=1800)
    again = await stage.send("template_card", card(), enable_duplicate_check=1, duplicate_check_interval=1800)
    assert (again["errcode"], again["msgid"]) == (0, first["msgid"])
    assert (await stage.send("template_card", card()))["errcode"] == 42014
    assert len(await stage.entries()) == 1
    for seconds, there in ((0, 2), (1801, 3)):
        stage.clock.set(seconds)
        for _ in range(2):
            await stage.send("text", {"content": "在吗"}, enable_duplicate_check=1)
        assert len(await stage.entries()) == there


async def test_a_code_updates_one_card_once_within_72_hours(stage: WeComStage) -> None:
    def body(code: str, **changed: Any) -> dict[str, Any]:
        whole = {"userids": [MEMBER], "agentid": stage.app.agentid, "response_code": code}
        return whole | {"button": {"replace_name": "已接单"}} | changed

    code = (await stage.send("template_card", card()))["response_code"]
    for changed, refusal in (({"button": {}}, 40058), ({"userids": None}, 40058), ({"agentid": 7}, 40056)):
        assert (await stage.api("message/update_template_card", body(code, **changed)))["errcode"] == refusal
    assert await said(stage) == [None]
    assert (await stage.api("message/update_template_card", body(code)))["errcode"] == 0
    assert await said(stage) == ["已接单"]
    assert (await stage.api("message/update_template_card", body(code)))["errcode"] == 60140
    assert (await stage.api("message/update_template_card", body("x")))["errcode"] == 60140
    late = (await stage.send("template_card", card("t-2")))["response_code"]
    stage.clock.set(72 * 3600 + 1)
    assert (await stage.api("message/update_template_card", body(late)))["errcode"] == 60140


@pytest.mark.parametrize(("apart", "arrive", "shut"), [(0.0, 30, 60), (3.55, 1000, 3600)])
async def test_too_much_for_one_member_is_dropped_without_a_word(
    stage: WeComStage, apart: float, arrive: int, shut: int
) -> None:
    """30 a minute; 1000 an hour; whoever is over is shut out for as long."""
    stage.clock._source = lambda: 1_764_300_000.0
    for number in range(arrive + 3):
        stage.clock.set(number * apart)
        assert (await stage.send("text", {"content": str(number)}))["errcode"] == 0
    phone = await stage.phone()
    assert (phone["entries"][-1]["content"], phone["dropped"]) == (str(arrive - 1), 3)
    stage.clock.set(stage.clock.offset + shut)
    await stage.send("text", {"content": "又能收了"})
    assert (await stage.entries())[-1]["content"] == "又能收了"


async def test_a_press_is_an_event_and_its_answer_updates_the_card(stage: WeComStage) -> None:
    outcome = await pressed(stage, lambda _: {"MsgType": "update_button", "Button/ReplaceName": "已接单"})
    heard = stage.product.heard[-1]
    assert set(heard.query) == {"msg_signature", "timestamp", "nonce"}
    assert [heard.get(tag) for tag in ("ToUserName", "FromUserName", "Event", "EventKey", "TaskId", "CardType", "AgentID")] == [
        stage.app.corpid, MEMBER, "template_card_event", "i:1:take", "t-1", "button_interaction", str(stage.app.agentid),
    ]  # fmt: skip
    assert heard.get("ResponseCode")
    assert (await said(stage), outcome["note"]) == (["已接单"], "")
    assert await stage.act("press", status=409, content="接单")


async def test_a_press_is_not_answered_with_words(stage: WeComStage) -> None:
    outcome = await pressed(stage, lambda _: "好的")
    assert "不能回复消息" in outcome["note"]
    assert (outcome["shown"], await said(stage)) == ([], [None])


@pytest.mark.parametrize(
    ("answer", "shown", "note"),
    [
        ("收到", ["收到"], ""), (None, [], ""), (b"success", [], "不合规"), ({"Content": "x", "FromUserName": "gh"}, [], "CorpID"),
        ({"Content": "x", "ToUserName": "b"}, [], "ToUserName"), ({"MsgType": "update_button", "Button/ReplaceName": "x"}, [], "点了卡片"),
        ({"Content": " "}, [], "为空"), ({"MsgType": "image"}, [], "不显示"), (b"<xml><Content>x</Content></xml>", [], "Encrypt"),
    ],
)  # fmt: skip
async def test_what_may_be_answered_to_words(stage: WeComStage, answer: Answer, shown: list[str], note: str) -> None:
    stage.product.handler = lambda _: answer
    outcome = await stage.act("text", content="任务")
    assert [entry["content"] for entry in outcome["shown"]] == shown
    assert note in outcome["note"]
    assert bool(outcome["note"]) == bool(note)


async def test_no_answer_is_asked_for_three_times(config: SandboxConfig) -> None:
    async with wecom_staged(config, timeout=0.05) as stage:
        stage.product.handler = never
        outcome = await stage.act("text", content="任务")
        assert [attempt["status"] for attempt in outcome["attempts"]] == [None] * 3
        assert len({heard.get("MsgId") for heard in stage.product.heard}) == 1
        assert outcome["shown"] == [], "a member is told nothing of it"
        stage.product.handler = lambda _: web.Response(status=500)
        assert [one["status"] for one in (await stage.act("text", content="任务"))["attempts"]] == [500] * 3


@pytest.mark.parametrize(
    ("echo", "good"),
    [
        (lambda text: text, True), (lambda text: f'"{text}"', False), (lambda text: f"{text}\n", False),
        (lambda text: f"\ufeff{text}", False), (lambda text: web.Response(status=500, text=text), False),
    ],
)  # fmt: skip
async def test_the_url_check_wants_the_plain_echo(stage: WeComStage, echo: Any, good: bool) -> None:
    stage.product.echo = echo
    assert await (await stage.client.post("/sandbox/check/xinxiang/wecom")).json() == {"ok": good}


async def test_a_robot_says_twenty_things_a_minute(stage: WeComStage) -> None:
    key = stage.app.robots[0]

    async def say(content: str, kind: str = "markdown", key: str = key) -> int:
        body = {"msgtype": kind, kind: {"content": content}}
        code: int = (await stage.api("webhook/send", body, token="", key=key))["errcode"]
        return code

    assert [await say("x", key="no"), await say("x", "image"), await say(""), await say("字" * 1366)] == [
        93000, 40008, 44004, 40058,
    ]  # fmt: skip
    assert [await say(str(number)) for number in range(21)] == [0] * 20 + [45009]
    stage.clock.set(61)
    assert await say("早") == 0
    there = await (await stage.client.get("/sandbox/robots/xinxiang")).json()
    assert there[key][-2:] == ["19", "早"]


async def test_a_fault_can_be_ordered_here_too(stage: WeComStage) -> None:
    order = {"path": "qyapi/message/send", "errcode": -1}
    assert (await stage.client.post("/sandbox/faults/xinxiang", json=order)).status == 200
    assert [(await stage.send("text", {"content": "x"}))["errcode"] for _ in range(2)] == [-1, 0]
    lost = {"path": "qyapi/gettoken", "errcode": -1}
    await stage.client.post("/sandbox/faults/xinxiang", json=lost)
    query = {"corpid": stage.app.corpid, "corpsecret": stage.app.secret}
    assert (await stage.api("gettoken", token="", **query))["errcode"] == -1


async def test_what_a_member_has_not(stage: WeComStage) -> None:
    for act in ("tap", "menu", "scan"):
        await stage.act(act, status=409, content="x")
    await stage.act("press", status=409, content="接单")
    await stage.act("press", status=409, member="o_xx_power", content="接单")


async def test_members_whose_names_differ_in_case_alone_are_one(config: SandboxConfig) -> None:
    app = config.accounts[0].wecom
    assert app is not None
    twice = [{"userid": "A", "nickname": "a"}, {"userid": "a", "nickname": "b"}]
    with pytest.raises(ValidationError, match="twice"):
        type(app).model_validate(app.model_dump() | {"members": twice})


async def given(stage: WeComStage, kind: str, data: bytes | None, name: str = "证.pdf") -> dict[str, Any]:
    """What is answered to an upload."""
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("about", "x")
    if data is not None:
        form.add_field("media", io.BytesIO(data), filename=name)
    params = {"access_token": await stage.token(), "type": kind}
    answer = await stage.client.post("/qyapi/cgi-bin/media/upload", params=params, data=form)
    found: dict[str, Any] = await answer.json()
    return found


async def test_a_file_is_shown_under_the_name_it_was_uploaded_with(stage: WeComStage) -> None:
    uploaded = await given(stage, "file", SAMPLE_PDF)
    assert (uploaded["errcode"], uploaded["type"], uploaded["created_at"].isdecimal()) == (0, "file", True)
    assert (await stage.send("file", {"media_id": uploaded["media_id"]}))["errcode"] == 0
    shown = (await stage.entries())[-1]
    assert (shown["kind"], shown["title"], shown["size"]) == ("file", "证.pdf", len(SAMPLE_PDF))
    assert (await stage.send("image", {"media_id": uploaded["media_id"]}))["errcode"] == 40007
    stage.clock.set(3 * 86400 + 5)
    assert (await stage.send("file", {"media_id": uploaded["media_id"]}))["errcode"] == 40007


async def test_a_picture_of_the_enterprise_is_none_of_the_official_account(
    stage: WeComStage, config: SandboxConfig
) -> None:
    uploaded = await given(stage, "image", sample_photo(), "照片.png")
    assert (await stage.send("image", {"media_id": uploaded["media_id"]}))["errcode"] == 0
    assert (await stage.entries())[-1]["kind"] == "image"
    account = config.accounts[0]
    body = {"grant_type": "client_credential", "appid": account.appid, "secret": account.appsecret}
    official = await (await stage.client.post("/cgi-bin/stable_token", json=body)).json()
    asked = {"access_token": official["access_token"], "media_id": uploaded["media_id"]}
    assert (await (await stage.client.get("/cgi-bin/media/get", params=asked)).json())["errcode"] == 40007


@pytest.mark.parametrize(
    ("kind", "data", "code"),
    [
        ("poem", SAMPLE_PDF, 40004), ("image", SAMPLE_PDF, 40005), ("image", b"GIF89a" + bytes(9), 40005), ("file", b"", 44001),
        ("file", None, 41005), ("file", b"12345", 40006), ("file", bytes((20 << 20) + 1), 40006),
        ("image", sample_photo() + bytes(10 << 20), 40009), ("voice", b"RIFF" + bytes(9), 40005),
    ],
)  # fmt: skip
async def test_uploads_that_wecom_refuses(stage: WeComStage, kind: str, data: bytes | None, code: int) -> None:
    assert (await given(stage, kind, data))["errcode"] == code
