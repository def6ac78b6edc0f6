"""The hour of an agreed visit passes: who was to come is asked, then the applicant told, each once and never before (X36)."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from model.calendar import Length
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.commands.passed_visits import ExplainVisit, PassVisit
from model.commands.scheduling import ReportMissed
from model.commands.survey import AgreeSurvey, GiveOpinion, MoveSurvey, ProposeSurvey
from model.decision import Refused
from model.delay_rules import DelayRule, VisitDelay
from model.message import Actor
from routing.notices import notices
from routing.passed_visits import explainable, visit_rings
from tests.routing.clocks import at
from tests.routing.clocks import county as limited
from tests.routing.county import NOW, submission, xinxiang
from tests.routing.desk import APPLICANT, Desk, replayed

CLOCK = Actor(person="", role="clock")
ORDER = "case-1"
HOUR = at("2026-11-24 09:00")
ASKED, TOLD = at("2026-11-24 11:00"), at("2026-11-24 15:00")
"""Two and four working hours later."""


def agreed(*, ruled: bool = True) -> Desk:
    """A survey agreed for Tuesday at nine."""
    made = limited(base=xinxiang())
    visits = VisitDelay(ask=Length(working_hours=2), tell=Length(working_hours=4), form="why") if ruled else None
    rule = DelayRule(steps=("scheme",), answer=Length(working_hours=4), form="delay", visits=visits)
    county = made.made_anew(process=made.process.model_copy(update={"delays": rule}))
    desk = Desk(county, submission(county, "用水"))
    who = desk.steward()
    for actor, do in (
        (who, Take(order=ORDER)),
        (who, ReportContact(order=ORDER)),
        (who, ProposeSurvey(order=ORDER, at=HOUR)),
        (APPLICANT, AgreeSurvey(appointment=ORDER, sequence=1)),
    ):
        assert isinstance(desk.do(actor, do), list)
    return desk


def rings(desk: Desk) -> list[tuple[str, dt.datetime]]:
    return [(one.what, one.at) for one in visit_rings(desk.case, desk.county)]


def ring(desk: Desk, now: dt.datetime, which: str = "ask", sequence: int = 1) -> Refused | list[str]:
    do = PassVisit.model_validate({"appointment": ORDER, "sequence": sequence, "which": which})
    return desk.do(CLOCK, do, now)


def code(done: object) -> str:
    assert isinstance(done, Refused), done
    return done.code


def told(desk: Desk) -> set[str]:
    return {f"{one.recipient.id} {one.template}" for one in notices(desk.case, desk.log[-1:])}


def test_who_was_to_come_is_asked_and_then_the_applicant_told_each_once() -> None:
    desk = agreed()
    assert rings(desk) == [("visit_ask", ASKED)]
    assert code(ring(desk, ASKED - dt.timedelta(seconds=1))) == "pass_visit.nothing"
    assert code(ring(desk, TOLD, "tell")) == "pass_visit.nothing"  # he is asked first
    assert not explainable(desk.case, desk.order())
    assert ring(desk, ASKED) == ["visit_unreported"]
    assert told(desk) == {"water_body-a steward.visit_unreported"}
    assert explainable(desk.case, desk.order())
    assert rings(desk) == [("visit_tell", TOLD)]
    assert code(ring(desk, ASKED)) == "pass_visit.nothing"
    assert ring(desk, TOLD, "tell") == ["visit_late"]
    assert told(desk) == {"applicant applicant.visit_late"}
    assert rings(desk) == []
    assert code(ring(desk, TOLD, "tell")) == "pass_visit.nothing"
    assert replayed(desk) == desk.case
    assert rings(agreed(ruled=False)) == []


def test_a_report_a_miss_or_a_move_in_time_is_enough() -> None:
    reported, missed, moved = agreed(), agreed(), agreed()
    assert isinstance(reported.do(reported.steward(), GiveOpinion(order=ORDER, opinion="符合"), HOUR), list)
    assert isinstance(missed.do(missed.steward(), ReportMissed(order=ORDER, reason="没人"), HOUR), list)
    wish = MoveSurvey(appointment=ORDER, sequence=1, wish="周五")
    assert isinstance(moved.do(APPLICANT, wish, HOUR), list)
    for desk in (reported, missed, moved):
        assert rings(desk) == []
        assert code(ring(desk, ASKED)) == "pass_visit.nothing"


def test_a_reason_reaches_the_applicant_and_another_time_is_looked_for() -> None:
    desk = agreed()
    why = ExplainVisit(order=ORDER, reason=" 抢修 ")
    assert code(desk.do(desk.steward(), why, NOW)) == "explain_visit.early"
    assert code(desk.do(desk.steward(), why.model_copy(update={"reason": " "}), HOUR)) == "explain_visit.empty"
    assert desk.do(desk.steward(), why, HOUR) == ["visit_explained"]
    assert told(desk) == {"applicant applicant.visit_explained"}
    assert desk.log[-1].event.model_dump()["reason"] == "抢修"
    assert rings(desk) == []
    assert code(desk.do(desk.steward(), why, HOUR)) == "explain_visit.nothing"
    assert desk.case.appointments[ORDER].missed == 0  # nobody was missed
    assert desk.do(desk.steward(), ProposeSurvey(order=ORDER, at=at("2026-11-26 09:00")), HOUR) == ["survey_proposed"]
    assert isinstance(desk.do(APPLICANT, AgreeSurvey(appointment=ORDER, sequence=2), HOUR), list)
    assert rings(desk) == [("visit_ask", at("2026-11-26 11:00"))]  # the new time is looked at anew


@given(st.lists(st.tuples(st.integers(-60, 60 * 24), st.sampled_from(["ask", "tell"])), max_size=14))
def test_however_often_the_clock_looks_each_is_told_once_and_never_early(looks: list[tuple[int, str]]) -> None:
    desk = agreed()
    said = list[str]()
    for minutes, which in sorted(looks):
        now = HOUR + dt.timedelta(minutes=minutes)
        done = ring(desk, now, which)
        if isinstance(done, list):
            assert now >= (ASKED if which == "ask" else TOLD)
            said += done
    assert said in ([], ["visit_unreported"], ["visit_unreported", "visit_late"])
