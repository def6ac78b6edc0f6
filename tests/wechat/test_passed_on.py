"""What is not ours reaches whoever had the account before us byte for byte, and his answer the platform (ADR 26)."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from structlog.testing import capture_logs

from bot.channels.wechat.account import Mode, PreviousServer
from bot.channels.wechat.endpoint import Endpoint, Limits
from bot.channels.wechat.predecessor import Predecessor
from bot.channels.wechat.relay import FAILURES, MAX_ANSWER, REST, Relay
from bot.metrics import Metrics
from bot.reception import LAST
from handlers.elsewhere import Elsewhere
from model.message import FollowMessage, Reply, TextMessage, UnfollowMessage, Update
from tests.wechat.before import ANSWER, Before, Request, serving_before
from tests.wechat.hall import OPENID, Hall, Site, account, reception

MODES = [mode.value for mode in Mode]
UNREACHED = "请过几分钟再发一次"


class Shared(Site):
    """A site whose accounts had a server before; what begins with 旧 is for it."""

    before: Before
    metrics: Metrics
    seconds: float = 1000.0

    def count(self, outcome: str) -> float:
        return self.metrics.registry.get_sample_value("lianban_passed_on_total", {"outcome": outcome}) or 0


@asynccontextmanager
async def sharing(before: Before, *, url: str = "", answer: float = 5.0, at_once: int = 8) -> AsyncIterator[Shared]:
    hall, metrics = Hall(), Metrics()

    async def turned(update: Update) -> Reply | Elsewhere:
        message = update.message
        if isinstance(message, TextMessage) and message.text.startswith("旧"):
            return Elsewhere()
        return await hall.answer(update)

    async with aiohttp.ClientSession() as session:
        site = Shared(hall, "", session)
        site.before, site.metrics = before, metrics
        previous = PreviousServer(url=url or before.url)
        endpoint = Endpoint(
            [account(mode) for mode in Mode],
            reception(hall, turned),
            hall.hear,
            clock=hall.clock,
            limits=Limits(answer=answer),
            metrics=metrics,
            predecessors={
                mode.value: Predecessor(Relay(previous.url, at_once=at_once, now=lambda: site.seconds), previous.scenes)
                for mode in Mode
            },
            unreached=lambda _: Reply(text=UNREACHED),
        )
        app = web.Application()
        endpoint.add_to(app)
        async with TestServer(app) as server:
            site.url = str(server.make_url("")).rstrip("/")
            yield site


@pytest.fixture
async def before() -> AsyncIterator[Before]:
    async with serving_before() as made:
        yield made


@pytest.fixture
async def shared(before: Before) -> AsyncIterator[Shared]:
    async with sharing(before) as made:
        yield made


def answering(response: Callable[[], web.StreamResponse]) -> Callable[[Request], object]:
    async def answer(_: Request) -> web.StreamResponse:
        return response()

    return answer


async def posted(site: Shared, mode: str, text: str) -> tuple[str, bytes, bytes, str]:
    """Sends words; query and body as they left, and the answer's body and type as they came."""
    client = site.client(mode)
    query, body = client.wrapped(client.document(OPENID, "text", {"Content": text, "MsgId": 7}))
    wire = "&".join(f"{name}={value.replace('+', '%2B')}" for name, value in {**query, "openid": OPENID}.items())
    headers = {"Content-Type": "text/xml"}
    address = aiohttp.client.URL(f"{client.endpoint}?{wire}", encoded=True)
    async with site.session.post(address, data=body, headers=headers) as response:
        assert response.status == 200
        return wire, body, await response.read(), response.headers["Content-Type"]


@pytest.mark.parametrize("mode", MODES)
async def test_byte_for_byte_both_ways_in_every_mode(shared: Shared, mode: str) -> None:
    wire, body, answer, kind = await posted(shared, mode, "旧的事 <&]]>")
    [asked] = shared.before.asked
    assert asked.path == f"{urlsplit(shared.before.url).path}?app=7&{wire}"
    assert (asked.body, asked.content_type) == (body, "text/xml")
    assert (answer, kind) == (ANSWER, "text/plain; charset=gbk")
    assert not shared.hall.updates


