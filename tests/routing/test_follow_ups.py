"""容缺后补: what a 待整改 leaves is handed in, or carried over; no case ends silently without it (X40)."""

import datetime as dt

from model.commands.follow_up import CarryFollowUp, CloseFollowUp
from model.commands.sheet import GiveRow
from model.commands.survey import GiveOpinion
from model.commands.works import Connect, GiveScheme, ReportAcceptance, ReportBuilt
from model.decision import Refused
from routing.notices import notices
from routing.sheet_acts import sheet_acts
from tests.routing.county import everybody, steward
from tests.routing.desk import APPLICANT, Desk, replayed
from tests.routing.sheeted import LEAD, PLANNING, ROAD, led, officer

DUE = dt.date(2026, 12, 10)


def owing() -> Desk:
    """A survey that has passed: the road department and the unit have left something to be handed in."""
    desk = led("用水")
    boss = steward(LEAD, name="boss", duty="supervisor")
    desk.stewards = (*everybody(desk.county), boss)
    assert isinstance(desk.do(officer(PLANNING), GiveRow(body=PLANNING, opinion="符合")), list)
    row = GiveRow(body=ROAD, opinion="待整改", remark="图纸标高", due=DUE)
    assert isinstance(desk.do(officer(ROAD), row), list)
    done = desk.do(desk.steward(), GiveOpinion(order=desk.order().id, opinion="待整改", remark="表井加深"))
    assert done == ["opinion_given", "follow_up_opened", "sheet_concluded", "clock_started"]
    return desk


def connect(desk: Desk) -> Refused | list[str]:
    """Everything that is left to be built is built and connected."""
    who, order = desk.steward(), desk.order().id
    desk.do(who, GiveScheme(order=order, scheme="从路东接入"))
    desk.do(who, ReportBuilt(order=order))
    desk.do(who, ReportAcceptance(order=order, result="通过"))
    return desk.do(who, Connect(order=order))


def code(done: Refused | list[str]) -> str:
    assert isinstance(done, Refused)
    return done.code


def test_every_row_leaves_an_item_with_its_owner() -> None:
    desk = owing()
    assert desk.case.sheet is not None
    road, unit = desk.case.sheet.open_items
    assert (road.body, road.text, road.due, road.order) == (ROAD, "图纸标高", DUE, None)
    assert (unit.body, unit.text, unit.due, unit.order) == (desk.order().body, "表井加深", None, desk.order().id)
    assert [act.id for act in sheet_acts(desk.case, ROAD, desk.county)] == [
        "keep_copy", f"close_follow_up.{road.id}", "view_sheet",
    ]  # fmt: skip


def test_the_case_goes_on_and_ends_when_all_is_handed_in() -> None:
    desk = owing()
    assert connect(desk) == ["connected", "closing_held"]
    assert desk.case.closed_at is None
    found: dict[str, set[str]] = {}
    for one in notices(desk.case, desk.log[-2:]):
        found.setdefault(one.template, set()).add(one.recipient.id)
    assert "applicant.connected" not in found  # one message instead of two
    assert found["applicant.closing_held"] == {"applicant"}
    assert found["supervisor.closing_held"] == {f"{LEAD}-boss"}
    assert found["steward.follow_up_wanted"] == {f"{ROAD}-a"}  # the unit has just tapped itself
    done = desk.do(officer(ROAD), CloseFollowUp(item="f1", words="占掘路许可〔2026〕15号"))
    assert done == ["follow_up_settled"]
    assert [one.recipient.id for one in notices(desk.case, desk.log[-1:])] == [f"{LEAD}-a"]
    done = desk.do(desk.steward(), CloseFollowUp(item="f2", words="表井已加深"))
    assert done == ["follow_up_settled", "case_closed"]
    assert replayed(desk) == desk.case


def test_handed_in_before_the_end_nothing_is_held() -> None:
    desk = owing()
    for who, item in ((officer(ROAD), "f1"), (desk.steward(), "f2")):
        assert desk.do(who, CloseFollowUp(item=item, words="已补")) == ["follow_up_settled"]
    assert connect(desk) == ["connected", "case_closed"]


def test_the_lead_carries_over_with_a_reason_once_all_else_is_done() -> None:
    desk = owing()
    carry = CarryFollowUp(item="f1", reason="许可年后才发，市政股跟")
    assert code(desk.do(officer(LEAD), carry)) == "carry_follow_up.too_early"
    connect(desk)
    assert code(desk.do(officer(ROAD), carry)) == "not.yours"
    assert code(desk.do(officer(LEAD), CarryFollowUp(item="f1", reason=" "))) == "carry_follow_up.empty"
    assert desk.do(officer(LEAD), carry) == ["follow_up_settled"]
    assert desk.do(officer(LEAD), CarryFollowUp(item="f2", reason="供水公司跟")) == ["follow_up_settled", "case_closed"]
    assert desk.case.sheet is not None
    assert [item.settled.done for item in desk.case.sheet.follow_ups if item.settled] == [False, False]


def test_what_is_refused() -> None:
    desk = owing()
    assert code(desk.do(officer(ROAD), CloseFollowUp(item="f9", words="已补"))) == "follow_up.unknown"
    assert code(desk.do(officer(ROAD), CloseFollowUp(item="f1", words=" "))) == "close_follow_up.empty"
    assert code(desk.do(officer(PLANNING), CloseFollowUp(item="f1", words="已补"))) == "not.yours"
    assert code(desk.do(APPLICANT, CloseFollowUp(item="f1", words="已补"))) == "role.wrong"
    assert desk.do(officer(LEAD), CloseFollowUp(item="f1", words="代为记录")) == ["follow_up_settled"]
    assert code(desk.do(officer(ROAD), CloseFollowUp(item="f1", words="已补"))) == "follow_up.already"
