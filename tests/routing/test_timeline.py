"""What was done when and what comes next, as the applicant reads it; what was taken back was not done (X20, X41, X55)."""

import datetime as dt

from model.calendar import Length
from model.commands.contact import DenyContact, ReportContact
from model.commands.ending import Withdraw
from model.commands.intake import Assign, Take
from model.commands.survey import AgreeSurvey, GiveOpinion, ProposeSurvey
from model.commands.works import Connect, ReportAcceptance
from model.order import OrderState
from routing.timeline import next_step, timeline
from tests.routing.county import NOW, everybody, steward, submission, xinxiang
from tests.routing.desk import APPLICANT, WINDOW, Desk

B = steward("water_body", name="b")


def desk() -> Desk:
    county = xinxiang()
    county = county.made_anew(process=county.process.model_copy(update={"contact_check": Length(days=2)}))
    return Desk(county, submission(county, "用水"), (*everybody(county), B))


def days(made: Desk) -> list[tuple[str, int]]:
    return [(one.state.value, one.at.day) for one in timeline(made.case, made.log)["case-1"]]


def day(number: int) -> dt.datetime:
    return NOW.replace(day=number)


def to_survey(made: Desk) -> None:
    made.do(made.steward(), Take(order="case-1"), day(23))
    made.do(made.steward(), ReportContact(order="case-1"), day(24))
    made.do(made.steward(), ProposeSurvey(order="case-1", at=day(26)), day(24))
    made.do(APPLICANT, AgreeSurvey(appointment="case-1", sequence=1), day(24))


def test_every_step_has_its_day_and_the_next_follows() -> None:
    made = desk()
    assert (days(made), next_step(made.case, made.order())) == ([], "contact")
    to_survey(made)
    assert (days(made), next_step(made.case, made.order())) == ([("taken", 23), ("contacted", 24)], "survey")
    made.do(made.steward(), GiveOpinion(order="case-1", opinion="符合"), day(26))
    assert next_step(made.case, made.order()) == "acceptance"  # this county has neither scheme nor works
    made.do(made.steward(), ReportAcceptance(order="case-1", result="通过"), day(27))
    made.do(made.steward(), Connect(order="case-1"), day(28))
    assert days(made)[2:] == [("surveyed", 26), ("accepted", 27), ("connected", 28)]
    assert next_step(made.case, made.order()) is None


def test_what_was_denied_failed_or_is_another_s_to_take_is_not_done() -> None:
    made = desk()
    made.do(made.steward(), Take(order="case-1"), day(23))
    made.do(made.steward(), ReportContact(order="case-1"), day(24))
    made.do(APPLICANT, DenyContact(order="case-1"), day(24))
    assert (made.order().state, days(made)) == (OrderState.TAKEN, [("taken", 23)])
    made.do(WINDOW, Assign(order="case-1", body="water_body", steward=B.id), day(25))
    assert (made.order().state, days(made)) == (OrderState.ROUTED, [])


def test_a_survey_that_did_not_pass_is_waited_for_again() -> None:
    made = desk()
    to_survey(made)
    made.do(made.steward(), GiveOpinion(order="case-1", opinion="不符合", remark="没有管位"), day(26))
    assert (days(made)[-1], next_step(made.case, made.order())) == (("contacted", 24), "survey")


def test_nothing_comes_after_an_end() -> None:
    made = desk()
    made.do(APPLICANT, Withdraw(), day(23))
    assert next_step(made.case, made.order()) is None