async def test_what_is_ours_never_leaves(shared: Shared) -> None:
    client = shared.client()
    assert (await client.text(OPENID, "报装")).text == "收到 1"
    assert (await client.click(OPENID, "apply")).text == "收到 2"
    assert (await client.follow(OPENID, "lianban-window-3")).text == "收到 3"
    assert (await client.forge(OPENID, "旧")).status == 403
    assert not shared.before.asked


@pytest.mark.parametrize(
    ("event", "key"),
    [("VIEW", "http://old.example/"), ("LOCATION", None), ("CLICK", "V1001_GOOD"), ("card_pass_check", None),
     ("scancode_waitmsg", "k"), ("kf_create_session", None)],
)  # fmt: skip
async def test_events_of_others_go_to_them_and_nowhere_else(shared: Shared, event: str, key: str | None) -> None:
    client = shared.client("plain")
    query, body = client.wrapped(client.document(OPENID, "event", {"Event": event, "EventKey": key or ""}))
    async with shared.session.post(client.endpoint, params=query, data=body) as response:
        assert (response.status, await response.read()) == (200, ANSWER)
    assert [one.body for one in shared.before.asked] == [body]
    assert not shared.hall.updates


async def test_following_is_greeted_by_them_and_noted_by_us(shared: Shared) -> None:
    shared.before.answer = answering(lambda: web.Response(text="success"))  # type: ignore[assignment]
    client = shared.client()
    for event, key in (("subscribe", ""), ("subscribe", "qrscene_123"), ("SCAN", "old"), ("unsubscribe", "")):
        assert (await client.event(OPENID, event, key)).raw == "success"
    assert len(shared.before.asked) == 4
    assert [type(one.message) for one in shared.hall.updates] == [FollowMessage] * 3 + [UnfollowMessage]


async def test_reports_on_pushes_are_heard_by_both_and_waited_for_by_nobody(shared: Shared) -> None:
    gate = asyncio.Event()

    async def slow(_: Request) -> web.StreamResponse:
        await gate.wait()
        return web.Response(text="x")

    shared.before.answer = slow
    seen = await shared.client().event(OPENID, "TEMPLATESENDJOBFINISH", None, MsgID=5, Status="success")
    assert seen.raw == "success"
    assert len(shared.hall.reports) == 1
    await asyncio.wait_for(shared.before.arrived.wait(), 30)
    gate.set()


FAILING = {
    "http_5xx": lambda: web.Response(status=500, body=ANSWER),
    "http_4xx": lambda: web.Response(status=404),
    "http_3xx": lambda: web.Response(status=302, headers={"Location": "http://127.0.0.1:1/elsewhere"}),
    "oversize": lambda: web.Response(body=b"x" * (MAX_ANSWER + 1)),
    "encoded": lambda: web.Response(body=b"\x1f\x8b", headers={"Content-Encoding": "gzip"}),
}


@pytest.mark.parametrize("outcome", FAILING)
async def test_a_server_that_fails_is_asked_three_times_and_then_the_person_is_told(
    shared: Shared, outcome: str
) -> None:
    shared.before.answer = answering(FAILING[outcome])  # type: ignore[assignment]
    client = shared.client()
    tries = [await client.text(OPENID, "旧"), *[await client.redeliver() for _ in range(LAST - 1)]]
    assert [one.status for one in tries] == [503, 503, 200]
    assert tries[-1].text == UNREACHED
    assert len(shared.before.asked) == LAST
    assert shared.count(outcome) == LAST
    assert (await client.text(OPENID, "报装")).text == "收到 1"


