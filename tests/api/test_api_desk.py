"""The system of a body works its orders through the HTTP door, from taking them to the connection (X19, J32, J33)."""

import asyncio
from typing import Any

import pytest

from handlers.web.api.steps import REPORTED
from model.command import Command
from model.commands.intake import Assign
from model.commands.survey import AgreeSurvey
from model.decision import Done
from model.message import Actor
from tests.api.applications import NOW
from tests.api.conftest import Hall

AT = "2026-11-30T09:30:00+08:00"


async def the_order(hall: Hall, service: str = "water", county: str = "jingxian", *options: str, **given: Any) -> Any:
    case = await hall.submitted(await hall.key(county), *options, county=county, **given)
    return case["number"], next(one["id"] for one in case["orders"] if one["service"] == service)


async def agree(hall: Hall, order: str) -> None:
    task = await hall.casework.task(order)
    assert task is not None
    ((name, time),) = task.case.appointments.items()
    do = AgreeSurvey(appointment=name, sequence=time.sequence)
    window = Actor(person="window", role="staff", staff="window-1")
    done = await hall.casework.execute(Command(id=f"agree {order}", case=task.case.id, actor=window, do=do), NOW)
    assert isinstance(done, Done)


async def report(hall: Hall, key: str, order: str, **step: Any) -> Any:
    found = await hall.ask("POST", f"/api/v1/orders/{order}/steps", key, step)
    assert found.status == 200, found.json
    return found.json


@pytest.mark.parametrize(
    ("county", "option", "body"), [("jingxian", "水", "water_company"), ("xinxiang", "用水", None)]
)
async def test_from_the_push_to_the_connection(hall: Hall, county: str, option: str, body: str | None) -> None:
    number, order = await the_order(hall, "water", county, option)
    task = await hall.casework.task(order)
    assert task is not None
    key = await hall.key(county, body or task.order.body)
    (first,) = (await hall.ask("GET", "/api/v1/orders", key)).json["orders"]
    assert (first["id"], first["number"], first["can"]) == (order, number, ["take"])
    opinion = {"opinion": "符合"}
    steps: list[dict[str, Any]] = [
        {"do": "take"},
        {"do": "contact"},
        {"do": "propose_survey", "at": AT},
        {"do": "opinion", **opinion},
        {"do": "scheme", "scheme": "从路东DN100主管接DN25\u200b", "days": 5, "inside": True},
        {"do": "built"},
        {"do": "built_inside"},
        {"do": "acceptance", "result": "通过"},
        {"do": "connect"},
    ]
    for step in steps:
        before = (await hall.ask("GET", f"/api/v1/orders/{order}", key)).json
        assert set(before["can"]) <= REPORTED
        if step["do"] not in before["can"]:
            assert step["do"] in {"scheme", "built", "built_inside"}  # not every county has this step
            continue
        after = await report(hall, key, order, **step)
        if step["do"] == "propose_survey":
            assert after["survey"] == {"at": AT, "agreed": False}
            await agree(hall, order)
        if step["do"] == "scheme":
            assert after["scheme"] == {"text": "从路东DN100主管接DN25", "days": 5, "inside": True}
    assert after["state"] == "connected"
    assert after["can"] == []
    assert (await hall.ask("GET", "/api/v1/orders", key)).json == {"orders": [], "next": None}
    log = await hall.casework.events(task.case.id)
    assert {one.actor.system.client for one in log if one.actor.system} == {
        one.id for one in await hall.clients.listed() if one.body
    }


