"""The stand-in SMS gateway keeps its rules: who may send, to whom, how often; a repeated key is the same message."""

from typing import Any

import pytest

from sandbox.sms import A_DAY, LIMITS, MINUTES, SIGNATURE
from tests.sandbox.sandbox_stage import Stage

MOBILE = "13800001234"


async def desk(stage: Stage) -> dict[str, Any]:
    found: dict[str, Any] = await (await stage.client.get("/sandbox/sms")).json()
    return found


async def send(stage: Stage, secret: str = "", **changes: Any) -> tuple[int, dict[str, Any]]:
    key = secret or (await desk(stage))["gateway"]["secret"]
    body = {"mobile": MOBILE, "content": f"{SIGNATURE}您好", "msgId": ""} | changes
    answer = await stage.client.post("/sms/send", json=body, headers={"Authorization": f"Bearer {key}"})
    return answer.status, await answer.json()


async def sent(stage: Stage, **changes: Any) -> str:
    return str((await send(stage, **changes))[1]["code"])


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"secret": "0" * 32}, 401, "AUTH"),
        ({"secret": "é"}, 401, "AUTH"),
        ({"mobile": "0563-5000000"}, 200, "MOBILE"),
        ({"mobile": "23800001234"}, 200, "MOBILE"),
        ({"mobile": 13800001234}, 400, "FORMAT"),
        ({"msgId": "a b"}, 400, "FORMAT"),
        ({"content": "您好"}, 200, "SIGN"),
        ({"content": f"{SIGNATURE}您好【别人】"}, 200, "SIGN"),
        ({"content": SIGNATURE + "长" * 500}, 200, "LENGTH"),
    ],
)
async def test_what_is_refused(stage: Stage, changes: dict[str, Any], status: int, code: str) -> None:
    answered, answer = await send(stage, **changes)
    assert (answered, answer["code"]) == (status, code)
    assert not (await desk(stage))["messages"]


async def test_how_often_to_one_number(stage: Stage) -> None:
    assert [await sent(stage), await sent(stage), await sent(stage, mobile="13800005678")] == ["0", "MINUTE", "0"]
    minute, hour = LIMITS
    for _ in range(hour[2] - 1):
        await stage.client.post("/sandbox/clock", json={"add": minute[1]})
        assert await sent(stage) == "0"
    await stage.client.post("/sandbox/clock", json={"add": minute[1]})
    assert await sent(stage) == "HOUR"
    await stage.client.post("/sandbox/clock", json={"next_workday": True})
    for _ in range(A_DAY):
        assert await sent(stage) == "0"
        await stage.client.post("/sandbox/clock", json={"add": 800})
    assert await sent(stage) == "DAY"


async def test_a_repeated_key_is_the_same_message(stage: Stage) -> None:
    _, first = await send(stage, msgId="k1")
    assert (await send(stage, msgId="k1"))[1] == first
    assert len((await desk(stage))["messages"]) == 1
    await stage.client.post("/sandbox/clock", json={"add": MINUTES * 60})
    assert (await send(stage, msgId="k1"))[1]["smsId"] != first["smsId"]


async def test_who_unsubscribed_and_what_fails_on_order(stage: Stage) -> None:
    await stage.client.post("/sandbox/sms", json={"blocked": [MOBILE]})
    assert await sent(stage) == "BLACK"
    await stage.client.post("/sandbox/sms", json={})
    assert (await stage.client.post("/sandbox/sms", json={"blocked": 1})).status == 400
    assert (await stage.client.post("/sandbox/sms/faults", json={"status": 200})).status == 400
    await stage.client.post("/sandbox/sms/faults", json={"status": 502})
    headers = {"Authorization": f"Bearer {(await desk(stage))['gateway']['secret']}"}
    assert (await stage.client.post("/sms/send", json={}, headers=headers)).status == 502
    assert await sent(stage) == "0"


async def test_the_page_hears_of_it_with_what_it_costs(stage: Stage) -> None:
    await sent(stage, content=SIGNATURE + "长" * 64)
    await sent(stage, content=SIGNATURE + "长" * 65, mobile="13800005678")
    assert [one["segments"] for one in (await desk(stage))["messages"]] == [1, 2]
