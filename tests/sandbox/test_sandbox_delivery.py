"""Pushes reach the product as the platform sends them, are tried again, and their replies are shown or refused."""

import asyncio
from typing import Any

import pytest
from aiohttp import web
from sandbox_product import Answer, Received, text_reply
from sandbox_stage import XX, Stage, staged

from sandbox.accounts import Mode, SandboxConfig
from sandbox.phones import UNAVAILABLE

pytestmark = pytest.mark.asyncio


async def test_a_text_goes_out_and_its_reply_is_shown(stage: Stage) -> None:
    await stage.follow()
    stage.product.handler = lambda push: f"收到 {push.get('Content')}"
    outcome = await stage.act("text", content="新装")
    push = await stage.product.next()
    assert (push.get("MsgType"), push.get("Content"), push.get("MsgId")) == ("text", "新装", outcome["message_id"])
    assert (push.get("FromUserName"), push.get("ToUserName")) == (XX, stage.account.original_id)
    assert push.query["openid"] == XX
    assert [entry["content"] for entry in outcome["shown"]] == ["收到 新装"]
    assert [attempt["status"] for attempt in outcome["attempts"]] == [200]
    assert (await stage.entries())[-2:] == [("me", "新装"), ("them", "收到 新装")]


async def test_success_and_silence_show_nothing(stage: Stage) -> None:
    await stage.follow()
    answers = [b"success", b""]
    stage.product.handler = lambda push: answers.pop()
    while answers:
        assert (await stage.act("text", content="在吗"))["shown"] == []
        assert (await stage.entries())[-1] == ("me", "在吗")


async def test_message_ids_are_64_bit_and_rise(stage: Stage) -> None:
    await stage.follow()
    ids = [int((await stage.act("text", content=str(n)))["message_id"]) for n in range(5)]
    assert ids == sorted(set(ids))
    assert 2**53 < ids[0] < ids[-1] < 2**63


async def test_a_failed_attempt_is_repeated_with_the_same_xml_in_a_new_envelope(stage: Stage) -> None:
    await stage.follow()
    tries: list[Received] = []

    def twice_broken(push: Received) -> Answer:
        tries.append(push)
        return web.Response(status=502) if len(tries) < 3 else "终于"

    stage.product.handler = twice_broken
    outcome = await stage.act("text", content="你好")
    assert [attempt["status"] for attempt in outcome["attempts"]] == [502, 502, 200]
    assert len({push.xml for push in tries}) == 1
    assert len({push.query["nonce"] for push in tries}) == len({push.body for push in tries}) == 3
    assert [entry["content"] for entry in outcome["shown"]] == ["终于"]


async def test_a_slow_product_is_cut_off_three_times_and_the_person_sees_a_line(config: SandboxConfig) -> None:
    async with staged(config, timeout=0.05) as stage:
        await stage.act("follow")
        release = asyncio.Event()

        async def hang(push: Received) -> Answer:
            await release.wait()
            return None

        stage.product.handler = hang
        outcome = await stage.act("text", content="你好")
        release.set()
        assert [attempt["status"] for attempt in outcome["attempts"]] == [None, None, None]
        assert [entry["content"] for entry in outcome["shown"]] == [UNAVAILABLE]
        assert (await stage.entries())[-1] == ("system", UNAVAILABLE)


async def test_five_seconds_between_attempts_unless_told_otherwise() -> None:
    from sandbox import delivery

    assert (delivery.ATTEMPTS, delivery.TIMEOUT) == (3, 5.0)


@pytest.mark.parametrize("raw", [b'{"errcode":0}', b"<xml><Content>x</Content></xml>", b"OK"])
async def test_a_malformed_reply_ends_the_push_with_the_line_and_a_note(stage: Stage, raw: bytes) -> None:
    await stage.follow()
    stage.product.handler = lambda push: raw
    outcome = await stage.act("text", content="你好")
    assert len(outcome["attempts"]) == 1
    assert outcome["note"].startswith("回复不合规: ")
    assert [entry["content"] for entry in outcome["shown"]] == [UNAVAILABLE]


async def test_an_oversize_reply_is_marked(stage: Stage) -> None:
    await stage.follow()
    stage.product.handler = lambda push: "长" * 683
    outcome = await stage.act("text", content="你好")
    assert "2048" in outcome["note"]
    assert (await stage.entries())[-1] == ("system", UNAVAILABLE)
    stage.product.handler = lambda push: "长" * 682
    assert not (await stage.act("text", content="你好"))["note"]


async def test_a_reply_to_somebody_else_is_refused(stage: Stage) -> None:
    await stage.follow()
    stage.product.handler = lambda push: stage.product.seal(
        push.account, text_reply(push, "给别人", ToUserName="o_xx_water")
    ).encode()
    assert "ToUserName" in (await stage.act("text", content="你好"))["note"]
    assert ("them", "给别人") not in await stage.entries() + await stage.entries("o_xx_water")


async def test_redelivery_repeats_the_message_and_shows_its_reply_once(stage: Stage) -> None:
    await stage.follow()
    stage.product.handler = lambda push: "已记录"
    first = await stage.act("text", content="你好")
    before = await stage.entries()
    again = await stage.act("redeliver", times=3)
    assert again["message_id"] == first["message_id"]
    assert [attempt["status"] for attempt in again["attempts"]] == [200] * 3
    assert [entry["content"] for entry in again["shown"]] == ["已记录"] * 3
    assert len({push.xml for push in stage.product.received[1:]}) == 1
    assert await stage.entries() == before


