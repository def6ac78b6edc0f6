"""行政审批 in the core: parallel, sent back, by commitment, with papers that follow; nothing is built without them (X45–X49)."""

import datetime as dt
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.approval import Approval, ApprovalState
from model.command import Do
from model.commands.approvals import (
    AcceptApproval,
    ApplyForApproval,
    DecideApproval,
    DropApproval,
    HandInToApproval,
    JoinApproval,
    ReturnApproval,
    SignCommitment,
)
from model.commands.clock import WarnOfApproval
from model.commands.works import ReportBuilt
from model.decision import Refused
from model.message import Actor
from model.order import Clock
from routing.acts import steward_acts
from routing.approval_acts import approval_invitation
from routing.notices import notices
from routing.permits import missing
from tests.routing.county import NOW, everybody, steward
from tests.routing.desk import APPLICANT, WINDOW, Desk, replayed
from tests.routing.permitting import DIGS, TUESDAY, WEDNESDAY, county, officer, schemed

CLOCK = Actor(person="", role="clock")


def applied(desk: Desk, mode: str = "normal", **more: object) -> tuple[Approval, ...]:
    """Everything the first order needs is applied for."""
    do = ApplyForApproval.model_validate({"order": desk.order().id, "mode": mode, **more})
    assert isinstance(desk.do(desk.steward(), do), list)
    return desk.case.approvals


def code(done: Refused | list[str]) -> str:
    """Why it was refused."""
    assert isinstance(done, Refused), done
    return done.code


def told(desk: Desk, count: int = 1) -> set[tuple[str, str]]:
    """Who was told what by the last events."""
    return {(one.recipient.id, one.template) for one in notices(desk.case, desk.log[-count:])}


def test_the_scheme_says_which_permits_are_needed() -> None:
    assert schemed().order().permits == ("plan", "green", "road")
    assert schemed(digs=("占用道路",)).order().permits == ("road",)
    assert schemed(digs=()).order().permits == ()


def test_nothing_is_reported_built_without_permits() -> None:
    desk = schemed(digs=("挖路面", "动绿地"))
    built = ReportBuilt(order=desk.order().id)
    refused = desk.do(desk.steward(), built)
    assert code(refused) == "built.permits"
    assert isinstance(refused, Refused)
    assert refused.about["missing"] == "green（还没报）、road（还没报）"
    green, road = applied(desk)
    for one, kind in ((green, "green"), (road, "road")):
        assert code(desk.do(desk.steward(), built)) == "built.permits"
        assert desk.do(officer(kind), AcceptApproval(approval=one.id)) == ["approval_accepted"]
        assert code(desk.do(desk.steward(), built)) == "built.permits"
        assert desk.do(officer(kind), DecideApproval(approval=one.id, granted=True)) == ["approval_decided"]
    assert desk.do(desk.steward(), built) == ["works_reported"]
    assert replayed(desk) == desk.case


def test_without_permits_to_get_nothing_changes() -> None:
    desk = schemed(digs=())
    assert desk.do(desk.steward(), ReportBuilt(order=desk.order().id)) == ["works_reported"]


def test_each_permit_goes_its_own_way_with_its_own_clock() -> None:
    """X48, X49: from the day of acceptance one working day online, two at the window; none waits for another."""
    desk = schemed()
    plan, green, road = applied(desk)
    assert {one.officer for one in (plan, green, road)} == {"plan_office-a", "green_office-a", "road_office-a"}
    assert told(desk, 3) == {(f"{kind}_office-a", "steward.permit_asked") for kind in ("plan", "green", "road")}
    desk.do(officer("road"), AcceptApproval(approval=road.id))
    clocks = [one.clock.due.at if one.clock else None for one in desk.case.approvals]
    assert clocks == [None, None, TUESDAY]
    desk.do(officer("green"), ReturnApproval(approval=green.id, lacking="图纸"))
    desk.do(officer("road"), DecideApproval(approval=road.id, granted=True))
    assert [one.state.value for one in desk.case.approvals] == ["applied", "returned", "granted"]
    assert told(desk) == {("water_body-a", "steward.permit_decided"), ("applicant", "applicant.permits")}


