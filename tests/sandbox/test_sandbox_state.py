"""The page's JSON: accounts, phones, the clock, the live stream."""

import asyncio
import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sandbox_stage import XX, Stage, staged

from sandbox.accounts import SandboxConfig
from sandbox.clock import Clock

pytestmark = pytest.mark.asyncio


async def test_accounts_tell_any_client_how_to_reach_the_endpoint(stage: Stage) -> None:
    accounts = await (await stage.client.get("/sandbox/accounts")).json()
    assert [account["county"] for account in accounts] == ["新乡县", "泾县"]
    for account in accounts:
        assert account["endpoint"].endswith(f"/wechat/{account['id']}")
        assert len(account["EncodingAESKey"]) == 43
        assert account["token"]
        assert account["appid"].startswith("wx")
    assert [len(account["phones"]) for account in accounts] == [9, 11]


async def test_a_phone_can_be_added_while_running(stage: Stage) -> None:
    response = await stage.client.post("/sandbox/phones/xinxiang", json={"nickname": "代办员", "role": "applicant"})
    phone = await response.json()
    assert (response.status, len(phone["openid"])) == (201, 28)
    await stage.act("follow", phone["openid"])
    assert (await stage.product.next()).get("FromUserName") == phone["openid"]
    again = {"nickname": "代办员", "openid": phone["openid"]}
    assert (await stage.client.post("/sandbox/phones/xinxiang", json=again)).status == 409
    assert (await stage.client.post("/sandbox/phones/xinxiang", json={"nickname": ""})).status == 400


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("nowhere/o", {}, 404), ("xinxiang/nobody/text", {"content": "x"}, 404), (f"xinxiang/{XX}/dance", {}, 404),
        (f"xinxiang/{XX}/location", {"lat": 91}, 400), (f"xinxiang/{XX}/text", {"words": "x"}, 400),
    ],
)  # fmt: skip
async def test_wrong_requests_are_answered_not_crashed(stage: Stage, path: str, body: Any, status: int) -> None:
    await stage.follow()
    url = f"/sandbox/phones/{path}" if path.count("/") == 2 else f"/sandbox/phones/{path}/text"
    assert (await stage.client.post(url, json=body)).status == status


async def test_moving_the_clock_tells_the_product_first(stage: Stage) -> None:
    answer = await (await stage.client.post("/sandbox/clock", json={"add": 3600})).json()
    assert answer["product"] == {"status": 200}
    await stage.client.post("/sandbox/clock", json={"add": 60.0})
    await stage.client.post("/sandbox/clock", json={"offset": 0})
    assert [move["offset"] for move in stage.product.clocks] == [3600, 3660, 0]
    for wrong in ({}, {"add": 1, "offset": 1}, {"offset": 1e12}, {"offset": "x"}):
        assert (await stage.client.post("/sandbox/clock", json=wrong)).status == 400


async def test_a_product_without_a_clock_is_tolerated(stage: Stage) -> None:
    stage.product.clock_status = 404
    response = await stage.client.post("/sandbox/clock", json={"add": 86400})
    assert (response.status, (await response.json())["product"]) == (200, {"status": 404})


async def test_messages_carry_the_moved_time(stage: Stage) -> None:
    stage.clock.set(86400 * 30)
    await stage.act("follow")
    push = await stage.product.next()
    assert abs(int(push.get("CreateTime") or 0) - stage.clock.now()) < 5
    assert abs(int(push.query["timestamp"]) - stage.clock.now()) < 5


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (1795253992, "2026-11-23T09:00:00+08:00"),  # a Saturday
        (1790755200, "2026-10-08T09:00:00+08:00"),  # 30 September, before the holidays
        (1790294400, "2026-09-27T09:00:00+08:00"),  # 25 September, with the Sunday after it a make-up day
    ],
)
async def test_the_next_working_day(now: float, expected: str) -> None:
    holidays = [date(2026, 10, day) for day in (1, 2, 5, 6, 7)]
    clock = Clock(lambda: now, holidays, [date(2026, 9, 27)])
    clock.set(clock.offset_to_next_workday())
    assert clock.today().isoformat(timespec="seconds") == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-23T08:00:00+08:00", "2026-11-23T08:00:00+08:00"),
        ("2026-11-21T19:59:59+08:00", "2026-11-21T19:59:59+08:00"),  # a Saturday
        ("2026-11-23T05:30:00+08:00", "2026-11-23T09:00:00+08:00"),
        ("2026-11-23T20:00:00+08:00", "2026-11-24T09:00:00+08:00"),
        ("2026-11-27T22:45:00+08:00", "2026-11-30T09:00:00+08:00"),
        ("2026-11-22T03:00:00+08:00", "2026-11-23T09:00:00+08:00"),  # a Sunday
    ],
)
async def test_by_night_it_is_the_next_working_morning(now: str, expected: str) -> None:
    clock = Clock(datetime.fromisoformat(now).timestamp)
    clock.wake()
    assert clock.today().isoformat(timespec="seconds") == expected


async def read_events(stage: Stage, wanted: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    async with stage.client.get("/sandbox/events", params={"account": "xinxiang"}) as response:
        assert response.content_type == "text/event-stream"
        await response.content.readuntil(b"\n\n")
        acting = asyncio.ensure_future(stage.act("text", content="你好"))
        while not found or found[-1]["entry"]["side"] != "them":
            block = (await response.content.readuntil(b"\n\n")).decode()
            if block.startswith(f"event: {wanted}\n"):
                found.append(json.loads(block.split("data: ", 1)[1]))
        await acting
    return found


async def test_what_happens_is_streamed(stage: Stage) -> None:
    await stage.follow()
    stage.product.handler = lambda push: "收到"
    events = await asyncio.wait_for(read_events(stage, "entry"), 30)
    assert [(event["openid"], event["entry"]["content"]) for event in events] == [(XX, "你好"), (XX, "收到")]


async def test_an_open_stream_does_not_keep_the_sandbox_alive(config: SandboxConfig) -> None:
    async with staged(config) as stage:
        response = await stage.client.get("/sandbox/events")
        await response.content.readuntil(b"\n\n")
        await asyncio.wait_for(stage.client.server.close(), 30)


async def test_the_page_keeps_to_its_own_paths(stage: Stage) -> None:
    page = await (await stage.client.get("/")).text()
    assert "/sandbox/static/phones.js" in page
    for name in ("phones.css", "phones.js", "phone.js", "chat.js", "inspector.js", "element.js", "sms.js"):
        response = await stage.client.get(f"/sandbox/static/{name}")
        assert response.status == 200
        assert "innerHTML" not in await response.text()
    assert (await stage.client.get("/sandbox/static/..%2Fapp.py")).status == 404
    assert (await stage.client.get("/healthz")).status == 200


async def test_the_process_listens_on_loopback_and_ends_when_told() -> None:
    root = Path(__file__).parents[2]
    code = "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])"
    finder = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE)
    port = (await finder.communicate())[0].decode().strip()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", "--port", port, cwd=root, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        assert f"http://127.0.0.1:{port}" in (await asyncio.wait_for(process.stdout.readline(), 60)).decode()
        # A process that listened on every address would also answer on another one of the loopback network.
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection("127.0.0.2", int(port))
        process.terminate()
        assert await asyncio.wait_for(process.wait(), 60) == 0
    finally:
        if process.returncode is None:
            process.kill()