async def test_any_answer_is_passed_on_however_odd(shared: Shared) -> None:
    for body in (b"", b"success", b"\xff\xfe<garbage", b"x" * MAX_ANSWER):
        shared.before.answer = answering(lambda body=body: web.Response(body=body))  # type: ignore[assignment,misc]
        _, _, answer, _ = await posted(shared, "safe", "旧")
        assert answer == body


async def test_a_slow_server_is_let_go_in_time_and_holds_up_nobody_of_ours(before: Before) -> None:
    gate = asyncio.Event()

    async def slow(_: Request) -> web.StreamResponse:
        await gate.wait()
        return web.Response(body=ANSWER)

    before.answer = slow
    async with sharing(before, answer=0.3) as shared:
        client = shared.client()
        assert (await client.text(OPENID, "旧")).status == 503
        assert shared.count("late") == 1
        gate.set()
        client = shared.client("plain")
        query, body = client.wrapped(client.document(OPENID, "text", {"Content": "旧", "MsgId": 9}))
        async with shared.session.post(client.endpoint, params=query, data=body) as response:
            assert await response.read() == ANSWER


async def test_beyond_so_many_at_once_the_next_is_not_sent(before: Before) -> None:
    gate = asyncio.Event()

    async def slow(_: Request) -> web.StreamResponse:
        await gate.wait()
        return web.Response(text="success")

    before.answer = slow
    async with sharing(before, at_once=1) as shared:
        first = asyncio.create_task(shared.client().text(OPENID, "旧一"))
        await asyncio.wait_for(before.arrived.wait(), 30)
        assert (await shared.client().text(OPENID, "旧二")).status == 503
        assert shared.count("crowded") == 1
        assert (await shared.client().text(OPENID, "报装")).text == "收到 1"
        gate.set()
        assert (await first).raw == "success"
        assert len(before.asked) == 1


async def test_nobody_there_is_left_alone_for_a_while_and_then_found_again(before: Before) -> None:
    async with serving_before() as gone:
        dead = gone.url
    async with sharing(before, url=dead) as shared:
        for number in range(FAILURES):
            assert (await shared.client().text(OPENID, f"旧{number}")).status == 503
        assert (shared.count("away"), shared.count("resting")) == (FAILURES, 0)
        assert (await shared.client().text(OPENID, "旧啊")).text == UNREACHED
        assert (shared.count("away"), shared.count("resting")) == (FAILURES, 1)
        shared.seconds += REST + 1
        assert (await shared.client().text(OPENID, "旧呢")).status == 503
        assert shared.count("away") == FAILURES + 1


async def test_what_nobody_waits_for_is_tried_and_forgotten(shared: Shared) -> None:
    shared.before.answer = answering(FAILING["http_5xx"])  # type: ignore[assignment]
    client = shared.client()
    assert (await client.event(OPENID, "LOCATION")).raw == "success"
    tries = [await client.follow(OPENID), *[await client.redeliver() for _ in range(LAST - 1)]]
    assert [(one.status, one.raw) for one in tries] == [(503, ""), (503, ""), (200, "success")]


async def test_the_journal_says_what_became_of_it_and_not_what_was_said(shared: Shared) -> None:
    shared.before.answer = answering(FAILING["http_5xx"])  # type: ignore[assignment]
    with capture_logs() as lines:
        await shared.client().text(OPENID, "旧 张三 13800138000")
    assert {"wechat.not_passed", "wechat.inbound"} <= {line["event"] for line in lines}
    assert not any(word in str(line) for line in lines for word in ("张三", "1380013", OPENID, "callback"))


@pytest.mark.parametrize(
    "given",
    [{"url": "ftp://old.example/"}, {"url": "http://user:pass@old.example/"}, {"url": "http://"}, {},
     {"url": "http://old.example/", "autoreplies": "a.json"}],
)  # fmt: skip
def test_a_previous_that_cannot_be(given: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="previous"):
        account(Mode.SAFE, previous=given)