def test_the_channel_has_its_own_limit_and_warnings_are_strict() -> None:
    """R7: the day of acceptance is not counted, but warned of as if it were."""
    desk = schemed(digs=("挖路面",))
    (road,) = applied(desk, channel="窗口")
    desk.do(officer("road"), AcceptApproval(approval=road.id))
    clock = desk.case.approvals[0].clock
    assert clock is not None
    assert clock.due.at == WEDNESDAY
    assert clock.due.warnings[0].at < TUESDAY - dt.timedelta(hours=3)


def test_a_limit_stands_still_while_something_is_put_right() -> None:
    desk = schemed(digs=("挖路面",))
    (road,) = applied(desk, channel="offline")
    desk.do(officer("road"), AcceptApproval(approval=road.id))
    desk.do(officer("road"), ReturnApproval(approval=road.id, lacking="疏导方案"))
    assert told(desk) == {("water_body-a", "steward.permit_returned")}
    now = NOW + dt.timedelta(days=7)
    assert code(desk.do(desk.steward(), HandInToApproval(approval=road.id, text=" "), now)) == "hand_in_approval.empty"
    assert desk.do(desk.steward(), HandInToApproval(approval=road.id, text="补齐"), now) == ["approval_handed_in"]
    clock = desk.case.approvals[0].clock
    assert clock is not None
    assert clock.due.at == WEDNESDAY + dt.timedelta(days=7)
    assert desk.case.approvals[0].state is ApprovalState.ACCEPTED
    assert replayed(desk) == desk.case


def test_by_commitment_works_begin_once_it_is_accepted() -> None:
    desk = schemed(digs=("挖路面",))
    built = ReportBuilt(order=desk.order().id)
    (road,) = applied(desk, "告知承诺")
    assert road.commitment is not None
    assert code(desk.do(desk.steward(), built)) == "built.permits"
    desk.do(officer("road"), AcceptApproval(approval=road.id))
    assert desk.do(desk.steward(), built) == ["works_reported"]


def test_what_is_filed_lets_works_begin_at_once_unless_it_is_sent_back() -> None:
    """J27: 告知承诺备案制."""
    desk = schemed(digs=("挖路面",))
    (road,) = applied(desk, "filing")
    assert missing(desk.case, desk.order()) == ()
    desk.do(officer("road"), ReturnApproval(approval=road.id, lacking="承诺书没盖章"))
    assert missing(desk.case, desk.order()) == ("road",)
    desk.do(desk.steward(), HandInToApproval(approval=road.id, text="盖章的承诺书"))
    assert desk.do(officer("road"), DecideApproval(approval=road.id, granted=True)) == ["approval_decided"]


def test_a_commitment_can_be_signed_instead_of_what_is_lacking() -> None:
    desk = schemed(digs=("挖路面", "新建管线"))
    plan, road = applied(desk)
    for one, kind in ((plan, "plan"), (road, "road")):
        desk.do(officer(kind), ReturnApproval(approval=one.id, lacking="图纸"))
    assert code(desk.do(desk.steward(), SignCommitment(approval=plan.id))) == "sign_commitment.absent"
    assert desk.do(desk.steward(), SignCommitment(approval=road.id)) == ["commitment_signed"]
    assert told(desk) == {("road_office-a", "steward.permit_back")}
    assert desk.case.approvals[1].state is ApprovalState.APPLIED
    assert code(desk.do(desk.steward(), SignCommitment(approval=road.id))) == "sign_commitment.already"


def test_what_may_follow_has_its_time_and_does_not_hold_the_permit() -> None:
    """X47: 容缺受理."""
    desk = schemed(digs=("挖路面",))
    assert code(desk.do(desk.steward(), ApplyForApproval(order=desk.order().id, mode="容缺受理"))) == (
        "apply_approval.items"
    )
    (road,) = applied(desk, "容缺受理", items="审查意见")
    desk.do(officer("road"), AcceptApproval(approval=road.id))
    desk.do(officer("road"), DecideApproval(approval=road.id, granted=True))
    assert missing(desk.case, desk.order()) == ()
    clock = desk.case.approvals[0].items_clock
    assert clock is not None
    assert clock.next is not None
    warn = WarnOfApproval(approval=road.id, items=True, share=50, at=clock.next.at, due=clock.due.at)
    assert desk.do(CLOCK, warn, clock.next.at) == ["approval_warned"]
    assert told(desk) == {("water_body-a", "steward.permit_warning")}
    assert code(desk.do(CLOCK, warn, clock.next.at)) == "warn.nothing"
    desk.do(desk.steward(), HandInToApproval(approval=road.id, text="审查意见1份"))
    assert not desk.case.approvals[0].owes
    assert replayed(desk) == desk.case


