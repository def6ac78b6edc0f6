"""The endpoint in all modes: what it answers, that it answers once, and what it turns away."""

import asyncio
import datetime as dt

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from pydantic import ValidationError
from structlog.testing import capture_logs

from bot.channels.wechat.account import Mode
from bot.channels.wechat.endpoint import Endpoint, Limits
from model.message import Button, Reply, TextMessage, Update
from tests.wechat.hall import APPID, NOW, OLD_AES_KEY, OPENID, Hall, Site, account, reception
from tests.wechat.safe_client import sha1_of

MODES = [mode.value for mode in Mode]


async def test_url_check_accepts_the_published_vector() -> None:
    hall = Hall(now=dt.datetime.fromtimestamp(1714037060, dt.UTC))
    app = web.Application()
    Endpoint([account(Mode.SAFE, token="AAAAA")], reception(hall), clock=hall.clock).add_to(app)
    query = {
        "signature": "899cf89e464efb63f54ddac96b0a0a235f53aa78",
        "timestamp": "1714037059",
        "nonce": "486452656",
        "echostr": "4375120948345356249",
    }
    async with TestClient(TestServer(app)) as client:
        response = await client.get("/wechat/safe", params=query)
        assert (response.status, await response.text()) == (200, "4375120948345356249")
        response = await client.get("/wechat/safe", params=query | {"nonce": "486452657"})
        assert (response.status, await response.text()) == (403, "")
        hall.now += dt.timedelta(minutes=6)
        assert (await client.get("/wechat/safe", params=query)).status == 403


@pytest.mark.parametrize("mode", MODES)
async def test_words_get_a_reply_in_every_mode(site: Site, mode: str) -> None:
    client = site.client(mode)
    assert (await client.check_url("12345")) == (200, "12345")
    seen = await client.text(OPENID, "你好 <b>&]]></b>", msg_id=7)
    assert seen.text == "收到 1"
    update = site.hall.updates[0]
    assert update == Update.model_validate(
        {
            "account": mode,
            "person": OPENID,
            "key": f"{APPID}:{OPENID}:7",
            "at": NOW,
            "message": {"type": "text", "text": "你好 <b>&]]></b>", "choice": None},
        }
    )


@pytest.mark.parametrize("mode", MODES)
async def test_redelivery_gets_the_same_reply_and_has_one_effect(site: Site, mode: str) -> None:
    client = site.client(mode)
    for push in (client.text(OPENID, "你好"), client.click(OPENID, "apply"), client.follow(OPENID, "hall-3")):
        first = await push
        again = await client.redeliver()
        assert first.text
        assert again.text == first.text
    assert len(site.hall.updates) == 3


async def test_message_ids_that_collide_across_people_are_two_messages(site: Site) -> None:
    client = site.client()
    await client.text(OPENID, "甲", msg_id=9)
    await client.text(OPENID[:-1] + "1", "乙", msg_id=9)
    assert len(site.hall.updates) == 2


async def test_events_of_one_second_that_differ_are_two_events(site: Site) -> None:
    client = site.client()
    await client.click(OPENID, "apply")
    await client.click(OPENID, "progress")
    await client.event(OPENID, "CLICK", "apply", Ticket="other")
    assert len(site.hall.updates) == 3


async def test_a_message_under_the_previous_key_is_answered_under_it(site: Site) -> None:
    old = site.client(aes_key=OLD_AES_KEY)
    # The client opens the reply with its own key: it would fail on a reply under the current one.
    assert (await old.text(OPENID, "你好")).text == "收到 1"
    assert (await site.client().text(OPENID, "你好")).text == "收到 2"


async def test_a_choice_comes_back_as_the_same_words_and_id(site: Site) -> None:
    buttons = (Button(number=1, label="新装", say="新装 & 100%+#", id="service:new=1&x"),)

    async def reply(_: Update) -> Reply:
        return Reply(text="办什么？", buttons=buttons, tail="回复序号也可以")

    site.hall.reply = reply
    client = site.client()
    seen = await client.text(OPENID, "你好")
    assert seen.text == "办什么？\n1 新装\n回复序号也可以"
    assert seen.links == [("新装 & 100%+#", "service:new=1&x", "1 新装")]
    await client.tap(OPENID, seen.links[0])
    message = site.hall.updates[1].message
    assert message == TextMessage(text=buttons[0].say, choice=buttons[0].id)


async def test_an_empty_reply_ends_the_delivery(site: Site) -> None:
    async def reply(_: Update) -> Reply:
        return Reply()

    site.hall.reply = reply
    assert (await site.client().text(OPENID, "…")).raw == "success"


