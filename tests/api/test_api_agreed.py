"""What a body took on at a consultation, read and reported done by its own system (X57, J34)."""

import datetime as dt

from model.command import Command
from model.commands.consultations import (
    AskConsultation,
    GiveItem,
    NameConsultation,
    OfConsultations,
    RecordConsultation,
)
from model.decision import Done
from model.message import Actor
from tests.api.applications import NOW
from tests.api.conftest import Hall
from tests.api.test_api_desk import report, the_order

MEETING = NOW + dt.timedelta(days=1)


async def window(hall: Hall, order: str, do: OfConsultations, now: dt.datetime = NOW) -> Done:
    """The window does it."""
    task = await hall.casework.task(order)
    assert task is not None
    actor = Actor(person="window", role="staff", staff="window-1")
    done = await hall.casework.execute(Command(id=f"w-{do.do}", case=task.case.id, actor=actor, do=do), now)
    assert isinstance(done, Done), done
    return done


async def test_it_stands_with_the_order_and_is_reported_done_once(hall: Hall) -> None:
    _, order = await the_order(hall, "water", "jingxian", "水")
    key, path = await hall.key("jingxian", "water_company"), f"/api/v1/orders/{order}/steps"
    before = await report(hall, key, order, do="take")
    assert (before["agreed"], "tick_item" in before["can"]) == ([], False)
    asked = await window(hall, order, AskConsultation(order=order, reason="管线有冲突"))
    name = asked.case.consultations[0].id
    await window(hall, order, NameConsultation(consultation=name, at=MEETING, place="三楼"))
    await window(hall, order, RecordConsultation(consultation=name, decision="按0.8米", public="定了"), MEETING)
    give = GiveItem(consultation=name, body="water_company", words="出改深以后的图", day=MEETING.date())
    await window(hall, order, give, MEETING)
    told = (await hall.ask("GET", f"/api/v1/orders/{order}", key)).json
    (one,) = told["agreed"]
    assert (one["words"], one["day"], one["done_at"]) == ("出改深以后的图", MEETING.date().isoformat(), None)
    assert "tick_item" in told["can"]
    wrong = await hall.ask("POST", path, key, {"do": "tick_item", "item": "other"})
    assert (wrong.status, wrong.json["code"]) == (409, "consultation.unknown")
    done = await report(hall, key, order, do="tick_item", item=one["id"])
    assert done["agreed"][0]["done_at"] is not None
    assert "tick_item" not in done["can"]
