"""The endpoint of a WeCom app: what is let in, what is answered to words and to a press."""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.wechat.endpoint import Endpoint, Limits
from bot.channels.wechat.results import Sent
from bot.channels.wecom.presses import key_of
from bot.channels.wecom.side import WeComSide
from handlers.ports import CoreAway
from model.message import Button, Reply, TextMessage, Update
from tests.wechat.hall import Hall, reception
from tests.wecom.enterprise import AES_KEY, MEMBER, NOW, OLD_AES_KEY, Pusher, said, wecom_app, xml_of

TAKE = {"Event": "template_card_event", "TaskId": "t1", "ResponseCode": "r1"}
TAKE["EventKey"] = key_of(Button(label="接单", say="接单", id="i:1:take"))


@dataclass
class Desk:
    """An app whose side is served, with what it puts down for later and says at once."""

    hall: Hall
    later: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    away: bool = False
    app: object = field(default_factory=wecom_app)

    async def put_down(self, update: Update) -> None:
        if self.away:
            raise CoreAway
        self.later.append(update.key)

    async def send_text(self, person: str, reply: Reply) -> Sent:
        self.told.append(reply.text)
        return Sent()


@pytest_asyncio.fixture
async def desk() -> Desk:
    return Desk(Hall(now=NOW))


@pytest_asyncio.fixture
async def pusher(desk: Desk) -> AsyncIterator[Pusher]:
    side = WeComSide(desk, desk.hall.clock, 300, desk.put_down, lambda _, words: f"已选：{words}")  # type: ignore[arg-type]
    app = web.Application()
    Endpoint([], reception(desk.hall), clock=desk.hall.clock, limits=Limits(answer=0.3), beside=[side]).add_to(app)
    async with TestServer(app) as server, aiohttp.ClientSession() as session:
        yield Pusher(session, str(server.make_url("/wecom/desk")))


async def test_the_url_check_gives_the_echo_in_plain(pusher: Pusher) -> None:
    assert await pusher.check("1616140317555161061") == (200, "1616140317555161061")
    assert (await pusher.check("x", msg_signature="0" * 40))[0] == 403
    assert (await pusher.check("x", echostr=""))[0] == 400
    assert (await pusher.check("x", echostr="y" * 3000))[0] == 400


@pytest.mark.parametrize("key", [AES_KEY, OLD_AES_KEY])
async def test_words_are_answered_sealed_with_the_key_they_came_with(pusher: Pusher, desk: Desk, key: str) -> None:
    pusher.aes_key = key
    desk.hall.reply = lambda _: _reply(
        Reply(text="您有：", buttons=(Button(number=1, label="接单", say="接单", id="x"),))
    )
    status, xml = await pusher.push(xml_of(Content="任务"))
    assert status == 200
    assert [said(xml, tag) for tag in ("ToUserName", "FromUserName", "MsgType", "Content")] == [
        MEMBER, desk.app.corpid, "text", "您有：\n1 接单",  # type: ignore[attr-defined]
    ]  # fmt: skip
    assert desk.later == []


async def _reply(reply: Reply) -> Reply:
    return reply


async def test_a_press_updates_the_card_and_its_reply_is_put_down(pusher: Pusher, desk: Desk) -> None:
    for _ in range(3):
        status, xml = await pusher.push(xml_of("event", **TAKE))
        assert (status, said(xml, "MsgType"), said(xml, "Button/ReplaceName")) == (200, "update_button", "已选：接单")
    assert [one.message for one in desk.hall.updates] == [TextMessage(text="接单", choice="i:1:take")]
    assert set(desk.later) == {desk.hall.updates[0].key}
    assert desk.told == []


async def test_a_press_whose_reply_cannot_be_put_down_is_asked_for_again(pusher: Pusher, desk: Desk) -> None:
    desk.away = True
    assert await pusher.push(xml_of("event", **TAKE)) == (503, "")
    desk.away = False
    assert said((await pusher.push(xml_of("event", **TAKE)))[1], "MsgType") == "update_button"
    assert len(desk.hall.updates) == 1


async def test_a_press_that_was_not_heard_leaves_the_card_and_is_told_at_once(desk: Desk) -> None:
    side = WeComSide(desk, desk.hall.clock, 300, desk.put_down, lambda _, words: words)  # type: ignore[arg-type]
    heard = reception(desk.hall, burst=1.0, rate=0.0001, silence=60.0)
    app = web.Application()
    Endpoint([], heard, clock=desk.hall.clock, beside=[side]).add_to(app)
    async with TestServer(app) as server, aiohttp.ClientSession() as session:
        pusher = Pusher(session, str(server.make_url("/wecom/desk")))
        await pusher.push(xml_of(Content="任务"))
        assert await pusher.push(xml_of("event", **TAKE)) == (200, "")
    assert [words.split()[0] for words in desk.told] == ["limited"]
    assert desk.later == []


async def test_what_needs_no_answer_gets_an_empty_body(pusher: Pusher, desk: Desk) -> None:
    assert await pusher.push(xml_of("event", Event="enter_agent")) == (200, "")
    assert desk.hall.updates == []


async def test_who_is_turned_away(pusher: Pusher, desk: Desk) -> None:
    text = xml_of(Content="任务")
    assert (await pusher.push(text, msg_signature="0" * 40))[0] == 403
    assert (await pusher.push(text, nonce=""))[0] == 400
    assert (await pusher.push(text, timestamp="x"))[0] == 400
    pusher.at = NOW - dt.timedelta(minutes=6)
    assert (await pusher.push(text))[0] == 403, "too old"
    pusher.at, pusher.corpid = NOW, "ww9999999999999999"
    assert (await pusher.push(text))[0] == 403, "sealed for another enterprise"
    pusher.corpid = wecom_app().corpid
    for body in (
        b"",
        b"\xff",
        b"<xml></xml>",
        b"<xml><Encrypt>?</Encrypt></xml>",
        b"<!DOCTYPE x><xml/>",
        b"x" * 70_000,
    ):
        _, query = pusher.sealed(text)
        async with pusher.session.post(pusher.url, params=query, data=body) as answer:
            assert answer.status in {400, 403}, body[:30]
    async with pusher.session.post(pusher.url.replace("desk", "no"), data=b"x") as answer:
        assert answer.status == 404
    assert desk.hall.updates == []
