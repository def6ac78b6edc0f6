"""An applicant answers about his case on a platform, and its portal says it for him, through the HTTP door."""

import asyncio
from typing import Any
from urllib.parse import quote

import pytest

from tests.api.conftest import COUNTIES, Hall, application

AT = "2026-11-30T09:30:00+08:00"


class Case:
    """A case that a portal handed in, with the system of one body at work on it."""

    def __init__(self, hall: Hall, portal: str, body: str, found: Any) -> None:
        self.hall, self.portal, self.body = hall, portal, body
        self.path = f"/api/v1/cases/{quote(found['number'])}"
        self.order = found["orders"][0]["id"]

    async def says(self, status: int = 200, **step: Any) -> Any:
        found = await self.hall.ask("POST", f"{self.path}/steps", self.portal, step)
        assert found.status == status, found.json
        return found.json

    async def body_reports(self, **step: Any) -> Any:
        found = await self.hall.ask("POST", f"/api/v1/orders/{self.order}/steps", self.body, step)
        assert found.status == 200, found.json
        return found.json

    async def now(self) -> Any:
        return (await self.hall.ask("GET", self.path, self.portal)).json


async def opened(hall: Hall, *options: str, **given: Any) -> Case:
    portal = await hall.key()
    return Case(
        hall, portal, await hall.key("jingxian", "water_company"), await hall.submitted(portal, *options, **given)
    )


async def test_from_the_proposed_time_to_the_mark(hall: Hall) -> None:
    """Nobody of it is in WeChat: the portal and the body's system carry a case from end to end."""
    case = await opened(hall, "水")
    for step in ({"do": "take"}, {"do": "contact"}, {"do": "propose_survey", "at": AT}):
        await case.body_reports(**step)
    (order,) = (await case.now())["orders"]
    assert order["survey"] == {"at": AT, "agreed": False}
    assert set(order["can"]) == {"agree_survey", "move_survey", "confirm_contact", "deny_contact"}
    agreed = await case.says(do="agree_survey", order=case.order, at=AT)
    assert agreed["orders"][0]["survey"]["agreed"] is True
    await case.body_reports(do="opinion", opinion="符合")
    await case.body_reports(do="scheme", scheme="从路东DN100主管接DN25", inside=True)
    assert (await case.now())["orders"][0]["can"][-1] == "built_inside"
    await case.says(do="built_inside")
    await case.body_reports(do="built")
    await case.body_reports(do="acceptance", result="通过")
    await case.body_reports(do="connect")
    closed = await case.now()
    assert closed["state"] == "closed"
    assert closed["marks"] == list(COUNTIES["jingxian"].process.rating.scale)  # type: ignore[union-attr]
    await case.says(do="rate", mark="满意")
    assert (await case.says(409, do="rate", mark="满意"))["code"] == "rate.already"


async def test_the_log_says_that_the_portal_said_it(hall: Hall) -> None:
    case = await opened(hall, "水")
    await case.says(do="urge")
    task = await hall.casework.task(case.order)
    assert task is not None
    last = (await hall.casework.events(task.case.id))[-1]
    assert last.event.event == "urged"
    assert (last.actor.role, last.actor.person) == ("applicant", task.case.person)
    assert last.actor.system is not None and last.actor.system.body is None


async def test_nobody_agrees_to_a_time_he_was_not_shown(hall: Hall) -> None:
    case = await opened(hall, "水")
    assert (await case.says(409, do="agree_survey", order=case.order, at=AT))["code"] == "survey.none"
    for step in ({"do": "take"}, {"do": "contact"}, {"do": "propose_survey", "at": AT}):
        await case.body_reports(**step)
    other = "2026-12-01T09:30:00+08:00"
    assert (await case.says(409, do="agree_survey", order=case.order, at=other))["code"] == "survey.outdated"
    moved = await case.says(do="move_survey", order=case.order, at="2026-11-30T01:30:00Z", wish="周四下午")
    assert moved["orders"][0]["survey"] is None


async def test_an_answer_is_given_once(hall: Hall) -> None:
    case = await opened(hall, "水")
    path = f"{case.path}/steps"
    found = await asyncio.gather(*(hall.ask("POST", path, case.portal, {"do": "urge"}, once="a") for _ in range(5)))
    assert {one.status for one in found} == {200}
    other = await hall.ask("POST", path, case.portal, {"do": "amend", "wish": "地址是7号"}, once="a")
    assert (other.status, other.json["code"]) == (422, "key_reused")
    assert (await case.says(409, do="urge"))["code"] == "urge.already"


async def test_another_number_and_what_is_wrong(hall: Hall) -> None:
    case = await opened(hall, "水")
    await case.says(do="change_contact", phone="138 0000 0009")
    await case.says(do="amend", wish="使用地址改成7号")
    order = (await hall.ask("GET", f"/api/v1/orders/{case.order}", case.body)).json
    assert order["contact"]["phone"] == "13800000009"
    assert order["amendments"] == ["使用地址改成7号"]
    wrong = await case.says(422, do="change_contact", phone="1380")
    assert [(one["field"], one["code"]) for one in wrong["fields"]] == [("phone", "phone.short")]


