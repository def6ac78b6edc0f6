"""A portal hands in an application and reads how it stands, through the HTTP door (X23, X27, J22)."""

import asyncio
import datetime as dt
import json
from urllib.parse import quote

import pytest

from model.delivery import RowState
from model.submission import Submission
from tests.api.applications import NOW
from tests.api.conftest import AGREEMENTS, COUNTIES, Hall, application


def fields(answer):
    return [(one["field"], one["code"]) for one in answer.json["fields"]]


@pytest.mark.parametrize("county", list(COUNTIES))
async def test_a_form_of_every_service_becomes_a_case(hall: Hall, county: str) -> None:
    key = await hall.key(county)
    case = await hall.submitted(key, county=county)
    assert case["state"] == "open"
    assert {order["service"] for order in case["orders"]} == {one.id for one in COUNTIES[county].services}
    assert all(order["text"] and order["body"]["phone"] for order in case["orders"])
    assert all(order["steward"]["phone"] == "13900000009" for order in case["orders"])
    assert case["lacking"]
    again = await hall.ask("GET", f"/api/v1/cases/{quote(case['number'])}", key)
    assert again.status == 200
    assert again.json == {name: value for name, value in case.items() if name != "remarks"}


async def test_the_case_is_the_same_as_any_other_and_tells_its_channel(hall: Hall) -> None:
    """X27: one form and one case, whatever the channel; who applied is nobody in WeChat."""
    case = await hall.submitted(await hall.key(), "水")
    found = await hall.casework.numbered("jingxian", case["number"])
    assert found is not None
    submission = await hall.casework.submission(found.id)
    assert isinstance(submission, Submission)
    assert submission.channel == "api"
    assert submission.agreements["notice"].agreed
    assert submission.submitted_at == NOW
    assert found.person.startswith("api:")
    assert found.account == "api:jingxian"


async def test_the_same_request_again_is_the_same_case(hall: Hall) -> None:
    key, body = await hall.key(), application("jingxian", "水", "电")
    first = await hall.ask("POST", "/api/v1/cases", key, body, once="a")
    hall.now = NOW + dt.timedelta(days=3)
    shuffled = dict(reversed(json.loads(json.dumps(body)).items()))
    again = await hall.ask("POST", "/api/v1/cases", key, shuffled, once="a")
    assert (first.status, again.status) == (201, 201)
    assert again.json == first.json
    other = await hall.ask("POST", "/api/v1/cases", key, body, once="b")
    assert other.json["number"] != first.json["number"]


async def test_another_request_under_the_same_key_is_none(hall: Hall) -> None:
    key = await hall.key()
    await hall.ask("POST", "/api/v1/cases", key, application("jingxian", "水"), once="a")
    other = await hall.ask("POST", "/api/v1/cases", key, application("jingxian", "电"), once="a")
    assert (other.status, other.json["code"]) == (422, "key_reused")


async def test_keys_of_two_clients_are_their_own(hall: Hall) -> None:
    body = application("jingxian", "水")
    found = [await hall.ask("POST", "/api/v1/cases", await hall.key(), body, once="a") for _ in range(2)]
    assert found[0].json["number"] != found[1].json["number"]


async def test_the_same_request_many_times_at_once(hall: Hall) -> None:
    key, body = await hall.key(), application("jingxian", "水")
    found = await asyncio.gather(*(hall.ask("POST", "/api/v1/cases", key, body, once="a") for _ in range(8)))
    assert {one.status for one in found} == {201}
    assert len({one.json["number"] for one in found}) == 1
    later = await hall.ask("POST", "/api/v1/cases", key, body, once="b")
    assert later.json["number"] == "(JXLB)000002"


async def test_a_repeat_that_overtakes_is_the_same_application_whatever_the_time(hall: Hall, monkeypatch) -> None:
    """Both looked for the case before either had made it: time must not make another application of the second."""
    key, body = await hall.key(), application("jingxian", "水")
    first = await hall.ask("POST", "/api/v1/cases", key, body, once="a")

    async def not_yet(_: str) -> None:
        return None

    monkeypatch.setattr(hall.casework, "submitted", not_yet)
    hall.now = NOW + dt.timedelta(seconds=7)
    again = await hall.ask("POST", "/api/v1/cases", key, body, once="a")
    assert (again.status, again.json) == (201, first.json)


async def test_everything_wrong_is_told_at_once_with_what_would_be_right(hall: Hall) -> None:
    body = application("jingxian", "水", phone="1380", water_demand="很多", power_peak=True, colour="红")
    del body["answers"]["address"]
    body["agreements"] = {"notice": {"version": 1}}
    found = await hall.ask("POST", "/api/v1/cases", await hall.key(), body)
    assert found.status == 422
    assert found.json["type"] == "urn:lianban:problem:invalid"
    assert fields(found) == [
        ("address", "form.missing"),
        ("phone", "phone.short"),
        ("water_demand", "data.number"),
        ("power_peak", "form.hidden"),
        ("colour", "form.unknown"),
        ("declaration", "agreement.missing"),
    ]
    phone = found.json["fields"][1]
    assert phone["label"] == "联系电话"
    assert phone["problem"] == "号码只有4位。手机是11位，座机是区号加7到8位。"
    assert phone["example"] == "13800000000"


