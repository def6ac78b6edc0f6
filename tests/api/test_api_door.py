"""What strangers, mistakes and bad days look like at the HTTP door; and that it describes itself in full."""

import ast
import asyncio
import json
from pathlib import Path
from typing import get_args
from urllib.parse import quote

import pytest
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs
from yarl import URL

import handlers.web.api
from handlers.web.api.bodies import MOST
from handlers.web.api.steps import StepReport
from tests.api.conftest import Hall, application

CASES = "/api/v1/cases"


async def test_nobody_comes_in_without_a_key(hall: Hall) -> None:
    key = await hall.key()
    for headers in (
        {},
        {"Authorization": "Basic eDp5"},
        {"Authorization": "Bearer"},
        {"Authorization": f"Token {key}"},
    ):
        found = await hall.ask("GET", "/api/v1/orders", headers=headers)
        assert (found.status, found.json["code"]) == (401, "key_missing")
        assert found.headers["WWW-Authenticate"] == "Bearer"
    for wrong in ("x", key + "x", key[:-1], key.replace("lianban", "lianbam"), "钥匙".encode().decode("latin-1")):
        found = await hall.ask("GET", "/api/v1/orders", wrong)
        assert (found.status, found.json["code"]) == (401, "key_unknown")


async def test_a_key_that_was_withdrawn_is_none_from_then_on(hall: Hall) -> None:
    key = await hall.key()
    assert (await hall.ask("GET", "/api/v1/forms/jingxian", key)).status == 200
    (client,) = await hall.clients.listed()
    await hall.clients.revoke(client.id, hall.now)
    assert (await hall.ask("GET", "/api/v1/forms/jingxian", key)).status == 401
    assert (await hall.ask("POST", CASES, key, application("jingxian", "水"))).status == 401


async def test_each_kind_of_client_has_its_own_side(hall: Hall) -> None:
    portal, body = await hall.key(), await hall.key("jingxian", "water_company")
    assert (await hall.ask("POST", CASES, body, application("jingxian", "水"))).json["code"] == "portal_only"
    for path in ("/orders", "/orders/x", "/staff"):
        assert (await hall.ask("GET", f"/api/v1{path}", portal)).json["code"] == "body_only"
    elsewhere = await hall.key("atlantis")
    assert (await hall.ask("GET", "/api/v1/forms/atlantis", elsewhere)).json["code"] == "county_closed"


async def test_whoever_asks_too_often_is_told_when_to_come_back(hall: Hall) -> None:
    key = await hall.key()
    hall.allowed = False
    found = await hall.ask("GET", "/api/v1/forms/jingxian", key)
    assert (found.status, found.headers["Retry-After"]) == (429, "5")


async def test_what_is_not_there(hall: Hall) -> None:
    key = await hall.key()
    for path in ("/api", "/api/", "/api/v1", "/api/v2/cases", "/api/v1/nothing", "/api/v1/cases/1/2"):
        found = await hall.ask("GET", path, key)
        assert (found.status, found.json["code"]) == (404, "no_route"), path
    found = await hall.ask("DELETE", CASES, key)
    assert (found.status, found.headers["Allow"]) == (405, "POST")
    assert (await hall.ask("PUT", "/api/v1/orders", key)).status == 405


async def test_names_that_nothing_can_have(hall: Hall) -> None:
    portal, body = await hall.key(), await hall.key("jingxian", "water_company")
    for odd in ("%00", "a%00b", "%0a", "%ed%a0%80", "%ff", "..%2f..", "%25", "'--", "x" * 3000, "%F0%9F%92%A7"):
        assert (await hall.ask("GET", URL(f"/api/v1/cases/{odd}", encoded=True), portal)).status == 404, odd
        assert (await hall.ask("GET", URL(f"/api/v1/orders/{odd}", encoded=True), body)).status == 404, odd
        listed = await hall.ask("GET", URL(f"/api/v1/orders?cursor={odd}", encoded=True), body)
        assert listed.status in {200, 404}, odd


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b"", "第1行第1个字符"),
        (b'{"answers": \n {,}}', "第2行第3个字符"),
        (b'{"a": 1, "a": 2}', ""),
        (b'{"a": NaN}', ""),
        (b'{"a": Infinity}', ""),
        (b'{"a": "\\ud800"}', ""),
        (b'{"a": ' + b"1" * 9000 + b"}", ""),
        (b"\xff\xfe{}", ""),
        (b"[" * 60_000, ""),
        (b'{"a":' * 20_000 + b"1" + b"}" * 20_000, ""),
    ],
    ids=lambda one: repr(one[:16]) if isinstance(one, bytes) else "",
)
async def test_what_is_no_json_is_told_where(hall: Hall, raw: bytes, place: str) -> None:
    found = await hall.ask("POST", CASES, await hall.key(), raw)
    assert (found.status, found.json["code"]) == (400, "not_json")
    assert place in found.json["detail"]


