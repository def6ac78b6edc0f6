"""The system of a body says when a step was truly done, with the step or afterwards (X59)."""

import datetime as dt

from tests.api.applications import NOW
from tests.api.conftest import Hall
from tests.api.test_api_desk import report, the_order


async def test_a_little_earlier_stands_at_once_and_long_ago_waits_for_a_reason(hall: Hall) -> None:
    _, order = await the_order(hall, "water", "jingxian", "水")
    key, path = await hall.key("jingxian", "water_company"), f"/api/v1/orders/{order}/steps"
    await report(hall, key, order, do="take")
    pushed = (await hall.casework.task(order)).order.entered.at  # type: ignore[union-attr]
    hall.now = NOW + dt.timedelta(days=5)
    contact = {"do": "contact", "happened_at": (pushed - dt.timedelta(minutes=1)).isoformat()}
    early = await hall.ask("POST", path, key, contact)
    assert (early.status, early.json["code"]) == (409, "backdating.before")
    wrong = await hall.ask("POST", path, key, {"do": "contact", "happened_at": 5})
    assert wrong.status == 422
    happened = (pushed + dt.timedelta(minutes=5)).isoformat()
    done = await report(hall, key, order, do="contact", happened_at=happened)
    assert (done["state"], done["backdating"]["needs_reason"]) == ("contacted", True)
    told = await report(hall, key, order, do="explain_backdating", reason="现场没有网络")
    assert told["backdating"]["needs_reason"] is False
    log = await hall.casework.events((await hall.casework.task(order)).case.id)  # type: ignore[union-attr]
    assert log[-1].event.event == "backdating_asked"


async def test_what_is_tolerated_needs_nothing_more(hall: Hall) -> None:
    _, order = await the_order(hall, "water", "jingxian", "水")
    key = await hall.key("jingxian", "water_company")
    await report(hall, key, order, do="take")
    hall.now = NOW + dt.timedelta(minutes=30)
    done = await report(hall, key, order, do="contact", happened_at=(NOW + dt.timedelta(minutes=10)).isoformat())
    assert done["backdating"] is None
    task = await hall.casework.task(order)
    assert task is not None
    assert task.order.entered is not None
    assert task.order.entered.happened_at == NOW + dt.timedelta(minutes=10)
