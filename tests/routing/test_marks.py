"""Marks recounted by hand, and who must not be told of one (J35)."""

import datetime as dt

from model.case import Case, Rating
from routing.marks import concerns, late_steps, rated, ratings
from tests.routing.county import NOW, steward
from tests.routing.test_routing_rating import SERVES, WATCHES, closed

DAY = dt.timedelta(days=1)


def marked(mark: str, at: dt.datetime = NOW, *, reason: str = "", called: str = "", late: bool = False) -> Case:
    """A case of water with this mark; `late`: nobody was contacted in time."""
    case = closed().case
    bad = mark == "不满意"
    rating = Rating(mark=mark, bad=bad, at=at, order="case-1", reason=reason, called_back=called)
    [order] = case.orders
    clock = order.clocks["contact"]
    if late:
        clock = clock.model_copy(update={"met_at": clock.due.at + DAY})
    order = order.model_copy(update={"clocks": {**order.clocks, "contact": clock}})
    return case.model_copy(update={"rating": rating, "orders": (order,)})


def test_marks_by_body_and_by_what_was_late() -> None:
    county = closed().county
    found = ratings(
        [marked("满意"), marked("满意"), marked("不满意", reason="太慢", late=True), marked("不满意", called="道过歉")],
        county,
    )
    assert dict(found.whole.marks) == {"满意": 2, "不满意": 2}
    assert (found.whole.all, found.whole.waiting, dict(found.whole.reasons)) == (4, 1, {"太慢": 1})
    assert {body: dict(one.marks) for body, one in found.bodies.items()} == {"water_body": {"满意": 2, "不满意": 2}}
    assert {step: dict(one.marks) for step, one in found.late.items()} == {"contact": {"不满意": 1}}
    assert dict(found.in_time.marks) == {"满意": 2, "不满意": 1}


def test_the_mark_counts_where_it_was_given() -> None:
    cases = [marked("满意", NOW), marked("满意", NOW + DAY), closed().case]
    assert rated(cases, NOW, NOW + DAY) == (cases[0],)
    assert late_steps(cases[0]) == ()


def test_who_served_is_not_told_under_any_name() -> None:
    """He heads the body too, bound as the same person; his colleague, and whoever watches, did not serve."""
    case = marked("不满意")
    also = steward("water_body", name="z", duty="lead").model_copy(update={"person": SERVES.person})
    colleague = steward("water_body", name="y", duty="lead")
    staff = (SERVES, also, colleague, WATCHES)
    assert [concerns(case, one.id, staff) for one in staff] == [True, True, False, False]
    assert not concerns(case, "gone", staff)
