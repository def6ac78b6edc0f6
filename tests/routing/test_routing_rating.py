"""评价: a mark after the end, and a call after a bad one that the one who served never hears of (J35)."""

import datetime as dt

import pytest

from model.commands.clock import Warn
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.commands.rating import CallBack, GiveReason, Rate
from model.commands.survey import AgreeSurvey, GiveOpinion, ProposeSurvey
from model.commands.urging import Urge
from model.commands.works import Connect, ReportAcceptance
from model.decision import Refused
from model.message import Actor
from model.process import RatingRule, WarningRule
from model.staff import Staff
from routing.acts import rating_invitation
from routing.notices import notices
from tests.routing.county import NOW, steward, submission, xinxiang
from tests.routing.desk import APPLICANT, Desk, replayed

RULE = RatingRule(scale=("满意", "一般", "不满意"), bad=("不满意",), reasons=("太慢",), until_days=30)
SERVES = steward("water_body")
LEAD = steward("water_body", name="z", duty="lead")
WATCHES = steward("power_body", name="s", duty="supervisor")
CALLER = Actor(person=LEAD.person or "", role="steward", staff=LEAD.id)
LATER = NOW + dt.timedelta(hours=1)


def closed(*staff: Staff, rule: RatingRule | None = RULE) -> Desk:
    county = xinxiang()
    shares = (WarningRule(share=50, tell=("steward",)), WarningRule(share=100, tell=("lead", "supervisor")))
    county = county.made_anew(process=county.process.model_copy(update={"rating": rule, "warnings": shares}))
    desk = Desk(county, submission(county, "用水"), (SERVES, *(staff or (LEAD, WATCHES))))
    who, order = desk.steward(), "case-1"
    for actor, do in (
        (who, Take(order=order)),
        (who, ReportContact(order=order)),
        (who, ProposeSurvey(order=order, at=NOW + dt.timedelta(days=1))),
        (APPLICANT, AgreeSurvey(appointment=order, sequence=1)),
        (who, GiveOpinion(order=order, opinion="符合")),
        (who, ReportAcceptance(order=order, result="通过")),
        (who, Connect(order=order)),
    ):
        assert isinstance(desk.do(actor, do), list)
    assert desk.case.closed_at == NOW
    return desk


def code(done: object) -> str:
    assert isinstance(done, Refused), done
    return done.code


def told(desk: Desk) -> set[str]:
    return {f"{one.recipient.id} {one.template}" for one in notices(desk.case, desk.log[-1:])}


def test_a_good_mark_is_thanked_for_and_nobody_is_told() -> None:
    desk = closed()
    assert desk.do(APPLICANT, Rate(mark="满意")) == ["rated"]
    assert told(desk) == set()
    assert code(desk.do(APPLICANT, GiveReason(reason="太慢"))) == "reason.nothing"
    assert code(desk.do(CALLER, CallBack(text="打过了"))) == "call_back.nothing"
    assert replayed(desk) == desk.case


def test_a_bad_mark_is_called_about_and_who_served_hears_of_nothing() -> None:
    desk = closed()
    heard = set[str]()
    for actor, do, event in (
        (APPLICANT, Rate(mark="不满意"), "rated"),
        (APPLICANT, GiveReason(reason="太慢"), "reason_given"),
    ):
        assert desk.do(actor, do) == [event]
        heard |= told(desk)
    assert heard == {"water_body-z lead.bad_rating"}
    due = desk.order().due("call_back")
    assert due is not None
    clock = Actor(person="", role="clock")
    for warning in due.warnings:
        assert desk.do(clock, Warn(step="call_back", share=warning.share, due=due.at, at=warning.at), warning.at) == [
            "warned"
        ]
        heard |= told(desk)
    assert heard == {"water_body-z lead.bad_rating", "water_body-z lead.warning", "power_body-s supervisor.warning"}
    assert (
        code(desk.do(Actor(person=SERVES.person or "", role="steward", staff=SERVES.id), CallBack(text="好")))
        == "not.yours"
    )
    assert code(desk.do(CALLER, CallBack(text=" "))) == "call_back.empty"
    assert desk.do(CALLER, CallBack(text="已致歉"), LATER) == ["called_back"]
    assert desk.order().clocks["call_back"].met_at == LATER
    assert code(desk.do(CALLER, CallBack(text="已致歉"))) == "call_back.already"
    assert replayed(desk) == desk.case


@pytest.mark.parametrize(
    ("staff", "expected"),
    [
        ((LEAD, WATCHES), "water_body-z lead.bad_rating"),
        ((WATCHES,), "power_body-s supervisor.bad_rating"),
        # The head who served him himself, under another binding of the same person.
        ((LEAD.model_copy(update={"person": SERVES.person}), WATCHES), "power_body-s supervisor.bad_rating"),
        ((LEAD.model_copy(update={"person": None}),), "xinxiang window.bad_rating"),
    ],
)
def test_who_calls(staff: tuple[Staff, ...], expected: str) -> None:
    desk = closed(*staff)
    desk.do(APPLICANT, Rate(mark="不满意"))
    assert told(desk) == {expected}


def test_a_mark_is_changed_once_and_a_good_one_ends_the_call() -> None:
    desk = closed()
    desk.do(APPLICANT, Rate(mark="不满意"))
    assert code(desk.do(APPLICANT, Rate(mark="不满意"))) == "rate.already"
    assert desk.do(APPLICANT, Rate(mark="一般"), LATER) == ["rated"]
    assert desk.order().clocks["call_back"].met_at == LATER
    assert code(desk.do(APPLICANT, Rate(mark="满意"))) == "rate.already"
    assert replayed(desk) == desk.case


def test_when_and_what() -> None:
    desk = closed()
    assert code(desk.do(APPLICANT, Rate(mark="五星"))) == "rate.unknown"
    assert code(desk.do(Actor(person="somebody"), Rate(mark="满意"))) == "not.yours"
    assert code(desk.do(desk.steward(), Rate(mark="满意"))) == "role.wrong"
    assert code(desk.do(APPLICANT, Urge())) == "case.closed"
    assert code(desk.do(APPLICANT, Rate(mark="满意"), NOW + dt.timedelta(days=31))) == "rate.too_late"
    assert code(closed(rule=None).do(APPLICANT, Rate(mark="满意"))) == "rate.absent"
    open_case = Desk(desk.county, submission(desk.county, "用水"), (SERVES,))
    assert code(open_case.do(APPLICANT, Rate(mark="满意"))) == "rate.too_early"


def test_the_marks_are_the_taps() -> None:
    desk = closed()
    asked = rating_invitation(desk.case, desk.county, "t")
    assert asked is not None
    assert [(act.id, act.label) for act in asked.acts] == [("rate.1", "满意"), ("rate.2", "一般"), ("rate.3", "不满意")]
    why = rating_invitation(desk.case, desk.county, "t", reason=True)
    assert why is not None
    assert [act.label for act in why.acts] == ["太慢"]
    assert why.id != asked.id
