"""docs/api.md is true: its examples are taken by the API, and what it shows of an answer is what comes back."""

import json
import re
from pathlib import Path
from urllib.parse import quote

from tests.api.conftest import Hall

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")


def block(title: str) -> str:
    return re.findall(rf"^```{re.escape(title)}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)[0]


async def test_the_application_on_the_page_is_a_case(hall: Hall) -> None:
    body = json.loads(block("json POST /api/v1/cases"))
    found = await hall.ask("POST", "/api/v1/cases", await hall.key(), body)
    assert found.status == 201
    assert found.json["number"] == "(JXLB)000001"


async def test_the_refusal_on_the_page_is_what_comes_back(hall: Hall) -> None:
    body = json.loads(block("json POST /api/v1/cases"))
    body["answers"]["phone"] = "1380"
    shown = json.loads(block("json"))
    found = await hall.ask("POST", "/api/v1/cases", await hall.key(), body)
    assert {name: found.json[name] for name in shown} == shown


async def test_the_steps_on_the_page_are_of_the_shapes_that_are_taken(hall: Hall) -> None:
    """Whether each can be done then is the case's business: none of them is another shape."""
    case = await hall.submitted(await hall.key(), "水")
    path, key = f"/api/v1/orders/{case['orders'][0]['id']}/steps", await hall.key("jingxian", "water_company")
    steps = [json.loads(line) for line in block("json POST /api/v1/orders/{order}/steps").splitlines()]
    assert len(steps) == 10
    for step in steps:
        found = await hall.ask("POST", path, key, step)
        assert found.status in {200, 409}, found.json
    for line in block("json 补报和延期").splitlines():
        assert (await hall.ask("POST", path, key, json.loads(line))).status == 409
    assert (await hall.ask("POST", path, key, {"do": "built_inside"})).status == 409
    assert (await hall.ask("POST", path, key, {"do": "reply_urge", "text": "明天上门"})).status == 409


async def test_the_answers_on_the_page_are_of_the_shapes_that_are_taken(hall: Hall) -> None:
    key = await hall.key()
    case = await hall.submitted(key, "水")
    path = f"/api/v1/cases/{quote(case['number'])}/steps"
    steps = [json.loads(line) for line in block("json POST /api/v1/cases/{number}/steps").splitlines()]
    assert len({step["do"] for step in steps}) == 13
    for step in steps:
        own = {"order": case["orders"][0]["id"]} if "order" in step else {}
        assert (await hall.ask("POST", path, key, {**step, **own})).status in {200, 409}
    body, reports = await hall.key("jingxian", "water_company"), f"/api/v1/orders/{case['orders'][0]['id']}/steps"
    for line in block("json 补填").splitlines():
        assert (await hall.ask("POST", reports, body, json.loads(line))).status == 409


async def test_every_route_and_setting_is_on_the_page(hall: Hall) -> None:
    assert hall.api is not None
    for route in hall.api._routes:
        shown = re.sub(r"{\w+}", r"[^\\s\"/]+", f"/api/v1{route.path}")
        assert re.search(shown + r"[\s\"`?]", PAGE), route.path
    for told in ("/api/v1/openapi.json", "LIANBAN_API_BURST", "LIANBAN_API_RATE"):
        assert told in PAGE
