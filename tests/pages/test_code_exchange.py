"""What a code is worth, whatever the platform answers. Tried again only where it surely did nothing: a code is good once."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port

from bot.channels.wechat.account import Mode
from bot.channels.wechat.oauth import Known, OAuth, Snapshot
from bot.channels.wechat.results import NoAnswer, Refusal
from bot.channels.wechat.wire import Patience
from tests.pages.town import OPT_IN, Browser, Town
from tests.wechat.hall import APPID, account

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
GOOD = {"access_token": "a", "expires_in": 7200, "refresh_token": "r", "openid": "o1", "scope": "snsapi_base"}


class Platform:
    """Answers in turn, and keeps what it was asked."""

    def __init__(self) -> None:
        self.answers: list[Any] = []
        self.asked: list[dict[str, str]] = []

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(dict(request.query))
        answer = self.answers.pop(0)
        return answer if isinstance(answer, web.Response) else web.json_response(answer, content_type="text/plain")


@pytest.fixture
async def platform() -> Platform:
    return Platform()


@pytest.fixture
async def oauth(platform: Platform) -> AsyncIterator[OAuth]:
    app = web.Application()
    app.router.add_get("/sns/oauth2/access_token", platform.answer)
    async with TestServer(app) as server, aiohttp.ClientSession() as session:
        yield OAuth(
            account(Mode.SAFE, api_base=str(server.make_url(""))), session, patience=Patience(call=5), sleep=no_pause
        )


async def no_pause(_: float) -> None:
    return None


async def test_the_person_is_known_by_his_openid(platform: Platform, oauth: OAuth) -> None:
    platform.answers = [GOOD]
    assert await oauth.person("c0de") == Known("o1")
    assert platform.asked == [{"appid": APPID, "secret": "s3cret", "code": "c0de", "grant_type": "authorization_code"}]


async def test_a_snapshot_is_nobody(platform: Platform, oauth: OAuth) -> None:
    platform.answers = [GOOD | {"is_snapshotuser": 1}]
    assert await oauth.person("c0de") == Snapshot()


@pytest.mark.parametrize("code", [40029, 40163, 42003, 40013, 40125])
async def test_a_refusal_is_final(platform: Platform, oauth: OAuth, code: int) -> None:
    platform.answers = [{"errcode": code, "errmsg": "no rid: 6566f6d9"}, GOOD]
    answer = await oauth.person("c0de")
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.rid, len(platform.asked)) == (code, "6566f6d9", 1)


async def test_a_busy_platform_did_nothing_and_is_asked_once_more(platform: Platform, oauth: OAuth) -> None:
    busy = {"errcode": -1, "errmsg": "system error"}
    platform.answers = [busy, GOOD]
    assert await oauth.person("c0de") == Known("o1")
    platform.answers = [busy, busy, GOOD]
    assert isinstance(await oauth.person("c0de"), Refusal)
    assert len(platform.asked) == 4


@pytest.mark.parametrize(
    "answer",
    [
        web.Response(status=502, text="<html>"),
        web.Response(text="<html>"),
        web.Response(text="[]"),
        {"access_token": "a"},
        {"openid": ""},
        {"openid": ["o1"]},
        web.Response(body=b" " * (1024 * 1024 + 1)),
    ],
)
async def test_no_answer_may_have_used_the_code_up(platform: Platform, oauth: OAuth, answer: Any) -> None:
    platform.answers = [answer, GOOD]
    found = await oauth.person("c0de")
    assert isinstance(found, NoAnswer)
    assert found.may_have_arrived
    assert len(platform.asked) == 1


async def test_a_platform_that_is_not_there_is_tried_twice() -> None:
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    async with aiohttp.ClientSession() as session:
        nobody = account(Mode.SAFE, api_base=f"http://127.0.0.1:{unused_port()}")
        found = await OAuth(nobody, session, sleep=pause).person("c0de")
    assert isinstance(found, NoAnswer)
    assert (found.may_have_arrived, len(pauses)) == (False, 1)


@pytest.mark.parametrize("code", ["", "c" * 513])
async def test_what_is_no_code_is_not_even_asked(platform: Platform, oauth: OAuth, code: str) -> None:
    assert isinstance(await oauth.person(code), Refusal)
    assert platform.asked == []


@pytest.mark.parametrize(
    ("fault", "status", "words"),
    [
        ({"errcode": 40125}, 502, "微信没有让我们登录"),
        ({"silent": "after"}, 400, "微信的登录过时了"),  # aiohttp repeats a GET by itself: the code was used by then
        ({"silent": "after", "times": 2}, 502, "微信暂时没有回应"),
        ({"status": 502}, 502, "微信暂时没有回应"),
        ({"errcode": 40029}, 400, "微信的登录过时了"),
    ],
)
async def test_what_the_person_reads(
    here: Town, browser: Browser, fault: dict[str, Any], status: int, words: str
) -> None:
    back = await browser.away()
    await here.fault("sns/oauth2/access_token", **fault)
    page = await browser.get(back)
    assert (page.status, words in page.text) == (status, True)
    assert 'class="go" href="/pages/opt-in/' in page.text
    assert (await browser.sign_in(OPT_IN)).status == 200
