"""The generic gateway over the wire: what is posted, and every way an answer can be, or fail to come."""

import base64
import datetime as dt
import hashlib
import hmac
import json
import socket
from typing import Any
from urllib.parse import parse_qs

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from bot.channels.sms.gateway import NoAnswer, Refused, Sent, Sms, Why
from bot.channels.sms.http import MOST_BYTES, HttpGateway, gateway_session
from bot.channels.sms.settings import GatewaySettings
from tests.sms.conftest import Stand

PHONE, WORDS = "13800001234", "XXLB2026000001：约好“周三”上门\n请在场 & 别忘"
SMS = Sms(PHONE, WORDS, "k" * 32, "applicant.survey_agreed", {"character_string1": "XXLB2026000001", "thing3": "周三"})
NOW = dt.datetime(2026, 11, 30, 1, 2, 3, tzinfo=dt.UTC)


def settings(url: str, **changes: Any) -> GatewaySettings:
    written: dict[str, Any] = {
        "county": "xinxiang",
        "url": url,
        "headers": {"Authorization": "Bearer {secret.key}"},
        "body": {"to": ["{phone}"], "text": "{text}", "id": "{key}"},
        "secrets": {"key": "s3cret"},
        "taken": {"path": "code", "values": ["0", "OK"]},
        "number": "data.0.id",
        "codes": {"21": "blocked", "F": "too_fast"},
        "signature": "【联办】",
        "seconds": 0.5,
    }
    return GatewaySettings.model_validate(written | changes)


async def send(url: str, **changes: Any) -> Sent | Refused | NoAnswer:
    async with gateway_session() as session:
        return await HttpGateway(settings(url, **changes), session, lambda: NOW).send(SMS)


async def test_json_with_a_secret_in_a_header(stand: Stand) -> None:
    assert await send(stand.url) == Sent("77")
    assert json.loads(stand.bodies[0]) == {"to": [PHONE], "text": f"【联办】{WORDS}", "id": "k" * 32}
    assert stand.headers[0]["Authorization"] == "Bearer s3cret"
    assert stand.headers[0]["Content-Type"].startswith("application/json")


async def test_a_form_with_templates_and_an_hmac(stand: Stand) -> None:
    body = {
        "mobile": "{phone}",
        "tpl": "{template}",
        "vars": "{params_json}",
        "at": "{datetime}",
        "sign": "{digest.sign}",
    }
    changes: dict[str, Any] = {
        "form": "form",
        "body": body,
        "digests": {"sign": {"of": "{phone}{datetime}", "hash": "sha256", "secret": "key", "write": "base64"}},
        "templates": {
            "applicant.survey_agreed": {"id": "SMS_1", "params": {"no": "character_string1", "when": "thing3"}}
        },
    }
    assert await send(stand.url, **changes) == Sent("77")
    got = {name: one for name, (one,) in parse_qs(stand.bodies[0].decode()).items()}
    mac = hmac.digest(b"s3cret", f"{PHONE}20261130090203".encode(), "sha256")
    assert got == {
        "mobile": PHONE,
        "tpl": "SMS_1",
        "vars": '{"no": "XXLB2026000001", "when": "周三"}',
        "at": "20261130090203",
        "sign": base64.b64encode(mac).decode(),
    }
    changes["templates"] = {"applicant.closed": {"id": "SMS_2"}}
    assert await send(stand.url, **changes) == Refused(Why.NO_TEMPLATE)
    assert len(stand.bodies) == 1, "what has no template is not posted"


async def test_base64_of_json_with_an_md5(stand: Stand) -> None:
    body = {"mobiles": "{phone}", "content": "{text}", "mac": "{digest.mac}"}
    digests = {"mac": {"of": "{secret.key}{phone}{text}", "hash": "md5"}}
    assert await send(stand.url, form="base64_json", body=body, digests=digests, signature="") == Sent("77")
    got = json.loads(base64.b64decode(stand.bodies[0]))
    assert got["mac"] == hashlib.md5(f"s3cret{PHONE}{WORDS}".encode(), usedforsecurity=False).hexdigest()


ANSWERS = [
    ('{"code": "OK"}', 200, Sent("")),
    ('{"code": 0, "data": []}', 201, Sent("")),
    ('{"code": 21}', 200, Refused(Why.BLOCKED, "21")),
    ('{"code": "F"}', 400, Refused(Why.TOO_FAST, "F")),
    ('{"code": "X9"}', 200, Refused(Why.REFUSED, "X9")),
    ('{"code": "号码13800001234不对"}', 200, Refused(Why.REFUSED, "")),
    ('{"code": 0}', 400, Refused(Why.REFUSED, "0")),
    ("no", 401, Refused(Why.NOT_AUTHORISED, "http_401")),
    ("no", 429, Refused(Why.TOO_FAST, "http_429")),
    ("no", 404, Refused(Why.REFUSED, "http_404")),
    ("", 502, NoAnswer("http_502", may_have_arrived=True)),
    ('{"code": "F"}', 503, Refused(Why.TOO_FAST, "F")),
    ("<html>ok</html>", 200, NoAnswer("unreadable", may_have_arrived=True)),
    ("", 200, NoAnswer("unreadable", may_have_arrived=True)),
    ("[1]", 200, NoAnswer("unreadable", may_have_arrived=True)),
    ('{"code": {"code": 0}}', 200, NoAnswer("unreadable", may_have_arrived=True)),
    ("[" * 20_000, 200, NoAnswer("unreadable", may_have_arrived=True)),
    ("0" * (MOST_BYTES + 1), 200, NoAnswer("oversize", may_have_arrived=True)),
]


@pytest.mark.parametrize(("body", "status", "meant"), ANSWERS)
async def test_what_an_answer_means(stand: Stand, body: str, status: int, meant: Sent | Refused | NoAnswer) -> None:
    stand.says(body, status)
    with capture_logs() as logs:
        assert await send(stand.url) == meant
    assert isinstance(meant, Sent) or logs
    assert PHONE not in str(logs) and "s3cret" not in str(logs) and "上门" not in str(logs)


async def test_no_redirect_is_followed(stand: Stand) -> None:
    stand.says("", 307, Location=stand.url)
    assert await send(stand.url) == NoAnswer("http_307", may_have_arrived=False)
    assert len(stand.bodies) == 1


async def test_a_body_without_end_is_not_read(stand: Stand) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(MOST_BYTES // 1024 + 8):
            await response.write(b" " * 1024)
        return response

    stand.answers.append(endless)
    assert await send(stand.url, seconds=10) == NoAnswer("oversize", may_have_arrived=True)


async def test_silence_and_half_an_answer_may_have_arrived(stand: Stand) -> None:
    async def silent(_: web.Request) -> web.StreamResponse:
        await stand.ended.wait()
        return web.Response()

    async def slow(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b'{"code":')
        await stand.ended.wait()
        return response

    async def hung_up(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    stand.answers += [silent, slow, hung_up]
    found = [await send(stand.url) for _ in range(3)]
    assert all(isinstance(one, NoAnswer) and one.may_have_arrived for one in found)


async def test_nobody_there_means_that_it_did_not_arrive() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}/send"
        found = await send(url)
    assert isinstance(found, NoAnswer) and not found.may_have_arrived


async def test_a_certificate_nobody_knows_is_not_accepted(stand: Stand) -> None:
    """TLS to a server that speaks none: the handshake fails before anything is sent."""
    found = await send(stand.url.replace("http:", "https:"))
    assert isinstance(found, NoAnswer) and not stand.bodies