async def test_too_much_is_not_read(hall: Hall) -> None:
    key = await hall.key()
    for size in (MOST + 1, 300 * 1024):
        found = await hall.ask("POST", CASES, key, b" " * size)
        assert (found.status, found.json["code"]) == (413, "too_large")

    async def endless():
        for _ in range(40):
            yield b" " * 8192

    found = await hall.ask("POST", CASES, key, headers={"Content-Type": "application/json"}, data=endless())
    assert found.status == 413


async def test_what_does_not_arrive_is_not_waited_for(hall: Hall, monkeypatch) -> None:
    monkeypatch.setattr("handlers.web.api.bodies.ARRIVES", 0)
    stopped = asyncio.Event()

    async def half():
        yield b"{"
        await stopped.wait()

    found = await hall.ask("POST", CASES, await hall.key(), headers={"Content-Type": "application/json"}, data=half())
    stopped.set()
    assert (found.status, found.json["code"]) == (408, "slow")


async def test_other_formats_are_not_guessed_at(hall: Hall) -> None:
    key = await hall.key()
    for headers in ({"Content-Type": "text/plain"}, {"Content-Type": "application/x-www-form-urlencoded"}):
        assert (await hall.ask("POST", CASES, key, b"{}", headers=headers)).status == 415


async def test_a_request_that_writes_has_a_key_of_its_own(hall: Hall) -> None:
    key, body = await hall.key(), application("jingxian", "水")
    assert (await hall.ask("POST", CASES, key, body, once=None)).json["code"] == "key_needed"
    for wrong in ("a b", "x" * 101, "身份证"):
        headers = {"Idempotency-Key": wrong}
        assert (await hall.ask("POST", CASES, key, body, once=None, headers=headers)).json["code"] == "key_needed"


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ([], [("", "shape.other")]),
        (None, None),
        ({}, [("form_version", "shape.missing"), ("answers", "shape.missing"), ("agreements", "shape.missing")]),
        ({"form_version": "1", "answers": {}, "agreements": {}}, [("form_version", "shape.other")]),
        ({"form_version": True, "answers": {}, "agreements": {}}, [("form_version", "shape.other")]),
        ({"form_version": 1, "answers": [], "agreements": {}}, [("answers", "shape.other")]),
        (
            {"form_version": 1, "answers": {}, "agreements": {"notice": True}, "number": "7"},
            [("agreements.notice", "shape.other"), ("number", "shape.extra")],
        ),
        (
            {"form_version": 1, "answers": {}, "agreements": {"notice": {"version": 1, "agreed": "yes"}}},
            [("agreements.notice.agreed", "shape.other")],
        ),
    ],
)
async def test_another_shape_is_told_place_by_place(hall: Hall, body: object, wrong: object) -> None:
    raw = json.dumps(body).encode()
    found = await hall.ask("POST", CASES, await hall.key(), raw)
    assert (found.status, found.json["code"]) == (422, "wrong_shape")
    if wrong is not None:
        assert [(one["field"], one["code"]) for one in found.json["fields"]] == wrong
    assert all(one["problem"] for one in found.json["fields"])


@pytest.mark.parametrize(
    "step",
    [
        {},
        {"do": "assign", "body": "power_company"},
        {"do": "call_back", "text": "x"},
        {"do": "agree_survey", "appointment": "x", "sequence": 1},
        {"do": "take", "order": "another"},
        {"do": "opinion"},
        {"do": "opinion", "opinion": "符" * 501},
        {"do": "scheme", "scheme": "x", "days": 0},
        {"do": "scheme", "scheme": "x", "days": True},
        {"do": "scheme", "scheme": "x", "inside": "yes"},
        {"do": "propose_survey", "at": 1},
        {"do": "propose_survey", "at": "2026-11-30T09:30:00"},
        {"do": "propose_survey", "at": "明天"},
        {"do": ["take"]},
        "take",
    ],
)
async def test_steps_of_another_shape(hall: Hall, step: object) -> None:
    case = await hall.submitted(await hall.key(), "水")
    path = f"/api/v1/orders/{case['orders'][0]['id']}/steps"
    found = await hall.ask("POST", path, await hall.key("jingxian", "water_company"), step)
    assert (found.status, found.json["code"]) == (422, "wrong_shape")