def test_the_officer_and_his_heads_are_warned() -> None:
    made = county()
    heads = (steward("road_office", name="lead", duty="lead"), steward("road_office", name="boss", duty="supervisor"))
    desk = schemed(digs=("挖路面",), staff=(*everybody(made), *heads))
    (road,) = applied(desk)
    desk.do(officer("road"), AcceptApproval(approval=road.id))
    for share, receivers in ((50, {"road_office-a"}), (100, {"road_office-a", "road_office-lead", "road_office-boss"})):
        clock = desk.case.approvals[0].clock
        assert clock is not None
        assert clock.next is not None
        at = clock.next.at
        assert isinstance(
            desk.do(CLOCK, WarnOfApproval(approval=road.id, share=share, at=at, due=clock.due.at), at), list
        )
        assert {who for who, _ in told(desk)} == receivers


def test_one_trench_one_permit() -> None:
    desk = schemed("用水", "燃气", digs=("挖路面",))
    (road,) = applied(desk)
    second = desk.order(2).id
    assert [act.id for act in steward_acts(desk.case, desk.order(2), desk.county)][:2] == [
        "apply_approval",
        f"join_approval.{road.id}",
    ]
    assert desk.do(desk.steward(2), JoinApproval(order=second, approval=road.id)) == ["approval_joined"]
    assert desk.case.approvals[0].orders == (desk.order(1).id, second)
    desk.do(officer("road"), AcceptApproval(approval=road.id))
    desk.do(officer("road"), DecideApproval(approval=road.id, granted=True))
    assert [missing(desk.case, order) for order in desk.case.orders] == [(), ()]
    assert told(desk) >= {("water_body-a", "steward.permit_decided"), ("gas_body-a", "steward.permit_decided")}


def test_a_permit_that_is_not_needed_is_dropped_and_a_refused_one_applied_for_again() -> None:
    desk = schemed(digs=("挖路面", "动绿地"))
    green, road = applied(desk)
    desk.do(officer("road"), AcceptApproval(approval=road.id))
    assert code(desk.do(officer("road"), DecideApproval(approval=road.id, granted=False))) == "decide_approval.empty"
    desk.do(officer("road"), DecideApproval(approval=road.id, granted=False, reason="改顶管"))
    drop = DropApproval(order=desk.order().id, kind="green", reason="改走人行道")
    assert desk.do(desk.steward(), drop) == ["approval_dropped"]
    assert told(desk) == {("green_office-a", "steward.permit_gone")}
    assert desk.case.approval(green.id) is not None
    assert desk.case.approvals[0].state is ApprovalState.WITHDRAWN
    assert len(applied(desk)) == 3
    assert desk.case.approvals[2].kind == "road"
    assert code(desk.do(desk.steward(), ApplyForApproval(order=desk.order().id))) == "apply_approval.nothing"


@pytest.mark.parametrize(
    ("do", "why"),
    [
        (ApplyForApproval(order="case-1", kinds=("moon",)), "apply_approval.unknown"),
        (ApplyForApproval(order="case-1", kinds=("plan",), mode="告知承诺"), "apply_approval.mode"),
        (ApplyForApproval(order="case-1", channel="烟囱"), "apply_approval.channel"),
        (ApplyForApproval(order="case-1", kinds=("plan",), mode="deferred", items=" "), "apply_approval.items"),
        (DropApproval(order="case-1", kind="moon", reason="x"), "drop_approval.nothing"),
        (DropApproval(order="case-1", kind="plan", reason=" "), "drop_approval.empty"),
        (JoinApproval(order="case-1", approval="case-p9"), "approval.unknown"),
    ],
)
def test_refusals(do: Do, why: str) -> None:
    desk = schemed()
    assert code(desk.do(desk.steward(), do)) == why