async def test_what_was_left_open_is_answered_later(hall: Hall) -> None:
    """X47, J39: it is on the list, comes in, and its body looks at it."""
    case = await opened(hall, "水", "气")
    lacking = {one["id"]: one for one in (await case.now())["lacking"]}
    assert {"gas_pressure", "gas_load"} <= set(lacking)
    assert lacking["gas_load"]["paper"] is False
    form = COUNTIES["jingxian"].form
    shown = (await hall.ask("GET", "/api/v1/forms/jingxian", case.portal)).json
    examples = {one["id"]: one["example"] for part in shown["sections"] for one in part["fields"]}
    after = await case.says(do="hand_in", answers={"gas_load": examples["gas_load"]})
    assert "gas_load" not in {one["id"] for one in after["lacking"]}
    task = await hall.casework.task(case.order)
    assert task is not None
    gas = next(one for one in task.case.orders if one.service == "gas")
    key = await hall.key("jingxian", gas.body)
    told = (await hall.ask("GET", f"/api/v1/orders/{gas.id}", key)).json
    (load,) = [one for one in told["supplements"] if one["id"] == "gas_load"]
    assert (load["state"], load["answer"]) == ("received", examples["gas_load"])
    path = f"/api/v1/orders/{gas.id}/steps"
    await hall.ask("POST", path, key, {"do": "take"})
    step = {"do": "check", "supplement": "gas_load", "passes": False, "wrong": "要写小时流量"}
    assert (await hall.ask("POST", path, key, step)).status == 200
    again = {one["id"]: one for one in (await case.now())["lacking"]}
    assert again["gas_load"]["wrong"] == "要写小时流量"
    waived = await hall.ask("POST", path, key, {"do": "waive", "supplement": "gas_load"})
    assert waived.status == 200
    assert "gas_load" not in {one["id"] for one in (await case.now())["lacking"]}
    assert form.fields["gas_load"].need == "deferrable"


async def test_what_cannot_be_answered_is_told_field_by_field(hall: Hall) -> None:
    case = await opened(hall, "水")
    found = await case.says(422, do="hand_in", answers={"colour": "红", "water_demand": "多", "authorisation": "x"})
    assert [(one["field"], one["code"]) for one in found["fields"]] == [
        ("colour", "form.unknown"),
        ("water_demand", "data.number"),
        ("authorisation", "data.file"),
    ]
    assert (await case.says(409, do="hand_in", answers={"phone": "13800000001"}))["code"] == "hand_in.unknown"
    assert (await case.says(422, do="hand_in", answers={}))["code"] == "wrong_shape"


async def test_an_answer_put_right_goes_under_the_same_key(hall: Hall) -> None:
    """What could not be read left nothing behind."""
    case = await opened(hall, "水")
    for phone, status in (("1380", 422), ("13800000009", 200)):
        step = {"do": "change_contact", "phone": phone}
        assert (await hall.ask("POST", f"{case.path}/steps", case.portal, step, once="a")).status == status


async def test_a_number_without_its_consent_is_not_taken_later_either(hall: Hall) -> None:
    number = COUNTIES["jingxian"].form.fields["document_number"].example
    for consents, status in ((("notice", "declaration"), 422), (("notice", "declaration", "identity"), 200)):
        portal, asked = await hall.key(), application("jingxian", "水")
        asked["agreements"] = {name: {"version": 1} for name in consents}
        case = Case(hall, portal, "", (await hall.ask("POST", "/api/v1/cases", portal, asked)).json)
        found = await case.says(status, do="hand_in", answers={"document_number": number})
        assert status == 200 or found["fields"][0]["code"] == "form.consent"


async def test_the_body_asks_for_more_in_one_go(hall: Hall) -> None:
    case = await opened(hall, "水")
    await case.body_reports(do="take")
    await case.body_reports(do="ask_more", words=["房屋租赁合同"])
    now = await case.now()
    (more,) = [one for one in now["lacking"] if one["asked"]]
    assert (more["label"], more["paper"]) == ("房屋租赁合同", True)
    assert now["hand_in_by"] is not None
    limits = (await hall.ask("GET", f"/api/v1/orders/{case.order}", case.body)).json["limits"]
    assert limits == []  # they stand still while the applicant must act


async def test_another_client_answers_for_nobody(hall: Hall) -> None:
    case = await opened(hall, "水")
    for key in (await hall.key(), await hall.key("xinxiang")):
        assert (await hall.ask("POST", f"{case.path}/steps", key, {"do": "urge"})).status == 404
    assert (await hall.ask("POST", f"{case.path}/steps", case.body, {"do": "urge"})).json["code"] == "portal_only"


@pytest.mark.parametrize(
    "step",
    [{"do": "take"}, {"do": "urge", "order": 1}, {"do": "rate"}, {"do": "agree_survey", "order": "x", "at": "明天"}],
)
async def test_answers_of_another_shape(hall: Hall, step: Any) -> None:
    case = await opened(hall, "水")
    assert (await case.says(422, **step))["code"] == "wrong_shape"
