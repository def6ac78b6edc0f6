"""The outbound client against a platform with WeChat's rules."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from structlog.testing import capture_logs

from bot.channels.wechat.account import Mode
from bot.channels.wechat.client import WeChat, client_msg_id
from bot.channels.wechat.errors import MEANINGS, Correction, Reaction
from bot.channels.wechat.results import Done, Media, NoAnswer, QrCode, Refusal, Sent, TooLarge, Uploaded
from bot.channels.wechat.sdk import Call, Upload
from bot.channels.wechat.wire import Patience
from model.message import Button, Reply
from tests.wechat.hall import APPID, OPENID, account
from tests.wechat.platform import PHOTO, Memory, Platform, serving

HELLO = Reply(text="明天上午踏勘", buttons=(Button(number=1, label="同意", say="同意", id="yes"),))
FIELDS = {"thing1": "用水新装", "time2": "2025年6月4日 09:30"}


@dataclass
class Desk:
    """A client, its platform, and the pauses it made."""

    platform: Platform
    session: aiohttp.ClientSession
    url: str
    memory: Memory = field(default_factory=Memory)
    pauses: list[float] = field(default_factory=list)
    patience: float = 0.3

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        await asyncio.sleep(0)

    def client(self, **changes: object) -> WeChat:
        given = account(Mode.SAFE, **({"api_base": self.url, "templates": {"survey": "tpl-1"}} | changes))
        patience = Patience(connect=max(1, self.patience), call=self.patience, download=1)
        return WeChat(given, self.session, self.memory, clock=self.platform.clock, patience=patience, sleep=self.sleep)


@pytest_asyncio.fixture(loop_scope="session")
async def desk() -> AsyncIterator[Desk]:
    platform = Platform()
    async with serving(platform) as url, aiohttp.ClientSession() as session:
        yield Desk(platform, session, url)


async def test_a_text_goes_out_with_its_choices_as_links(desk: Desk) -> None:
    assert await desk.client().send_text(OPENID, HELLO) == Sent()
    ((path, body),) = desk.platform.seen
    assert path == "message/custom/send"
    assert body["touser"] == OPENID
    assert body["text"]["content"] == (
        '明天上午踏勘\n<a href="weixin://bizmsgmenu?msgmenucontent=同意&msgmenuid=yes">1 同意</a>'
    )
    with pytest.raises(ValueError, match="nothing"):
        await desk.client().send_text(OPENID, Reply())


async def test_a_picture_is_uploaded_as_a_form_and_sent_by_its_id(desk: Desk) -> None:
    found = await desk.client().upload(Upload("资料.jpg", "image/jpeg", PHOTO))
    assert found == Uploaded("m-up")
    assert desk.platform.uploads == [("资料.jpg", "image/jpeg", PHOTO)]
    assert await desk.client().send_image(OPENID, "m-up") == Sent()
    (up, asked), (path, body) = desk.platform.seen
    assert (up, asked["type"], path, body["image"]) == (
        "media/upload",
        "image",
        "message/custom/send",
        {"media_id": "m-up"},
    )


async def test_an_upload_with_a_token_that_went_is_sent_whole_again(desk: Desk) -> None:
    client = desk.client()
    await client.typing(OPENID)
    desk.platform.revoke()
    assert await client.upload(Upload("a.jpg", "image/jpeg", PHOTO)) == Uploaded("m-up")
    assert [data for _, _, data in desk.platform.uploads] == [PHOTO, PHOTO]


async def test_an_upload_whose_answer_names_no_id_came_to_nothing(desk: Desk) -> None:
    desk.platform.broken.append(web.json_response({"errcode": 0, "type": "image"}))
    found = await desk.client().upload(Upload("a.jpg", "image/jpeg", PHOTO))
    assert found == NoAnswer("no_media_id", may_have_arrived=True)
    assert "JFIF" not in repr(Upload("a.jpg", "image/jpeg", b"JFIF"))


async def test_a_template_message_sent_again_is_the_same_message(desk: Desk) -> None:
    client = desk.client()
    first = await client.send_template(OPENID, "survey", FIELDS, key="outbox:17", url="http://c.example/")
    again = await client.send_template(OPENID, "survey", FIELDS, key="outbox:17")
    other = await client.send_template(OPENID, "survey", FIELDS, key="outbox:18")
    assert first == again == Sent("9000")
    assert other == Sent("9001")
    _, body = desk.platform.seen[0]
    assert body["template_id"] == "tpl-1"
    assert body["data"] == {name: {"value": value} for name, value in FIELDS.items()}
    assert body["url"] == "http://c.example/"
    assert len(client_msg_id("k" * 500)) == 32


async def test_what_cannot_be_sent_is_refused_before_it_is(desk: Desk) -> None:
    client = desk.client()
    unknown = await client.send_template(OPENID, "nothing", FIELDS, key="k")
    unfit = await client.send_template(OPENID, "survey", {"phone_number1": "不详"}, key="k")
    assert isinstance(unknown, Refusal)
    assert unknown.meaning.correction is Correction.TEMPLATE_OFF
    assert isinstance(unfit, Refusal)
    assert unfit.meaning.correction is Correction.REPAIR
    assert "phone_number1" in unfit.errmsg
    assert not desk.platform.seen


async def test_many_cold_clients_fetch_one_token(desk: Desk) -> None:
    desk.patience = 30  # this is about one token, not about a machine that is busy
    clients = [desk.client() for _ in range(8)]
    results = await asyncio.gather(*(client.typing(OPENID) for client in clients for _ in range(3)))
    assert set(results) == {Done()}
    assert len(desk.platform.fetches) == 1
    assert desk.platform.fetches[0]["force_refresh"] is False
    assert not desk.memory.held


async def test_a_token_is_given_up_before_its_end(desk: Desk) -> None:
    client = desk.client()
    await client.typing(OPENID)
    desk.platform.now += dt.timedelta(seconds=7200 - 61)
    await client.typing(OPENID)
    assert len(desk.platform.fetches) == 1
    desk.platform.now += dt.timedelta(seconds=2)
    await client.typing(OPENID)
    assert len(desk.platform.fetches) == 2


@pytest.mark.parametrize("code", [40001, 40014, 42001])
async def test_a_refused_token_is_replaced_and_the_call_made_once_more(desk: Desk, code: int) -> None:
    client = desk.client()
    await client.typing(OPENID)
    desk.platform.refusals.append((code, "access_token expired"))
    assert await client.send_text(OPENID, HELLO) == Sent()
    assert len(desk.platform.fetches) == 2
    assert not any(fetch["force_refresh"] for fetch in desk.platform.fetches)


async def test_a_token_that_another_process_replaced_is_not_fetched_again(desk: Desk) -> None:
    client = desk.client()
    await client.typing(OPENID)
    stale = desk.platform.token
    desk.platform.revoke()
    expires = int(desk.platform.now.timestamp() * 1000) + 10**6
    await desk.memory.put(APPID, desk.platform.token, expires)
    assert not await desk.memory.invalidate(APPID, stale)
    assert await client.typing(OPENID) == Done()
    assert len(desk.platform.fetches) == 1


async def test_a_token_refused_twice_is_a_refusal_and_no_loop(desk: Desk) -> None:
    desk.platform.refusals.extend([(40001, "no"), (40001, "no"), (40001, "no")])
    refusal = await desk.client().send_text(OPENID, HELLO)
    assert isinstance(refusal, Refusal)
    assert refusal.meaning.reaction is Reaction.REFRESH_TOKEN
    assert len(desk.platform.seen) == 2


async def test_a_secret_that_is_wrong_is_a_refusal_to_alert_about(desk: Desk) -> None:
    refusal = await desk.client(appsecret="other").typing(OPENID)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.meaning.alert) == (40125, True)
    assert not desk.platform.seen
    assert not desk.memory.held


async def test_a_busy_platform_is_asked_again_within_bounds(desk: Desk) -> None:
    client = desk.client()
    desk.platform.refusals.extend([(-1, "system error")] * 3)
    assert await client.send_template(OPENID, "survey", FIELDS, key="k") == Sent("9000")
    assert len(desk.pauses) == 3
    assert desk.pauses == sorted(desk.pauses)
    desk.platform.refusals.extend([(-1, "system error")] * 9)
    refusal = await client.create_menu({"button": []})
    assert isinstance(refusal, Refusal)
    assert refusal.meaning.reaction is Reaction.RETRY
    assert len(desk.pauses) == 6


async def test_a_text_is_tried_at_most_twice_on_a_busy_platform(desk: Desk) -> None:
    desk.platform.refusals.extend([(-1, "system error")] * 9)
    refusal = await desk.client().send_text(OPENID, HELLO)
    assert isinstance(refusal, Refusal)
    assert len(desk.platform.seen) == 2


@pytest.mark.parametrize("code", sorted(MEANINGS.keys() - {-1, 40001, 40014, 42001}))
async def test_every_known_refusal_carries_its_meaning_and_rid(desk: Desk, code: int) -> None:
    desk.platform.refusals.append((code, "refused"))
    with capture_logs() as lines:
        refusal = await desk.client().send_text(OPENID, HELLO)
    assert refusal == Refusal(code, "refused rid: 683f-0a1b-77", "683f-0a1b-77", MEANINGS[code])
    assert len(desk.platform.seen) == 1
    assert any(line.get("rid") == "683f-0a1b-77" for line in lines)
    assert OPENID not in str(lines)


async def test_an_unknown_refusal_is_shown_to_somebody(desk: Desk) -> None:
    desk.platform.refusals.append((99999, "?"))
    refusal = await desk.client().send_text(OPENID, HELLO)
    assert isinstance(refusal, Refusal)
    assert (refusal.meaning.reaction, refusal.meaning.alert) == (Reaction.PERMANENT, True)


@pytest.mark.parametrize(
    ("response", "arrived"),
    [
        (web.Response(status=502, text="<html>bad gateway</html>"), True),
        (web.Response(text="<html>hello</html>"), True),
        (web.Response(text="[1]"), True),
        (web.Response(text="[" * 100_000), True),
    ],
)
async def test_an_answer_that_is_none(desk: Desk, response: web.Response, *, arrived: bool) -> None:
    desk.platform.broken.append(response)
    result = await desk.client().send_text(OPENID, HELLO)
    assert isinstance(result, NoAnswer)
    assert result.may_have_arrived is arrived
    assert len(desk.platform.seen) == 1


async def test_a_silent_platform_is_no_answer_and_the_log_has_no_token(desk: Desk) -> None:
    client = desk.client()
    await client.typing(OPENID)

    desk.platform.pause = 0.5
    with capture_logs() as lines:
        result = await client.send_text(OPENID, HELLO)
    assert isinstance(result, NoAnswer)
    assert result.may_have_arrived
    assert [line["event"] for line in lines] == ["wechat.no_answer"]
    assert "token-1" not in str(lines)


@pytest.mark.parametrize("warm", [False, True])
async def test_a_platform_out_of_reach_certainly_got_nothing(desk: Desk, *, warm: bool) -> None:
    if warm:
        await desk.client().typing(OPENID)
    result = await desk.client(api_base="http://127.0.0.1:1").send_text(OPENID, HELLO)
    assert isinstance(result, NoAnswer)
    assert not result.may_have_arrived


async def test_a_redirect_is_not_followed_with_the_token(desk: Desk) -> None:
    client = desk.client()
    desk.platform.broken.append(web.Response(status=307, headers={"Location": "/cgi-bin/elsewhere"}))
    result = await client.send_text(OPENID, HELLO)
    assert result == NoAnswer("http_307", may_have_arrived=False)
    assert [path for path, _ in desk.platform.seen] == ["message/custom/send"]


async def test_a_photo_comes_with_its_declared_type_and_a_bare_name(desk: Desk) -> None:
    media = await desk.client().media("m-1")
    assert media == Media(PHOTO, "image/jpeg", "平面图.jpg")


async def test_a_media_error_hides_in_a_200(desk: Desk) -> None:
    refusal = await desk.client().media("gone")
    assert isinstance(refusal, Refusal)
    assert refusal.code == 40007


async def test_a_file_that_looks_like_an_error_is_a_file(desk: Desk) -> None:
    desk.platform.media = b'{"errcode": 40001}'
    media = await desk.client().media("m-1")
    assert isinstance(media, Media)
    assert media.data == desk.platform.media


@pytest.mark.parametrize("chunked", [False, True])
async def test_a_file_over_the_limit_is_not_read_to_its_end(desk: Desk, *, chunked: bool) -> None:
    desk.platform.chunked = chunked
    assert await desk.client().media("m-1", limit=100_000) == TooLarge(100_000)


async def test_menu_code_and_typing(desk: Desk) -> None:
    client = desk.client()
    menu = {"button": [{"type": "click", "name": "联合报装", "key": "apply"}]}
    assert await client.create_menu(menu) == Done()
    assert await client.create_qrcode("hall-3", seconds=60) == QrCode("gQ", "http://q.example/1")
    assert await client.create_qrcode("hall-3") == QrCode("gQ", "http://q.example/1")
    assert await client.typing(OPENID) == Done()
    paths = [path for path, _ in desk.platform.seen]
    assert paths == ["menu/create", "qrcode/create", "qrcode/create", "message/custom/typing"]
    (_, made), (_, temporary), (_, permanent), (_, typing) = desk.platform.seen
    assert made["button"] == menu["button"]
    assert (temporary["action_name"], temporary["expire_seconds"]) == ("QR_STR_SCENE", 60)
    assert permanent["action_name"] == "QR_LIMIT_STR_SCENE"
    assert typing["command"] == "Typing"
    for scene, seconds in (("", None), ("s" * 65, None), ("s", 2_592_001), ("s", 0)):
        with pytest.raises(ValueError, match="range"):
            await client.create_qrcode(scene, seconds=seconds)


def test_any_endpoint_of_the_library_can_be_described(desk: Desk) -> None:
    anything = desk.client().catalogue.anything
    assert anything.user.get(OPENID) == Call("GET", "/cgi-bin/user/info", {"openid": OPENID, "lang": "zh_CN"}, None)
    with pytest.raises(ValueError, match="token must not"):
        anything.get("https://elsewhere.example/")
    with pytest.raises(NotImplementedError):
        anything.media.upload("image", b"")
