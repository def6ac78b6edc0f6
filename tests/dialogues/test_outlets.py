"""Which outlets are told to somebody who asks where to go (J14)."""

from dialogs.outlets import MOST, nearest
from handlers.wording.outlets import told
from model.calendar import CHINA
from model.county import County
from tests.routing.county import NOW
from tests.shipped import shipped

JINGXIAN = shipped()["jingxian"]
MONDAY = NOW.astimezone(CHINA).date()
SATURDAY = MONDAY.replace(day=28)


def names(county: County, town: str) -> list[str]:
    return [one.name for one in nearest(county, town)]


def test_those_near_to_the_town_and_no_other() -> None:
    assert names(JINGXIAN, "茂林镇") == ["新奥燃气营业厅", "移动营业厅"]


def test_for_a_town_that_none_is_near_to_the_first_of_the_county() -> None:
    found = names(JINGXIAN, "某镇")
    assert found == [one.name for one in JINGXIAN.outlets[:MOST]]
    assert told(JINGXIAN, nearest(JINGXIAN, "某镇"), "某镇", MONDAY)["town"] == ""


def test_hours_are_those_of_today() -> None:
    near = nearest(JINGXIAN, "泾川镇")
    working = [one["hours"] for one in told(JINGXIAN, near, "泾川镇", MONDAY)["outlets"]]
    weekend = [one["hours"] for one in told(JINGXIAN, near, "泾川镇", SATURDAY)["outlets"]]
    assert working == ["8:30–12:00、14:00–17:30"] * 3
    assert weekend == ["", "8:30–12:00、14:00–17:30", "8:30–12:00、14:00–17:30"]


def test_every_unit_of_jingxian_has_one() -> None:
    units = {body.id for body in JINGXIAN.bodies if body.kind == "service"}
    assert {one.body for one in JINGXIAN.outlets} == units
