"""预约式报装: limits run from the time the applicant has planned; he moves it, and everybody is reminded (X21, R27)."""

import datetime as dt

import pytest

from model.calendar import CHINA
from model.case import Case
from model.commands.booking import MovePlan, RemindOfPlan
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.commands.survey import ProposeSurvey
from model.county import County
from model.decision import Refused
from model.message import Actor
from model.values import Day, Value
from routing.booking_acts import plan_invitation
from routing.notices import notices
from tests.routing.county import NOW, steward, submission
from tests.routing.desk import APPLICANT, WINDOW, Desk, replayed
from tests.shipped import shipped

COUNTY = shipped()["xinxiang"]
CLOCK = Actor(person="", role="clock")


def day(month: int, number: int) -> Day:
    return Day(date=dt.date(2026, month, number))


def at(month: int, number: int, hour: int = 8, minute: int = 30) -> dt.datetime:
    return dt.datetime(2026, month, number, hour, minute, tzinfo=CHINA)


def planned(planned_on: Value | None = None, county: County = COUNTY) -> Desk:
    made = submission(county, "用水", "用电", planned_time=planned_on or day(12, 7))
    return Desk(county, made)


def told(desk: Desk, since: int) -> set[tuple[str, str]]:
    return {(one.recipient.kind, one.template) for one in notices(desk.case, desk.log[since:])}


def contact_due(case: Case) -> dt.datetime:
    due = case.orders[0].due("contact")
    assert due is not None
    return due.at


def test_limits_run_from_the_planned_day_and_he_is_told() -> None:
    desk = planned()
    assert contact_due(desk.case) == at(12, 8, 17, 30)
    assert desk.case.booking is not None
    assert desk.case.booking.rings == (at(12, 4, 9, 0), at(12, 6, 9, 0))
    assert ("applicant", "applicant.planned") in told(desk, 0)


def test_a_day_that_has_begun_plans_nothing() -> None:
    desk = planned(day(11, 23))
    assert desk.case.booking is None
    assert desk.do(APPLICANT, MovePlan(day=day(12, 1))) == Refused(code="move_plan.none")


def test_where_the_county_has_no_such_rule_limits_wait_and_nothing_can_be_moved() -> None:
    process = COUNTY.process.model_copy(update={"booking": None})
    desk = planned(county=COUNTY.model_copy(update={"process": process}))
    assert contact_due(desk.case) == at(12, 8, 17, 30)
    assert desk.do(APPLICANT, MovePlan()) == Refused(code="move_plan.none")


def test_he_puts_it_off_and_brings_it_forward() -> None:
    desk = planned()
    since = len(desk.log)
    assert desk.do(APPLICANT, MovePlan(day=day(12, 21))) == ["plan_moved"]
    assert told(desk, since) == {("staff", "steward.plan_moved")}
    assert contact_due(desk.case) == at(12, 22, 17, 30)
    assert [one.start for one in desk.case.wished] == [at(12, 21), at(12, 21, 14, 0)]
    assert desk.do(WINDOW, MovePlan(day=day(12, 1))) == ["plan_moved"]
    assert ("applicant", "applicant.plan_moved") in told(desk, since + 1)
    assert contact_due(desk.case) == at(12, 2, 17, 30)
    assert desk.do(APPLICANT, MovePlan()) == ["plan_moved"]
    assert contact_due(desk.case) == at(11, 24, 17, 30)
    assert desk.case.wished == ()
    assert replayed(desk) == desk.case


@pytest.mark.parametrize(
    ("to", "code"),
    [
        (Day(date=dt.date(2026, 11, 22)), "move_plan.past"),
        (Day(date=dt.date(2027, 11, 24)), "move_plan.too_far"),
        (day(12, 7), "move_plan.same"),
    ],
)
def test_not_to_any_day(to: Day, code: str) -> None:
    refused = planned().do(APPLICANT, MovePlan(day=to))
    assert isinstance(refused, Refused)
    assert refused.code == code


def test_the_farthest_day_is_allowed() -> None:
    assert planned().do(APPLICANT, MovePlan(day=Day(date=dt.date(2027, 11, 23)))) == ["plan_moved"]


def test_after_its_day_or_once_people_meet_it_is_not_his_to_move() -> None:
    desk = planned()
    assert desk.do(APPLICANT, MovePlan(day=day(12, 21)), at(12, 8)) == Refused(code="move_plan.over")
    assert desk.do(APPLICANT, MovePlan(day=day(12, 21)), at(12, 7, 16)) == ["plan_moved"]
    made = submission(COUNTY, "用水", planned_time=day(12, 7))
    desk = Desk(COUNTY, made)
    desk.do(desk.steward(), Take(order="case-1"))
    desk.do(desk.steward(), ReportContact(order="case-1"))
    desk.do(desk.steward(), ProposeSurvey(order="case-1", at=at(12, 7, 10)))
    assert desk.do(APPLICANT, MovePlan()) == Refused(code="move_plan.over")
    assert plan_invitation(desk.case, COUNTY, "").acts == ()
    assert desk.case.plan_rings is None


def test_everybody_is_reminded_once_for_each_day() -> None:
    desk = planned()
    assert desk.case.booking is not None
    first = desk.case.booking.number
    assert desk.do(CLOCK, RemindOfPlan(number=first), at(12, 4)) == Refused(code="remind_plan.early")
    since = len(desk.log)
    assert desk.do(CLOCK, RemindOfPlan(number=first), at(12, 4, 9, 0)) == ["plan_reminded"]
    assert told(desk, since) == {("applicant", "applicant.plan_near"), ("staff", "steward.plan_near")}
    assert desk.do(CLOCK, RemindOfPlan(number=first), at(12, 4, 9, 0)) == Refused(code="remind_plan.nothing")
    assert desk.case.plan_rings == at(12, 6, 9, 0)
    assert replayed(desk) == desk.case


def test_a_body_that_nobody_of_is_reached_hears_of_it_by_telephone() -> None:
    made = submission(COUNTY, "用水", planned_time=day(12, 7))
    desk = Desk(COUNTY, made, (steward("power_body"),))
    since = len(desk.log)
    desk.do(APPLICANT, MovePlan(), NOW)
    assert told(desk, since) == {("body", "body.plan_moved")}
