"""联合施工: who digs in the same road at the same time is found; the lead sets a window, and every case learns of it (X50)."""

import datetime as dt

import pytest

from model.commands.joint import AcceptJoint, DeclineJoint, ProposeJoint, ShareJoint
from model.decision import Refused
from model.delivery import Notice
from model.joint import Neighbour
from model.message import Actor
from routing.joint_acts import joint_invitation
from routing.neighbours import neighbours_of, period_of, road_of, shared
from routing.notices import notices
from tests.routing.county import NOW
from tests.routing.desk import APPLICANT, WINDOW, Desk, replayed
from tests.routing.permitting import county, officer, schemed
from tests.shipped import shipped

CLOCK = Actor(person="", role="clock")
DAY = NOW.date()
LATER = DAY + dt.timedelta(days=30)


def code(done: Refused | list[str]) -> str:
    """Why it was refused."""
    assert isinstance(done, Refused), done
    return done.code


def other(name: str, digs: tuple[str, ...] = ("挖路面",)) -> Desk:
    """Another case of the county."""
    desk = schemed(digs=digs)
    desk.case = desk.case.model_copy(update={"id": name, "number": f"N-{name}"})
    return desk


def proposed() -> Desk:
    """A case that meets another one."""
    desk = schemed(digs=("挖路面",))
    met = neighbours_of(desk.case, [other("b").case], desk.county)
    assert desk.do(CLOCK, ProposeJoint(road="样板路", neighbours=met)) == ["joint_proposed"]
    return desk


def last(desk: Desk) -> tuple[Notice, ...]:
    """What the last event has people told."""
    return notices(desk.case, desk.log[-1:])


@pytest.mark.parametrize(
    ("address", "road"),
    [
        ("小冀镇示范路10号", "小冀镇示范路"),
        ("新乡县小冀镇示范路与文明街交叉口", "小冀镇示范路"),
        ("翟坡镇示范路10号", "翟坡镇示范路"),
        ("文明大道22号", "文明大道"),
        ("古固寨镇前辛庄村", None),
    ],
)
def test_the_road_of_an_address(address: str, road: str | None) -> None:
    """Roads of two towns may be called alike."""
    assert road_of(address, shipped()["xinxiang"]) == road


def test_who_digs_at_the_same_time_is_a_neighbour() -> None:
    desk = schemed(digs=("挖路面",))
    found = neighbours_of(desk.case, [other("b").case, other("c", ()).case, desk.case], desk.county)
    assert [one.case for one in found] == ["b"]
    assert found[0].begins == DAY


def test_who_has_done_so_before_is_none() -> None:
    """The other's works end before these begin."""
    desk, early = schemed(digs=("挖路面",)), other("b").case
    scheme = desk.case.orders[0].scheme
    assert scheme is not None
    late = scheme.model_copy(update={"at": NOW + dt.timedelta(days=60)})
    clocks = desk.case.orders[0].clocks.copy()
    del clocks["construction"]
    order = desk.case.orders[0].model_copy(update={"scheme": late, "clocks": clocks})
    case = desk.case.model_copy(update={"orders": (order,)})
    period = period_of(case, desk.county)
    assert period is not None
    assert (period.ends - period.begins).days == 30
    assert neighbours_of(case, [early], desk.county) == ()


def test_a_window_is_set_and_counts_for_the_others() -> None:
    desk = proposed()
    assert [(one.recipient.id, one.template) for one in last(desk)] == [("road_office-a", "steward.joint_proposed")]
    assert [act.id for act in joint_invitation(desk.case, desk.county, "").acts] == ["accept_joint", "decline_joint"]
    accept = AcceptJoint(first=DAY, last=LATER)
    assert code(desk.do(APPLICANT, accept)) == "role.wrong"
    assert code(desk.do(desk.steward(), accept)) == "not.yours"
    assert code(desk.do(WINDOW, accept)) == "not.yours"
    assert code(desk.do(officer("road"), AcceptJoint(first=LATER, last=DAY))) == "accept_joint.window"
    early = AcceptJoint(first=DAY - dt.timedelta(days=1), last=DAY)
    assert code(desk.do(officer("road"), early)) == "accept_joint.past"
    assert desk.do(officer("road"), accept) == ["joint_accepted"]
    assert [(one.recipient.id, one.template) for one in last(desk)] == [("water_body-a", "steward.joint_window")]
    assert code(desk.do(officer("road"), accept)) == "accept_joint.already"
    assert joint_invitation(desk.case, desk.county, "").acts == ()
    assert replayed(desk) == desk.case


def test_the_other_case_keeps_the_window_and_who_digs_with_it() -> None:
    desk = proposed()
    desk.do(officer("road"), AcceptJoint(first=DAY, last=LATER))
    assert desk.case.joint_works is not None
    works = shared(desk.case, desk.case.joint_works.neighbours[0])
    assert works is not None
    second = schemed(digs=("挖路面",))
    assert second.do(CLOCK, ShareJoint(works=works)) == ["joint_shared"]
    kept = second.case.joint_works
    assert kept is not None
    assert (kept.id, kept.numbers, kept.first, kept.last) == ("case-joint", ("2026-0001",), DAY, LATER)
    assert [one.template for one in last(second)] == ["steward.joint_window"]


def test_it_may_be_declined_and_is_not_proposed_again() -> None:
    desk = proposed()
    assert code(desk.do(officer("road"), DeclineJoint(reason=" "))) == "decline_joint.empty"
    assert desk.do(officer("road"), DeclineJoint(reason="不在一段")) == ["joint_declined"]
    again = ProposeJoint(road="样板路", neighbours=desk.case.joint_works.neighbours if desk.case.joint_works else ())
    assert code(desk.do(CLOCK, again)) == "propose_joint.already"
    more = (*again.neighbours, Neighbour(case="d", number="N-d", begins=DAY, ends=LATER))
    assert desk.do(CLOCK, again.model_copy(update={"neighbours": more})) == ["joint_proposed"]


def test_nobody_is_told_where_there_is_nobody() -> None:
    desk = schemed(digs=("挖路面",))
    assert code(desk.do(CLOCK, ProposeJoint(road="样板路", neighbours=()))) == "propose_joint.nothing"
    assert code(desk.do(officer("road"), DeclineJoint(reason="x"))) == "decline_joint.none"
    met = neighbours_of(desk.case, [other("b").case], county())
    desk.stewards = tuple(one for one in desk.stewards if one.body != "road_office")
    assert desk.do(CLOCK, ProposeJoint(road="样板路", neighbours=met)) == ["joint_proposed"]
    assert [(one.recipient.kind, one.template) for one in last(desk)] == [("body", "body.joint_proposed")]
    assert desk.do(WINDOW, AcceptJoint(first=DAY, last=LATER)) == ["joint_accepted"]