async def test_a_late_answer_is_503_and_the_redelivery_gets_it(site: Site) -> None:
    gate = asyncio.Event()

    async def reply(_: Update) -> Reply:
        await gate.wait()
        return Reply(text="办好了")

    site.hall.reply = reply
    client = site.client()
    late = await client.text(OPENID, "慢")
    assert (late.status, late.raw) == (503, "")
    joined = asyncio.create_task(client.redeliver())
    await asyncio.sleep(0.05)
    gate.set()
    assert (await joined).text == "办好了"
    assert (await client.redeliver()).text == "办好了"
    assert len(site.hall.updates) == 1


async def test_a_request_that_goes_away_does_not_stop_its_turn(site: Site) -> None:
    begun, gate, finished = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def reply(_: Update) -> Reply:
        begun.set()
        await gate.wait()
        finished.set()
        return Reply(text="办好了")

    site.hall.reply = reply
    client = site.client()
    going_away = asyncio.create_task(client.text(OPENID, "慢"))
    await begun.wait()
    going_away.cancel()
    with pytest.raises(asyncio.CancelledError):
        await going_away
    gate.set()
    await asyncio.wait_for(finished.wait(), 30)
    assert (await client.redeliver()).text == "办好了"


async def test_a_failing_turn_is_503_and_logged_without_what_was_said(site: Site) -> None:
    async def reply(_: Update) -> Reply:
        raise ValueError("张三 13800138000")

    site.hall.reply = reply
    with capture_logs() as lines:
        seen = await site.client().text(OPENID, "张三 13800138000")
    assert (seen.status, seen.raw) == (503, "")
    failed = next(line for line in lines if line["event"] == "turn.failed")
    assert failed["error"] == "ValueError"
    assert "reply" in failed["where"]
    assert not any("138" in str(line) or OPENID in str(line) for line in lines)


async def test_a_turn_lost_to_a_failure_is_done_by_the_redelivery(site: Site) -> None:
    failing = [True]

    async def reply(_: Update) -> Reply:
        if failing.pop() if failing else False:
            raise OSError
        return Reply(text="办好了")

    site.hall.reply = reply
    client = site.client()
    assert (await client.text(OPENID, "你好")).status == 503
    assert (await client.redeliver()).text == "办好了"


async def test_other_accounts_are_not_found(site: Site) -> None:
    client = site.client()
    client.endpoint = client.endpoint.replace("/safe", "/elsewhere")
    assert (await client.text(OPENID, "你好")).status == 404
    assert (await client.check_url("1"))[0] == 404


async def test_silent_events_are_acknowledged_without_asking_the_conversation(site: Site) -> None:
    client = site.client()
    assert (await client.event(OPENID, "LOCATION", Latitude=1.5, Longitude=2.5, Precision=65.0)).raw == "success"
    assert (await client.event(OPENID, "VIEW", "http://county.example/")).raw == "success"
    assert not site.hall.updates


async def test_more_requests_than_allowed_are_put_off(site: Site) -> None:
    begun, gate = asyncio.Event(), asyncio.Event()

    async def answer(_: Update) -> Reply:
        begun.set()
        await gate.wait()
        return Reply(text="好")

    app = web.Application()
    limits = Limits(answer=5, requests=1)
    heard = reception(site.hall, answer)
    Endpoint([account(Mode.PLAIN)], heard, clock=site.hall.clock, limits=limits).add_to(app)
    async with TestServer(app) as server:
        client = site.client("plain")
        client.endpoint = str(server.make_url("/wechat/plain"))
        first = asyncio.create_task(client.text(OPENID, "一"))
        await begun.wait()
        assert (await client.text(OPENID, "二")).status == 503
        gate.set()
        assert (await first).text == "好"


async def test_shutting_down_waits_for_the_turns_under_way(site: Site) -> None:
    gate, finished = asyncio.Event(), asyncio.Event()

    async def answer(_: Update) -> Reply:
        await gate.wait()
        finished.set()
        return Reply(text="好")

    app = web.Application()
    heard = reception(site.hall, answer)
    Endpoint([account(Mode.PLAIN)], heard, clock=site.hall.clock, limits=Limits(answer=0.02)).add_to(app)
    async with TestServer(app) as server:
        client = site.client("plain")
        client.endpoint = str(server.make_url("/wechat/plain"))
        assert (await client.text(OPENID, "一")).status == 503
        assert not finished.is_set()
        asyncio.get_running_loop().call_later(0.05, gate.set)
    assert finished.is_set()


def test_secrets_show_neither_in_a_repr_nor_in_an_error() -> None:
    good = account(Mode.SAFE)
    assert not any(secret in repr(good) for secret in (good.token, good.appsecret, good.aes_key, OLD_AES_KEY))
    for changes in ({"aes_key": "short-secret"}, {"aes_key": ""}, {"previous_aes_key": "*" * 43}):
        with pytest.raises(ValidationError) as caught:
            account(Mode.SAFE, **changes)
        assert "short-secret" not in str(caught.value)


def test_signature_of_the_published_vector() -> None:
    assert sha1_of("AAAAA", "1714037059", "486452656") == "899cf89e464efb63f54ddac96b0a0a235f53aa78"
