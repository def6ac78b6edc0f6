"""No application lies with nobody: whoever serves no more, or is on leave, hands his on (X48, X160)."""

import pytest

from model.approval import Approval
from model.commands.approvals import AcceptApproval, ApplyForApproval, DecideApproval, PassApproval
from model.decision import Refused
from model.message import Actor
from model.staff import Absence, Staff
from routing.notices import notices
from tests.routing.county import NOW, everybody, steward
from tests.routing.desk import WINDOW, Desk, replayed
from tests.routing.permitting import county, officer, schemed

TODAY = (Absence(first=NOW.date(), last=NOW.date()),)
B = steward("road_office", name="b")
LEAD = steward("road_office", name="z", duty="lead")


def applied(*more: Staff) -> Desk:
    made = schemed(digs=("挖路面",), staff=(*everybody(county()), *more))
    assert isinstance(made.do(made.steward(), ApplyForApproval(order=made.order().id)), list)
    return made


def road(made: Desk) -> Approval:
    (found,) = made.case.approvals
    return found


def away(made: Desk, *gone: str) -> None:
    made.stewards = tuple(
        one.model_copy(update={"absences": TODAY}) if one.id in gone else one for one in made.stewards
    )


def left(made: Desk, gone: str) -> None:
    made.stewards = tuple(one for one in made.stewards if one.id != gone)


def passes(made: Desk, actor: Actor) -> Refused | set[str]:
    before = len(made.log)
    done = made.do(actor, PassApproval(approval=road(made).id))
    if isinstance(done, Refused):
        return done
    return {f"{one.recipient.id} {one.template}" for one in notices(made.case, made.log[before:])}


def test_on_leave_his_colleague_has_it_and_is_told() -> None:
    made = applied(B)
    assert passes(made, officer("road")) == Refused(code="pass_approval.there")
    away(made, "road_office-a")
    assert passes(made, officer("road")) == {f"{B.id} steward.permit_passed"}
    assert road(made).officer == B.id
    assert replayed(made) == made.case


def test_who_left_has_nothing_any_more() -> None:
    made = applied(B)
    left(made, "road_office-a")
    assert passes(made, WINDOW) == {f"{B.id} steward.permit_passed"}
    left(made, B.id)
    assert passes(made, WINDOW) == {"road_office body.permit_asked"}
    assert road(made).officer is None
    assert passes(made, WINDOW) == Refused(code="pass_approval.already")


def test_where_no_colleague_is_there_the_head_is_told() -> None:
    made = applied(B, LEAD)
    away(made, "road_office-a", B.id)
    assert passes(made, officer("road")) == {f"{LEAD.id} lead.permit_passed"}
    assert road(made).officer == "road_office-a"  # he comes back
    left(made, "road_office-a")
    assert passes(made, WINDOW) == {f"{LEAD.id} lead.permit_passed"}
    assert road(made).officer is None


def test_on_leave_without_anybody_nothing_comes_of_it() -> None:
    made = applied()
    away(made, "road_office-a")
    assert passes(made, officer("road")) == Refused(code="pass_approval.nobody")


@pytest.mark.parametrize("other", [officer("green"), officer("road", "b")])
def test_only_his_own(other: Actor) -> None:
    made = applied(B)
    away(made, "road_office-a")
    assert passes(made, other) == Refused(code="not.yours")


def test_what_is_decided_stays() -> None:
    made = applied(B)
    name = road(made).id
    for do in (AcceptApproval(approval=name), DecideApproval(approval=name, granted=True)):
        assert isinstance(made.do(officer("road"), do), list)
    left(made, "road_office-a")
    assert passes(made, WINDOW) == Refused(code="pass_approval.already")
