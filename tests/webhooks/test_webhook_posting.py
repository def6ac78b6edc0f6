"""A request to the system of a body over a real socket: signed, bounded, and every answer a value."""

import asyncio
import datetime as dt
import time
from collections.abc import AsyncIterator, Sequence

import pytest
from aiohttp import web

from bot.webhooks.posting import Answer, HttpPost, NoAnswer
from bot.webhooks.sending import outcome_of
from bot.webhooks.signing import new_secret, read_secret, secret_text, signature
from model.delivery import Delivered, Failed, Unknown
from model.webhook import Webhook
from tests.webhooks.receiver import System, forever, listening

SECRET = new_secret()


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@pytest.fixture
async def system() -> AsyncIterator[System]:
    async with listening() as one:
        yield one


def hook(url: str, *, allow_private: bool = True, **more: object) -> Webhook:
    return Webhook(county="xinxiang", body="water", url=url, secret=SECRET, allow_private=allow_private).model_copy(
        update=more
    )


def test_the_signature_is_that_of_the_standard() -> None:
    """The example of the specification (Standard Webhooks, test vectors of its libraries)."""
    secret = read_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    body = b'{"test": 2432232314}'
    found = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert found == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("text", ["", "whsec", "secret", "whsec_***", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])
def test_what_is_no_secret(text: str) -> None:
    with pytest.raises(ValueError, match="secret"):
        read_secret(text)


async def test_what_arrives_is_signed_dated_and_whole(system: System) -> None:
    body = '{"type":"ping","data":"水"}'.encode()
    before = int(time.time())
    assert await HttpPost(now)(hook(system.url), "msg_1", body) == Answer(204)
    got = system.got[0]
    assert got.body == body
    assert got.id == "msg_1"
    assert got.signed_with(secret_text(SECRET))
    assert not got.signed_with(secret_text(new_secret()))
    assert before <= int(got.headers["webhook-timestamp"]) <= int(time.time())
    assert got.headers["content-type"].startswith("application/json")


async def test_while_a_secret_is_replaced_both_sign(system: System) -> None:
    fresh, soon = new_secret(), now() + dt.timedelta(hours=1)
    both = hook(system.url, secret=fresh, previous=SECRET, previous_until=soon)
    await HttpPost(now)(both, "msg_1", b"{}")
    await HttpPost(lambda: soon)(both, "msg_2", b"{}")
    first, second = system.got
    assert first.signed_with(secret_text(fresh))
    assert first.signed_with(secret_text(SECRET))
    assert second.signed_with(secret_text(fresh))
    assert not second.signed_with(secret_text(SECRET))


async def test_a_redirect_is_not_followed(system: System) -> None:
    async def away(request: web.Request) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": system.url + "/elsewhere"})

    system.react = away
    assert await HttpPost(now)(hook(system.url), "msg_1", b"{}") == Answer(302)
    assert len(system.got) == 1


async def test_one_that_hangs_is_given_up(system: System) -> None:
    system.react = forever
    assert await HttpPost(now, seconds=0.3)(hook(system.url), "msg_1", b"{}") == NoAnswer("TimeoutError")


async def test_the_time_is_for_everything_the_name_too(system: System) -> None:
    async def slow(_host: str, _port: int) -> Sequence[str]:
        await asyncio.Event().wait()
        return []

    assert await HttpPost(now, lookup=slow, seconds=0.1)(hook(system.url), "msg_1", b"{}") == NoAnswer("TimeoutError")


async def test_a_huge_answer_is_not_read(system: System) -> None:
    """100 MB, and more that never ends: only the status is wanted, and at most an excerpt."""
    sent = 0

    async def flood(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            for _ in range(100):
                await response.write(b"x" * 2**20)
                sent += 1
        except ConnectionError:
            pass
        return response

    system.react = flood
    assert await HttpPost(now)(hook(system.url), "msg_1", b"{}") == Answer(200)
    shown = await HttpPost(now)(hook(system.url), "msg_2", b"{}", show=True)
    assert isinstance(shown, Answer)
    assert 0 < len(shown.excerpt) <= 1024
    assert sent < 50


async def test_nobody_there() -> None:
    async with listening() as gone:
        url = gone.url
    answer = await HttpPost(now)(hook(url), "msg_1", b"{}")
    assert isinstance(answer, NoAnswer)
    assert "127.0.0.1" not in answer.reason


async def test_an_inside_address_is_not_connected_to(system: System) -> None:
    for url in (system.url, system.url.replace("http:", "https:"), system.url.replace("127.0.0.1", "localhost")):
        assert isinstance(await HttpPost(now)(hook(url, allow_private=False), "msg_1", b"{}"), NoAnswer)
    assert system.got == []


async def test_a_name_is_looked_up_once_and_its_address_is_where_it_goes(system: System) -> None:
    asked: list[str] = []

    async def rebinding(host: str, _port: int) -> Sequence[str]:
        """Good at first, and then another address: who looks twice is caught."""
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["169.254.169.254"]

    url = system.url.replace("127.0.0.1", "water.example")
    assert await HttpPost(now, lookup=rebinding)(hook(url), "msg_1", b"{}") == Answer(204)
    assert asked == ["water.example"]
    assert system.got[0].headers["host"].startswith("water.example:")


@pytest.mark.parametrize("text", ["120", "Fri, 31 Dec 1999 23:59:59 GMT", "soon", "-1", "1" * 400])
async def test_retry_after_is_read_or_left(system: System, text: str) -> None:
    system.answers(503, **{"Retry-After": text})
    answer = await HttpPost(now)(hook(system.url), "msg_1", b"{}")
    assert isinstance(answer, Answer)
    expected = {
        "120": dt.timedelta(seconds=120),
        "Fri, 31 Dec 1999 23:59:59 GMT": dt.timedelta(),
        "soon": None,
        "-1": None,
    }
    assert answer.retry_after == expected.get(text, dt.timedelta(seconds=10**7))


async def test_retry_after_as_a_date(system: System) -> None:
    at = dt.datetime(2026, 11, 27, 8, 0, tzinfo=dt.UTC)
    system.answers(429, **{"Retry-After": "Fri, 27 Nov 2026 08:05:00 GMT"})
    assert await HttpPost(lambda: at)(hook(system.url), "msg_1", b"{}") == Answer(429, dt.timedelta(minutes=5))


def test_what_answers_mean() -> None:
    pause = dt.timedelta(minutes=3)
    for status in (200, 201, 202, 204, 299):
        assert outcome_of(Answer(status)) == Delivered()
    for status in (301, 302, 307, 400, 401, 404, 413, 422):
        assert outcome_of(Answer(status)) == Failed(reason=f"HTTP {status}")
    for status in (408, 425, 500, 502, 503, 504):
        assert outcome_of(Answer(status)) == Unknown(reason=f"HTTP {status}")
    assert outcome_of(Answer(429, pause)) == Failed(reason="HTTP 429", retry_after=pause)
    assert outcome_of(Answer(503, pause)) == Failed(reason="HTTP 503", retry_after=pause)
    assert outcome_of(Answer(429)) == Failed(reason="HTTP 429", retry_after=dt.timedelta(minutes=1))
    assert outcome_of(NoAnswer("TimeoutError")) == Unknown(reason="TimeoutError")