async def test_redelivery_at_once_arrives_together(stage: Stage) -> None:
    await stage.follow()
    await stage.act("text", content="你好")
    barrier = asyncio.Barrier(3)

    async def together(push: Received) -> Answer:
        await barrier.wait()
        return "好"

    stage.product.handler = together
    assert [a["status"] for a in (await stage.act("redeliver", times=3, at_once=True))["attempts"]] == [200] * 3


async def test_a_second_message_does_not_wait_for_the_first(stage: Stage) -> None:
    await stage.follow()
    release = asyncio.Event()

    async def slow_first(push: Received) -> Answer:
        if push.get("Content") == "一":
            await release.wait()
        return push.get("Content")

    stage.product.handler = slow_first
    first = asyncio.ensure_future(stage.act("text", content="一"))
    await stage.product.next()
    assert (await stage.act("text", content="二"))["shown"][0]["content"] == "二"
    assert not first.done()
    release.set()
    assert (await first)["shown"][0]["content"] == "一"


async def test_events_of_following_and_scanning(stage: Stage) -> None:
    seen: list[Any] = []
    stage.product.handler = lambda push: seen.append([push.get(tag) for tag in ("Event", "EventKey", "MsgId")])
    await stage.act("scan", scene="window-3")
    await stage.act("scan", scene="window-3")
    await stage.act("unfollow")
    await stage.act("follow")
    assert (await stage.act("follow"))["message_id"] is None
    assert seen == [
        ["subscribe", "qrscene_window-3", None],
        ["SCAN", "window-3", None],
        ["unsubscribe", "", None],
        ["subscribe", "", None],
    ]


async def test_who_does_not_follow_cannot_write(stage: Stage) -> None:
    response = await stage.client.post(f"/sandbox/phones/xinxiang/{XX}/text", json={"content": "喂"})
    assert response.status == 409
    assert stage.product.received == []


async def test_a_tapped_menu_link_arrives_as_text_with_its_id(stage: Stage) -> None:
    await stage.follow()
    await stage.act("tap", content="新装", menu_id="w1")
    push = await stage.product.next()
    assert (push.get("MsgType"), push.get("Content"), push.get("bizmsgmenuid")) == ("text", "新装", "w1")


async def test_an_account_without_menu_ids_sends_only_the_words(config: SandboxConfig) -> None:
    account = config.accounts[0].model_copy(update={"sends_menu_id": False})
    async with staged(config.model_copy(update={"accounts": (account,)})) as stage:
        await stage.follow()
        await stage.act("tap", content="新装", menu_id="w1")
        push = await stage.product.next()
        assert (push.get("Content"), push.get("bizmsgmenuid")) == ("新装", None)


async def test_location_link_voice_and_file(stage: Stage) -> None:
    await stage.follow()
    await stage.act("location", lat=35.25, lon=113.75, label="七里营")
    place = await stage.product.next()
    assert [place.get(tag) for tag in ("Location_X", "Location_Y", "Label")] == ["35.25", "113.75", "七里营"]
    await stage.act("link", url="https://a.example/", title="标题")
    assert (await stage.product.next()).get("Url") == "https://a.example/"
    await stage.act("voice")
    assert (await stage.product.next()).get("Recognition") == ""
    await stage.act("file", name="营业执照.pdf")
    file = await stage.product.next()
    assert (file.get("MsgType"), file.get("Title")) == ("file", "营业执照.pdf")
    assert len(file.get("FileMd5") or "") == 32


async def test_events_nobody_waits_for_show_neither_reply_nor_failure(stage: Stage) -> None:
    await stage.follow()
    before = await stage.entries()
    stage.product.handler = lambda push: web.Response(status=500)
    assert len((await stage.act("report_location"))["attempts"]) == 3
    assert await stage.entries() == before


async def test_subscription_events_list_one_or_several(stage: Stage) -> None:
    await stage.follow()
    await stage.act("subscribe", templates=["sub_xx_progress"])
    one = await stage.product.next()
    await stage.act("subscribe", choices={"sub_xx_progress": True, "sub_xx_visit": False})
    several = await stage.product.next()
    assert one.get("Event") == several.get("Event") == "subscribe_msg_popup_event"
    assert (one.xml.count("<List>"), several.xml.count("<List>")) == (1, 2)
    assert [one.get(f"SubscribeMsgPopupEvent/List/{tag}") for tag in ("TemplateId", "SubscribeStatusString", "PopupScene")] == [
        "sub_xx_progress", "accept", "1",
    ]  # fmt: skip
    await stage.act("manage", templates=["sub_xx_progress"], on=False)
    change = await stage.product.next()
    assert change.get("Event") == "subscribe_msg_change_event"
    assert change.get("SubscribeMsgChangeEvent/List/SubscribeStatusString") == "reject"
    assert change.xml.count("<List>") == 1
    before = len(stage.product.received)
    await stage.act("manage", templates=["sub_xx_progress"], on=True)
    assert len(stage.product.received) == before, "only rejections are pushed"


@pytest.mark.parametrize("mode", [Mode.PLAIN, Mode.COMPATIBLE])
async def test_the_other_modes(config: SandboxConfig, mode: Mode) -> None:
    account = config.accounts[0].model_copy(update={"mode": mode})
    async with staged(config.model_copy(update={"accounts": (account,)})) as stage:
        await stage.follow()
        stage.product.handler = lambda push: "好"
        assert (await stage.act("text", content="你好"))["shown"][0]["content"] == "好"


async def test_the_endpoint_check(stage: Stage) -> None:
    assert await (await stage.client.post("/sandbox/check/xinxiang")).json() == {"ok": True}