def test_only_officers_decide_and_the_applicant_is_never_asked() -> None:
    """X45, X11: a colleague may stand in; the window only where nobody of the body has it."""
    made = county()
    staff = (*everybody(made), steward("road_office", name="b"))
    desk = schemed(digs=("挖路面",), staff=staff)
    (road,) = applied(desk)
    accept = AcceptApproval(approval=road.id)
    assert code(desk.do(APPLICANT, accept)) == "role.wrong"
    assert code(desk.do(desk.steward(), accept)) == "not.yours"
    assert code(desk.do(WINDOW, accept)) == "not.yours"
    assert desk.do(officer("road", "b"), accept) == ["approval_accepted"]
    assert desk.case.approvals[0].officer == "road_office-b"
    assert code(desk.do(officer("road"), accept)) == "accept_approval.already"


def test_where_nobody_of_the_body_is_there_the_hotline_calls_and_the_window_writes_it_down() -> None:
    made = county()
    staff = tuple(one for one in everybody(made) if one.body != "road_office")
    desk = schemed(digs=("挖路面",), staff=staff)
    (road,) = applied(desk)
    assert road.officer is None
    assert told(desk) == {("road_office", "body.permit_asked")}
    assert desk.do(WINDOW, AcceptApproval(approval=road.id)) == ["approval_accepted"]
    assert desk.do(WINDOW, DecideApproval(approval=road.id, granted=True)) == ["approval_decided"]


def test_what_a_card_offers_is_carried_out() -> None:
    desk = schemed(digs=("挖路面",))
    shown = [act for act in steward_acts(desk.case, desk.order(), desk.county) if act.shown]
    assert [act.id for act in shown] == ["apply_approval", "drop_approval"]
    (road,) = applied(desk)
    for state in (["accept_approval", "return_approval"], ["decide_approval.granted", "return_approval"]):
        acts = [act.id for act in approval_invitation(desk.case, desk.case.approvals[0], desk.county, "").acts]
        assert acts[:2] == state
        desk.do(officer("road"), AcceptApproval(approval=road.id))
    desk.do(officer("road"), DecideApproval(approval=road.id, granted=True))
    assert [act.id for act in steward_acts(desk.case, desk.order(), desk.county)] == ["built"]


@settings(max_examples=60, deadline=None)
@given(dice=st.randoms())
def test_no_clock_holds_another_and_nothing_is_built_without_a_permit(dice: Random) -> None:
    """Whatever happens to one permit, the others stay as they are; and works are done only with all of them (X45, X49)."""
    desk, now = schemed("用水", "燃气"), NOW
    for place in (1, 2):
        desk.do(desk.steward(place), ApplyForApproval(order=desk.order(place).id, mode="normal"))
    for _ in range(40):
        now += dt.timedelta(minutes=dice.randrange(400))
        one = dice.choice(desk.case.approvals)
        before, asked = desk.case, _anything(dice, one)
        by = desk.steward(dice.choice((1, 2))) if isinstance(asked, _STEWARDS) else officer(one.kind)
        done = desk.do(by, asked, now)
        if isinstance(asked, ReportBuilt):
            order = before.order(asked.order)
            assert order is not None
            assert isinstance(done, Refused) or not missing(before, order)
        elif not isinstance(done, Refused):
            assert _others(before.approvals, one.id) == _others(desk.case.approvals[: len(before.approvals)], one.id)
        for each in desk.case.approvals:
            assert _stands(each.clock) == (each.state is ApprovalState.RETURNED and each.clock is not None)
    assert replayed(desk) == desk.case


_STEWARDS = (HandInToApproval, SignCommitment, DropApproval, ReportBuilt)


def _anything(dice: Random, one: Approval) -> Do:
    order = dice.choice(("case-1", "case-2"))
    return dice.choice(
        (
            AcceptApproval(approval=one.id),
            AcceptApproval(approval=one.id),
            ReturnApproval(approval=one.id, lacking="图纸"),
            HandInToApproval(approval=one.id, text="图纸"),
            HandInToApproval(approval=one.id, text="图纸"),
            SignCommitment(approval=one.id),
            DecideApproval(approval=one.id, granted=True),
            DecideApproval(approval=one.id, granted=False, reason="不行"),
            ReportBuilt(order=order),
        )
    )


def _others(approvals: tuple[Approval, ...], name: str) -> list[Approval]:
    return [one for one in approvals if one.id != name]


def _stands(clock: Clock | None) -> bool:
    return clock is not None and clock.stands


def test_digs_are_kept_with_the_scheme() -> None:
    scheme = schemed().order().scheme
    assert scheme is not None
    assert scheme.digs == DIGS
