"""A body's own system acts for a member of its staff, and for nobody else; the log says that it did (X23, J32, J33)."""

import pytest

from model.commands.contact import ReportContact
from model.commands.intake import Assign, Take
from model.decision import Refused
from model.message import Actor, System
from tests.routing.county import steward, submission, xinxiang
from tests.routing.desk import Desk, replayed

WATER = System(client="c1", body="water_body")


def acting(staff: str | None, system: System = WATER) -> Actor:
    return Actor(person="api:c1", role="steward", staff=staff, system=system)


def single(*people: object) -> Desk:
    county = xinxiang()
    return Desk(county, submission(county, "用水"), people or None)  # type: ignore[arg-type]


def test_it_takes_and_goes_on_for_the_steward_of_the_order():
    desk, order = single(), "case-1"
    assert desk.do(acting("water_body-a"), Take(order=order)) == ["task_taken"]
    assert desk.do(acting("water_body-a"), ReportContact(order=order)) == ["applicant_contacted"]
    assert [one.actor.system for one in desk.log[2:]] == [WATER, WATER]
    assert desk.order().steward == "water_body-a"
    assert replayed(desk) == desk.case


def test_it_speaks_for_people_who_are_not_bound_to_wechat():
    """A body that works in its own system need have nobody in WeChat: the order waits for whoever it names."""
    desk = single(steward("water_body", name="b", account=None, person=None))
    assert desk.order().steward is None
    assert desk.do(acting("water_body-b"), ReportContact(order="case-1")) == Refused(code="not.yours")
    assert desk.do(acting("water_body-b"), Take(order="case-1")) == ["task_taken"]
    assert desk.order().steward == "water_body-b"


@pytest.mark.parametrize(
    "actor",
    [
        acting("power_body-a"),
        acting("water_body-a", System(client="c2", body="power_body")),
        acting("power_body-a", System(client="c2", body="power_body")),
        acting("water_body-a", System(client="c3")),
        acting("nobody"),
        acting(None),
        Actor(person="api:c1", role="steward", staff="water_body-a"),
    ],
)
def test_for_nobody_else(actor: Actor):
    desk = single()
    assert desk.do(actor, Take(order="case-1")) == Refused(code="not.yours")


def test_it_is_no_window_and_no_applicant():
    desk = single()
    assert desk.do(acting("water_body-a"), Assign(order="case-1", body="power_body")) == Refused(code="not.yours")
    other = Actor(person="api:c1", system=System(client="c1"))
    assert desk.do(other, ReportContact(order="case-1")) == Refused(code="role.wrong")