async def test_a_body_reads_its_own_part_of_the_form_and_no_other(hall: Hall) -> None:
    """X19: every service was applied for; each body sees the general part and its own."""
    for county, service, mine, others in (
        ("jingxian", "water", "water_", ("power_", "gas_", "net_")),
        ("jingxian", "power", "power_", ("water_", "gas_", "net_")),
        ("xinxiang", "heat", "heat_", ("water_", "power_", "network_", "tv_")),
    ):
        _, order = await the_order(hall, service, county)
        task = await hall.casework.task(order)
        assert task is not None
        found = (await hall.ask("GET", f"/api/v1/orders/{order}", await hall.key(county, task.order.body))).json
        names = list(found["answers"])
        assert any(name.startswith(mine) for name in names)
        assert not any(name.startswith(others) for name in names)
        assert found["contact"]["phone"] in {"13800000000", "13800000001", "13800000002"}
        lacking = [one["id"] for one in found["supplements"]]
        assert not any(name.startswith(others) for name in lacking)


async def test_another_body_does_not_learn_that_the_order_is_there(hall: Hall) -> None:
    _, order = await the_order(hall, "water", "jingxian", "水")
    for key in (await hall.key("jingxian", "power_company"), await hall.key("xinxiang", "water_company")):
        assert (await hall.ask("GET", f"/api/v1/orders/{order}", key)).status == 404
        assert (await hall.ask("POST", f"/api/v1/orders/{order}/steps", key, {"do": "take"})).status == 404
        assert (await hall.ask("GET", "/api/v1/orders", key)).json["orders"] == []
        assert (await hall.ask("GET", f"/api/v1/orders?cursor={order}", key)).json["orders"] == []
    assert (await hall.ask("GET", f"/api/v1/orders/{order}", await hall.key())).status == 403
    assert (await hall.ask("GET", "/api/v1/orders/nowhere", await hall.key("jingxian", "water_company"))).status == 404


async def test_an_order_that_went_to_another_body_is_gone(hall: Hall) -> None:
    _, order = await the_order(hall, "gas", "jingxian", "气")
    task = await hall.casework.task(order)
    assert task is not None
    key = await hall.key("jingxian", task.order.body)
    window = Actor(person="window", role="staff", staff="window-1")
    do = Assign(order=order, body=next(one for one in ("ganghua", "xinao") if one != task.order.body))
    assert isinstance(await hall.casework.execute(Command(id="w", case=task.case.id, actor=window, do=do), NOW), Done)
    assert (await hall.ask("POST", f"/api/v1/orders/{order}/steps", key, {"do": "take"})).status == 404


async def test_a_step_is_done_once_however_often_it_is_reported(hall: Hall) -> None:
    _, order = await the_order(hall, "water", "jingxian", "水")
    key, path = await hall.key("jingxian", "water_company"), f"/api/v1/orders/{order}/steps"
    found = await asyncio.gather(*(hall.ask("POST", path, key, {"do": "take"}, once="a") for _ in range(6)))
    assert {one.status for one in found} == {200}
    await report(hall, key, order, do="contact")
    again = await hall.ask("POST", path, key, {"do": "take"}, once="a")
    assert (again.status, again.json["state"]) == (200, "taken")  # what came of it then
    other = await hall.ask("POST", path, key, {"do": "contact"}, once="a")
    assert (other.status, other.json["code"]) == (422, "key_reused")
    task = await hall.casework.task(order)
    assert task is not None
    names = [one.event.event for one in await hall.casework.events(task.case.id)]
    assert names.count("task_taken") == 1


async def test_why_a_step_cannot_be_done_is_told(hall: Hall) -> None:
    _, order = await the_order(hall, "water", "jingxian", "水")
    key, path = await hall.key("jingxian", "water_company"), f"/api/v1/orders/{order}/steps"
    early = await hall.ask("POST", path, key, {"do": "connect"}, once="a")
    assert (early.status, early.json["code"], early.json["detail"]) == (
        409,
        "connect.too_early",
        "验收通过后才能记接通。",
    )
    assert (await hall.ask("POST", path, key, {"do": "connect"}, once="a")).json == early.json
    other = await hall.ask("POST", path, key, {"do": "take", "steward": "jingxian-power_company"})
    assert (other.status, other.json["code"]) == (409, "not.yours")
    for step in ({"do": "take"}, {"do": "contact"}, {"do": "propose_survey", "at": AT}):
        await report(hall, key, order, **step)
    await agree(hall, order)
    wrong = await hall.ask("POST", path, key, {"do": "opinion", "opinion": "还行"})
    assert wrong.json["detail"] == "意见只能是：符合、不符合、待整改。"
    bare = await hall.ask("POST", path, key, {"do": "opinion", "opinion": "不符合"})
    assert bare.json["code"] == "opinion.needs_text"