async def test_while_the_records_are_away_it_says_so_and_nothing_is_lost(hall: Hall, monkeypatch) -> None:
    key, body = await hall.key(), application("jingxian", "水")

    async def away(*_: object, **__: object) -> None:
        raise OperationalError("select", {}, Exception("gone"))

    with monkeypatch.context() as patched:
        patched.setattr(hall.clients, "by_key", away)
        found = await hall.ask("POST", CASES, key, body, once="a")
        assert (found.status, found.json["code"], found.headers["Retry-After"]) == (503, "away", "5")
    with monkeypatch.context() as patched:
        patched.setattr(hall.casework._records, "accept", away)
        assert (await hall.ask("POST", CASES, key, body, once="a")).status == 503
    with monkeypatch.context() as patched:
        patched.setattr(hall.clients, "asked", away)
        assert (await hall.ask("POST", CASES, key, body, once="a")).status == 503
    assert (await hall.ask("POST", CASES, key, body, once="a")).status == 201


async def test_a_case_of_a_newer_edition_is_worth_asking_for_again(hall: Hall, monkeypatch) -> None:
    """Another program has a newer form: this one has learnt of it by the next request."""
    key = await hall.key()
    number = quote((await hall.submitted(key, "水"))["number"])
    submission = hall.casework.submission

    async def newer(case_id: str) -> object:
        found = await submission(case_id)
        assert found is not None
        return found.model_copy(update={"form_version": 99})

    with monkeypatch.context() as patched:
        patched.setattr(hall.casework, "submission", newer)
        assert (await hall.ask("GET", f"/api/v1/cases/{number}", key)).json["code"] == "away"
    assert (await hall.ask("GET", f"/api/v1/cases/{number}", key)).status == 200


async def test_a_mistake_of_ours_is_one_answer_and_one_line_without_anybodys_words(hall: Hall, monkeypatch) -> None:
    key = await hall.key()

    async def broken(*_: object) -> None:
        raise KeyError("李示例 13800000000")

    monkeypatch.setattr(hall.casework, "accept", broken)
    with capture_logs() as lines:
        found = await hall.ask("POST", CASES, key, application("jingxian", "水"))
    assert (found.status, found.json["code"]) == (500, "failed")
    assert [line["event"] for line in lines] == ["api.failed", "api"]
    assert "13800000000" not in repr(lines)
    assert lines[0]["error"] == "KeyError"
    assert lines[0]["where"].startswith("test_api_door.py")


async def test_the_log_says_who_asked_for_what_kind_of_thing_and_nothing_else(hall: Hall) -> None:
    key = await hall.key()
    with capture_logs() as lines:
        await hall.submitted(key, "水")
    (client,) = await hall.clients.listed()
    assert [{name: line[name] for name in line if name != "ms"} for line in lines] == [
        {"event": "api", "route": "submitCase", "client": client.id, "status": 201, "log_level": "info"}
    ]


async def test_it_describes_every_route(hall: Hall) -> None:
    found = (await hall.ask("GET", "/api/v1/openapi.json")).json
    assert found["openapi"] == "3.1.0"
    assert hall.api is not None
    told = {(path, method) for path, methods in found["paths"].items() for method in methods}
    served = {
        (resource.canonical, route.method.lower())
        for resource in hall.http.app.router.resources()
        for inner in resource
        for route in [inner]
        for resource in [inner.resource]
    }
    assert told == served
    names = [operation["operationId"] for methods in found["paths"].values() for operation in methods.values()]
    assert len(names) == len(set(names))


async def test_every_reference_of_the_description_leads_somewhere(hall: Hall) -> None:
    found = (await hall.ask("GET", "/api/v1/openapi.json")).json

    def references(one):
        if isinstance(one, dict):
            yield from [one["$ref"]] if isinstance(one.get("$ref"), str) else []
            one = list(one.values())
        if isinstance(one, list):
            for part in one:
                yield from references(part)

    known = found["components"]["schemas"]
    wanted = set(references(found))
    assert wanted
    assert {one.rpartition("/")[2] for one in wanted} <= set(known)
    assert all(one.startswith("#/components/schemas/") for one in wanted)
    steps = found["paths"]["/api/v1/orders/{order}/steps"]["post"]
    assert [one["name"] for one in steps["parameters"]] == ["order", "Idempotency-Key"]
    described = steps["requestBody"]["content"]["application/json"]["schema"]["oneOf"]
    shapes, *_ = get_args(StepReport)
    assert {one["$ref"].rpartition("/")[2] for one in described} == {one.__name__ for one in get_args(shapes)}


def test_it_speaks_to_the_core_through_its_protocol_alone() -> None:
    """A county can run the core elsewhere (design §2): here are neither records nor the casework over them."""
    folder = Path(handlers.web.api.__file__).parent
    found = {
        node.module
        for file in folder.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module
    }
    assert {one for one in found if one.startswith("storage")} == {"storage.away", "storage.clients"}
    assert not found & {"handlers.casework", "routing.decide", "routing.accept", "routing.evolve"}
