"""What the clock rings for is checked apart from the core: left out, doubled or too soon, it is found (X57, X59, J34)."""

import datetime as dt

import pytest

from bench.year.hours import Hours
from bench.year.rings import Rings
from model.commands.consultations import (
    AskConsultation,
    GiveItem,
    NameConsultation,
    RecordConsultation,
    RemindOfConsultation,
    TickItem,
)
from model.event import Recorded
from model.message import Actor
from tests.routing.consulted import county
from tests.routing.county import NOW, submission
from tests.routing.desk import WINDOW, Desk

DAY = dt.timedelta(days=1)
NAME = "case-consult-1"
ITEM = f"{NAME}-1"
MEETING = NOW + 2 * DAY
END = NOW + 20 * DAY


def rung(desk: Desk, what: str, number: int = 0) -> None:
    ring = next(one for one in desk.case.consultations[0].ringing if (one.what, one.number) == (what, number))
    clock = Actor(person="", role="clock")
    assert isinstance(desk.do(clock, RemindOfConsultation(consultation=NAME, what=what, number=number), ring.at), list)


@pytest.fixture(name="desk", scope="module")
def _desk() -> Desk:
    """Asked for, answered late, held, and one thing agreed of which the day passes."""
    rules = county()
    desk = Desk(rules, submission(rules, "用水", "用电"))
    for do, at in (
        (AskConsultation(order="case-2", reason="几家说法不一致"), NOW),
        (None, NOW),
        (NameConsultation(consultation=NAME, at=MEETING, place="三楼"), NOW + DAY + dt.timedelta(hours=9)),
        (RecordConsultation(consultation=NAME, decision="按0.8米", public="定了"), MEETING),
        (GiveItem(consultation=NAME, body="water_body", words="出图", day=(NOW + 4 * DAY).date()), MEETING),
    ):
        if do is None:
            rung(desk, "reply")
        else:
            assert isinstance(desk.do(WINDOW, do, at), list)
            if isinstance(do, NameConsultation):
                rung(desk, "hour", 1)
    rung(desk, f"due.{ITEM}")
    rung(desk, f"late.{ITEM}")
    assert isinstance(desk.do(WINDOW, TickItem(item=ITEM), NOW + 6 * DAY), list)
    return desk


def faults(desk: Desk, log: list[Recorded]) -> list[str]:
    process = desk.county.process
    hours = Hours(process.hours.spans, process.closes, (NOW - DAY).date(), (END + DAY).date())
    return list(Rings(desk.county, hours).faults(log, END))


def test_as_it_was_nothing_is_wrong(desk: Desk) -> None:
    assert faults(desk, desk.log) == []


@pytest.mark.parametrize(
    "name", ["consultation_late", "consultation_near", "consultation_item_due", "consultation_item_late"]
)
def test_what_rang_not_at_all_twice_or_too_soon_is_found(desk: Desk, name: str) -> None:
    place = next(at for at, one in enumerate(desk.log) if one.event.event == name)
    assert "was to ring" in faults(desk, [*desk.log[:place], *desk.log[place + 1 :]])[0]
    assert "nothing was to" in faults(desk, [*desk.log[: place + 1], *desk.log[place:]])[0]
    early = desk.log[place].model_copy(update={"at": desk.log[place].at - dt.timedelta(seconds=1)})
    assert "before" in faults(desk, [*desk.log[:place], early, *desk.log[place + 1 :]])[0]


def test_what_was_done_is_not_rung_for(desk: Desk) -> None:
    done = next(one for one in desk.log if one.event.event == "consultation_item_done")
    place = next(at for at, one in enumerate(desk.log) if one.event.event == "consultation_item_late")
    log = [*desk.log[:place], done.model_copy(update={"at": desk.log[place].at}), *desk.log[place:-1]]
    assert "nothing was to" in faults(desk, log)[0]