async def test_an_application_put_right_goes_under_a_new_key_or_the_same(hall: Hall) -> None:
    """What was wrong left nothing behind."""
    key = await hall.key()
    wrong, right = application("jingxian", "水", phone="1380"), application("jingxian", "水")
    assert (await hall.ask("POST", "/api/v1/cases", key, wrong, once="a")).status == 422
    assert (await hall.ask("POST", "/api/v1/cases", key, right, once="a")).status == 201


async def test_what_was_taken_as_it_is_is_pointed_out(hall: Hall) -> None:
    code = "2501-410721-04-01-100015"
    case = await hall.submitted(await hall.key("xinxiang"), "用水", county="xinxiang", project_code=code)
    assert [(one["field"], one["code"]) for one in case["remarks"]] == [("project_code", "project.check")]


async def test_an_older_form_is_not_taken(hall: Hall) -> None:
    body = application("jingxian", "水") | {"form_version": 7}
    found = await hall.ask("POST", "/api/v1/cases", await hall.key(), body)
    assert (found.status, found.json["code"]) == (409, "form_version")
    assert "第1版" in found.json["detail"]


async def test_a_case_is_shown_to_the_client_that_handed_it_in(hall: Hall) -> None:
    key = await hall.key()
    number = quote((await hall.submitted(key, "水"))["number"])
    for other in (await hall.key(), await hall.key("xinxiang")):
        assert (await hall.ask("GET", f"/api/v1/cases/{number}", other)).status == 404
    assert (await hall.ask("GET", f"/api/v1/cases/{number}", await hall.key("jingxian", "water_company"))).status == 403
    assert (await hall.ask("GET", f"/api/v1/cases/{quote('(JXLB)999999')}", key)).status == 404
    assert (await hall.ask("GET", f"/api/v1/cases/{number}", key)).status == 200


async def test_what_there_is_to_tell_the_applicant_ends_with_the_hotline(hall: Hall) -> None:
    """X25: nobody of a portal is in WeChat; a person calls him, nothing is lost and nothing falls over."""
    case = await hall.submitted(await hall.key(), "水")
    body, order = await hall.key("jingxian", "water_company"), case["orders"][0]["id"]
    assert (await hall.ask("POST", f"/api/v1/orders/{order}/steps", body, {"do": "take"})).status == 200
    found = await hall.casework.numbered("jingxian", case["number"])
    assert found is not None
    states = await hall.outbox.states(found.id)
    told = [name for name in states if ":applicant:" in name]
    assert told
    assert {states[name] for name in told} == {RowState.WAITING}


@pytest.mark.parametrize("county", list(COUNTIES))
async def test_the_form_tells_all_that_is_needed_to_fill_it_in(hall: Hall, county: str) -> None:
    """A program that knows nothing but the form makes an application of its examples."""
    key = await hall.key(county)
    form = (await hall.ask("GET", f"/api/v1/forms/{county}", key)).json
    shown = {field["id"]: field for section in form["sections"] for field in section["fields"]}
    own = [one for one in COUNTIES[county].form.fields.values() if one.filler == "applicant"]
    assert [one.id for one in own if one.kind != "declaration"] == list(shown)
    body = {
        "form_version": form["form_version"],
        "answers": {form["services"]: [option["text"] for option in shown[form["services"]]["options"]]},
        "agreements": {name: {"version": form[name]["version"]} for name in ("notice", "declaration") if form[name]}
        | {name: {"version": text["version"]} for name, text in form["consents"].items()},
    }
    for _ in range(60):
        found = await hall.ask("POST", "/api/v1/cases", key, body, once="form")
        if found.status == 201:
            break
        for one in found.json["fields"]:
            assert one["code"] == "form.missing", one
            body["answers"][one["field"]] = shown[one["field"]]["example"]
    assert found.status == 201
    assert AGREEMENTS.keys() >= body["agreements"].keys()
    assert (await hall.ask("GET", "/api/v1/forms/elsewhere", key)).status == 404


async def test_thousands_of_answers_that_no_form_has(hall: Hall) -> None:
    body = application("jingxian", "水")
    body["answers"] |= {f"x{number}": None for number in range(6000)}
    found = await hall.ask("POST", "/api/v1/cases", await hall.key(), body)
    assert (found.status, len(found.json["fields"])) == (422, 200)


async def test_what_a_caller_says_is_enough_on_the_telephone(hall: Hall) -> None:
    """X24, X26: the basics alone, with the notice; the same on another channel is refused with all that is missing."""
    basics = {
        "services": ["水"],
        "address": "泾川镇示范路6号",
        "applicant_name": "李示例",
        "phone": "13800000000",
    }
    body = {"form_version": 1, "channel": "telephone", "answers": basics, "agreements": {"notice": {"version": 1}}}
    key = await hall.key()
    found = await hall.ask("POST", "/api/v1/cases", key, body)
    assert found.status == 201
    case = await hall.casework.numbered("jingxian", found.json["number"])
    assert case is not None
    assert case.telephone is not None
    assert "water_business" in case.telephone.lacking
    submission = await hall.casework.submission(case.id)
    assert submission is not None
    assert submission.channel == "telephone"
    assert "declaration" not in submission.agreements
    del basics["phone"]
    unheard = await hall.ask("POST", "/api/v1/cases", key, {**body, "agreements": {}}, once="b")
    assert fields(unheard) == [("phone", "form.missing"), ("notice", "agreement.missing")]
    online = await hall.ask("POST", "/api/v1/cases", key, {**body, "channel": "api"}, once="c")
    assert {("phone", "form.missing"), ("water_business", "form.missing")} <= set(fields(online))