async def test_a_body_whose_people_are_not_in_wechat_names_who_takes_it(hall: Hall) -> None:
    await hall.casework._staffing.unbind("jingxian-water_company")
    _, order = await the_order(hall, "water", "jingxian", "水")
    key, path = await hall.key("jingxian", "water_company"), f"/api/v1/orders/{order}/steps"
    assert (await hall.ask("POST", path, key, {"do": "take"})).json["code"] == "nobody_has_it"
    (one,) = (await hall.ask("GET", "/api/v1/staff", key)).json["staff"]
    assert (one["name"], one["bound"]) == ("管家供水公司", False)
    taken = await report(hall, key, order, do="take", steward=one["id"])
    assert taken["steward"]["name"] == "管家供水公司"
    assert (await report(hall, key, order, do="contact"))["state"] == "contacted"


async def test_the_list_goes_on_page_by_page(hall: Hall) -> None:
    portal, key = await hall.key(), await hall.key("jingxian", "water_company")
    numbers = [(await hall.submitted(portal, "水", "电"))["number"] for _ in range(5)]
    found, cursor = list[str](), ""
    while cursor is not None:
        page = (await hall.ask("GET", f"/api/v1/orders?limit=2&cursor={cursor}", key)).json
        assert len(page["orders"]) <= 2
        found += [one["number"] for one in page["orders"]]
        cursor = page["next"]
    assert sorted(found) == numbers
    for wrong in ("0", "101", "-1", "x", "9" * 5000, "１"):
        assert (await hall.ask("GET", f"/api/v1/orders?limit={wrong}", key)).json["code"] == "limit"


async def test_a_body_fills_in_its_own_cells_and_everybody_concerned_sees_them(hall: Hall) -> None:
    """受理人 and 受理日期 are known with the order, the number comes from the body's own system (X97–X99)."""
    _, order = await the_order(hall, "power", "xinxiang", "用电")
    key, path = await hall.key("xinxiang", "power_company"), f"/api/v1/orders/{order}/steps"
    steward = (await hall.ask("GET", "/api/v1/staff", key)).json["staff"][0]["name"]
    await report(hall, key, order, do="take")
    wrong = {"power_application_number": 7, "nothing": "x"}
    refused = await hall.ask("POST", path, key, {"do": "fill_cells", "cells": wrong})
    assert (refused.status, [one["field"] for one in refused.json["fields"]]) == (422, list(wrong))
    foreign = await hall.ask("POST", path, key, {"do": "fill_cells", "cells": {"tv_review": "通过"}})
    assert (foreign.status, foreign.json["code"]) == (409, "cells.unknown")
    after = await report(hall, key, order, do="fill_cells", cells={"power_application_number": "0411200231"})
    stands = {one["id"]: one["value"] for one in after["cells"]}
    assert stands == {
        "power_receiver": steward,
        "power_application_number": "0411200231",
        "power_received_on": f"{hall.now:%Y-%m-%d}",
    }


async def test_a_portal_sees_where_its_case_came_in_and_which_company_has_it(hall: Hall) -> None:
    """供应企业, 业务首接单位, 登记人 stand there by themselves (J75, J88, J89)."""
    portal = await hall.key("jingxian")
    case = await hall.submitted(portal, "气", address="榔桥镇示范路4号")
    assert {one["id"]: one["value"] for one in case["cells"]} == {
        "first_body": "水电气网联合报装窗口",
        "registrar": "政务平台转入",
    }
    ((company,),) = [one["cells"] for one in case["orders"]]
    assert (company["id"], company["value"]) == ("gas_company", "新奥")
