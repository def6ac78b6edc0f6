"""What may be seen of a month's marks: by whoever supervises, and the little by who heads a body (J35)."""

import datetime as dt
from typing import Any, cast

from handlers.rated import RatingsBook, RatingsSeen
from model.case import Case
from model.viewer import Viewer
from tests.routing.county import NOW
from tests.routing.test_marks import marked
from tests.routing.test_routing_rating import LEAD, SERVES, WATCHES, closed

COUNTY = closed().county
MONTH = dt.date(2026, 11, 1)
BOSS = Viewer(staff=WATCHES.id, county=COUNTY.id)
HEAD = Viewer(staff=LEAD.id, county=COUNTY.id, body="water_body")
OTHER = Viewer(staff="x", county=COUNTY.id, body="power_body")
STAFF = (SERVES, LEAD, WATCHES)


class Kept:
    """The cases of one month, as the core and the rows have them."""

    def __init__(self, *cases: Case) -> None:
        self.cases = {f"case-{at}": one.model_copy(update={"id": f"case-{at}"}) for at, one in enumerate(cases)}

    async def rated(self, county: str, since: dt.datetime, until: dt.datetime) -> tuple[str, ...]:
        assert (county, since < NOW < until) == (COUNTY.id, True)
        return (*self.cases, "erased since")

    async def case(self, name: str) -> Case | None:
        return self.cases.get(name)


async def seen(viewer: Viewer, *cases: Case) -> RatingsSeen:
    kept = Kept(*cases)
    return await RatingsBook(cast("Any", kept), kept, {COUNTY.id: COUNTY}).month(viewer, MONTH, STAFF)


async def test_whoever_supervises_sees_each_bad_mark_but_those_about_himself() -> None:
    cases = [marked("满意"), marked("不满意", reason="太慢"), marked("不满意", reason="说话难听")]
    found = await seen(BOSS, *cases)
    assert found.ratings.whole.all == 3
    assert found.reasons == {"太慢": 1, "": 1}
    assert [(one.case, one.bodies, one.rating.reason) for one in found.bad] == [
        ("case-1", "水务", "太慢"),
        ("case-2", "水务", "说话难听"),
    ]
    himself = await seen(Viewer(staff=SERVES.id, county=COUNTY.id), *cases)
    assert (himself.bad, himself.own) == ([], 2)


async def test_a_head_sees_numbers_alone_and_none_where_they_are_few() -> None:
    four = [marked("满意"), marked("不满意", reason="太慢"), marked("满意"), marked("满意")]
    few = await seen(HEAD, *four)
    assert few.few
    assert few.ratings.whole.all == 0
    assert not few.ratings.bodies
    many = await seen(HEAD, *four, marked("一般"))
    assert dict(many.ratings.bodies["water_body"].marks) == {"满意": 3, "不满意": 1, "一般": 1}
    assert (many.bad, many.reasons, many.ratings.late) == ((), {}, {})
    assert (await seen(OTHER, *four, marked("一般"))).few


async def test_a_mark_of_another_month_is_none_of_this() -> None:
    assert (await seen(BOSS, marked("满意", NOW + dt.timedelta(days=30)))).ratings.whole.all == 0
