"""加办 over the API: a portal adds services to a case that it has handed in (X19, X23, J22)."""

import json
from typing import Any
from urllib.parse import quote

from tests.api.conftest import Answer, Hall
from tests.api.test_api_docs import block


def fields(answer: Answer) -> list[tuple[str, str]]:
    return [(one["field"], one["code"]) for one in answer.json["fields"]]


def wish(*services: str, **answers: Any) -> dict[str, Any]:
    return {"services": list(services), "answers": answers, "agreements": {"declaration": {"version": 1}}}


async def adds(hall: Hall, key: str, number: str, body: dict[str, Any], once: str = "") -> Answer:
    return await hall.ask("POST", f"/api/v1/cases/{quote(number)}/services", key, body, once=once)


async def test_services_come_to_the_case_and_the_same_request_again_adds_nothing(hall: Hall) -> None:
    key = await hall.key()
    case = await hall.submitted(key, "水")
    assert case["addable"] == ["power", "gas", "net"]
    body = wish("gas", gas_business="通气点火")
    first = await adds(hall, key, case["number"], body, once="a")
    assert first.status == 200, first.json
    assert [one["service"] for one in first.json["orders"]] == ["water", "gas"]
    assert first.json["addable"] == ["power", "net"]
    again = await adds(hall, key, case["number"], body, once="a")
    assert again.json == first.json
    other = await adds(hall, key, case["number"], wish("net"), once="a")
    assert (other.status, other.json["code"]) == (422, "key_reused")


async def test_the_addition_on_the_page_is_taken(hall: Hall) -> None:
    key = await hall.key()
    case = await hall.submitted(key, "水")
    body = json.loads(block("json POST /api/v1/cases/{number}/services"))
    assert (await adds(hall, key, case["number"], body)).status == 200


async def test_what_was_signed_for_them_is_kept_with_its_channel(hall: Hall) -> None:
    key = await hall.key()
    case = await hall.submitted(key, "水")
    assert (await adds(hall, key, case["number"], wish("gas", gas_business="通气点火"))).status == 200
    found = await hall.casework.numbered("jingxian", case["number"])
    assert found is not None
    (signed,) = found.additions
    assert (signed.channel, signed.agreements["notice"].agreed) == ("api", True)
    assert set(signed.answers) == {"gas_business", "agreed"}


async def test_everything_that_is_wrong_with_them_is_told_at_once(hall: Hall) -> None:
    key = await hall.key()
    case = await hall.submitted(key, "水")
    body = wish("gas", "power", gas_business="蒸汽", water_demand=3)
    del body["agreements"]
    found = await adds(hall, key, case["number"], body)
    assert found.status == 422
    told = fields(found)
    assert ("gas_business", "data.option") in told
    assert ("power_business", "form.missing") in told
    assert ("declaration", "agreement.missing") in told
    assert ("water_demand", "form.unknown") in told  # it belongs to what is there already


async def test_what_cannot_be_added_is_refused_with_its_reason(hall: Hall) -> None:
    key = await hall.key()
    case = await hall.submitted(key, "水")
    for service, code in (("water", "add_service.already"), ("steam", "add_service.unknown")):
        found = await adds(hall, key, case["number"], wish(service))
        assert (found.status, found.json["code"]) == (409, code)


async def test_the_case_of_another_client_is_none(hall: Hall) -> None:
    case = await hall.submitted(await hall.key(), "水")
    assert (await adds(hall, await hall.key(), case["number"], wish("gas"))).status == 404
    assert (await adds(hall, await hall.key(body="water_company"), case["number"], wish("gas"))).status == 403
