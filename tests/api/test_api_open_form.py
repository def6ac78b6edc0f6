"""What a telephone application left open is handed in by a portal, or a body's own system, and agreed to (X26, X60)."""

from typing import Any
from urllib.parse import quote

from tests.api.applications import whole
from tests.api.conftest import COUNTIES, Hall

BASICS = {"services": ["水"], "address": "泾川镇示范路6号", "applicant_name": "李示例", "phone": "13800000000"}
AGREES = {"declaration": {"version": 1}}


class Called:
    """A case that a portal registered with the basics alone."""

    def __init__(self, hall: Hall, portal: str, body: str, found: Any) -> None:
        self.hall, self.portal, self.body, self.found = hall, portal, body, found
        self.path = f"/api/v1/cases/{quote(found['number'])}"
        self.order = f"/api/v1/orders/{found['orders'][0]['id']}"
        self.rest = {
            name: one
            for name, one in whole(COUNTIES["jingxian"], "水", **BASICS).items()
            if name not in BASICS and COUNTIES["jingxian"].form.fields[name].consent is None
        }

    async def portal_says(self, once: str = "", **step: Any) -> Any:
        return await self.hall.ask("POST", f"{self.path}/steps", self.portal, step, once=once)

    async def body_reports(self, **step: Any) -> Any:
        return await self.hall.ask("POST", f"{self.order}/steps", self.body, step)

    async def of_portal(self) -> Any:
        return (await self.hall.ask("GET", self.path, self.portal)).json["form"]

    async def of_body(self) -> Any:
        return (await self.hall.ask("GET", self.order, self.body)).json["form"]


async def called(hall: Hall) -> Called:
    body = {"form_version": 1, "channel": "telephone", "answers": BASICS, "agreements": {"notice": {"version": 1}}}
    portal = await hall.key()
    found = await hall.ask("POST", "/api/v1/cases", portal, body)
    assert found.status == 201, found.json
    return Called(hall, portal, await hall.key("jingxian", "water_company"), found.json)


async def test_a_portal_hands_in_the_rest_and_the_applicant_declares_it(hall: Hall) -> None:
    case = await called(hall)
    form = await case.of_portal()
    assert "water_business" in form["lacking"]
    assert set(form["lacking"]) <= set(form["empty"])
    assert (form["declaration"], form["can"]) == (None, ["fill_form"])
    first = {"water_business": case.rest["water_business"]}
    found = await case.portal_says(do="fill_form", answers=first)
    assert found.status == 200, found.json
    assert "water_business" not in found.json["form"]["lacking"]
    assert found.json["form"]["to_confirm"] == {}  # he said it himself
    left = {name: one for name, one in case.rest.items() if name not in first}
    filled = (await case.portal_says(do="fill_form", answers=left)).json["form"]
    assert (filled["lacking"], filled["declaration"]) == ([], 1)
    assert "confirm_form" in filled["can"]
    done = await case.portal_says(do="confirm_form", agreements=AGREES)
    assert done.status == 200
    assert done.json["form"]["declaration"] is None
    assert "confirm_form" not in done.json["form"]["can"]
    known = await hall.casework.numbered("jingxian", case.found["number"])
    assert known is not None
    assert known.telephone is not None
    assert known.telephone.declared
    again = await case.portal_says(do="confirm_form", agreements=AGREES)
    assert (again.status, again.json["code"]) == (409, "confirm_form.nothing")


async def test_the_declaration_is_agreed_to_in_the_version_that_stands(hall: Hall) -> None:
    case = await called(hall)
    early = await case.portal_says(do="confirm_form", agreements=AGREES)
    assert (early.status, early.json["code"]) == (409, "confirm_form.nothing")
    await case.portal_says(do="fill_form", answers=case.rest)
    for agreements, code in (
        ({}, "agreement.missing"),
        ({"declaration": {"version": 2}}, "agreement.version"),
        ({"declaration": {"version": 1, "agreed": False}}, "agreement.declined"),
        ({"oath": {"version": 1}, **AGREES}, "agreement.unknown"),
    ):
        found = await case.portal_says(do="confirm_form", agreements=agreements)
        assert (found.status, [one["code"] for one in found.json["fields"]]) == (422, [code])
        told = await case.body_reports(do="confirm_form", agreements=agreements)
        assert (told.status, [one["code"] for one in told.json["fields"]]) == (422, [code])


async def test_the_body_fills_it_in_and_reads_it_to_him(hall: Hall) -> None:
    case = await called(hall)
    await case.body_reports(do="take")
    assert (await case.of_body())["can"] == ["fill_form"]
    await case.body_reports(do="fill_form", answers={"water_business": case.rest["water_business"]})
    waits = await case.body_reports(do="confirm_form", agreements=AGREES)
    assert (waits.status, waits.json["code"]) == (409, "confirm_form.lacking")
    found = await case.body_reports(do="fill_form", answers=case.rest)
    assert found.status == 200, found.json
    assert set(case.rest) - set(found.json["form"]["to_confirm"]) == set()
    assert found.json["form"]["to_confirm"]["water_business"] == case.rest["water_business"]
    assert found.json["form"]["declaration"] == 1
    # What the body has typed the portal can put to the applicant as well.
    assert (await case.of_portal())["to_confirm"] == found.json["form"]["to_confirm"]
    done = await case.body_reports(do="confirm_form", agreements=AGREES)
    assert done.status == 200, done.json
    assert (done.json["form"]["to_confirm"], done.json["form"]["declaration"]) == ({}, None)


async def test_the_same_request_again_fills_in_once_and_what_stands_is_not_overwritten(hall: Hall) -> None:
    case = await called(hall)
    step = {"do": "fill_form", "answers": {"water_business": case.rest["water_business"]}}
    assert [(await case.portal_says("f", **step)).status for _ in range(2)] == [200, 200]
    other = await case.portal_says("f", do="fill_form", answers=case.rest)
    assert (other.status, other.json["code"]) == (422, "key_reused")
    fresh = await case.portal_says(**step)
    assert (fresh.status, fresh.json["code"]) == (409, "fill_form.already")
    await case.body_reports(do="take")
    given = await case.body_reports(do="fill_form", answers={"applicant_name": "王示例"})
    assert (given.status, given.json["code"]) == (409, "fill_form.given")


async def test_all_that_cannot_be_read_is_told_at_once(hall: Hall) -> None:
    case = await called(hall)
    promise = next(one.id for one in COUNTIES["jingxian"].form.fields.values() if one.kind == "declaration")
    wrong = {"water_business": "没有的", "nothing": 1, promise: True}
    found = await case.portal_says(do="fill_form", answers=wrong)
    assert found.status == 422
    assert {one["field"]: one["code"] for one in found.json["fields"]} == {
        "water_business": "data.option",
        "nothing": "form.unknown",
        promise: "form.not_yours",
    }
    assert (await case.of_portal())["lacking"] == case.found["form"]["lacking"]


async def test_a_form_that_was_handed_in_whole_has_nothing_open(hall: Hall) -> None:
    portal = await hall.key()
    found = await hall.submitted(portal, "水")
    assert found["form"] is None
    steps = f"/api/v1/cases/{quote(found['number'])}/steps"
    for step, code in (
        ({"do": "fill_form", "answers": {"water_business": "新装"}}, "fill_form.absent"),
        ({"do": "confirm_form"}, "confirm_form.absent"),
    ):
        refused = await hall.ask("POST", steps, portal, step)
        assert (refused.status, refused.json["code"]) == (409, code)
