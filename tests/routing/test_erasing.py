"""What was asked of an applicant in chat ends once he has what he said there erased."""

import datetime as dt

from handlers.wording.orders import standing_of
from model.commands.contact import ReportContact
from model.commands.erasure import EndQuestions
from model.commands.intake import Take
from model.commands.survey import ProposeSurvey
from model.decision import Refused
from model.message import Actor
from routing.notices import notices
from tests.routing.county import NOW, submission, xinxiang
from tests.routing.desk import APPLICANT, WINDOW, Desk
from tests.routing.test_unreached import AFTERNOON, MORNING, NEXT_MORNING, called

LATER = NOW + dt.timedelta(days=1)


def test_whoever_has_his_open_orders_hears_so_once_and_nothing_else_changes() -> None:
    rules = xinxiang()
    desk = Desk(rules, submission(rules, "用水", "用电"))
    before = desk.case
    assert desk.do(APPLICANT, EndQuestions()) == ["questions_ended"]
    told = {f"{one.recipient.id} {one.template}" for one in notices(desk.case, desk.log[-1:])}
    assert told == {f"{place}_body-a steward.questions_ended" for place in ("water", "power")}
    assert desk.case.model_copy(update={"version": before.version}) == before


def test_only_he_himself_says_so() -> None:
    rules = xinxiang()
    desk = Desk(rules, submission(rules, "用水"))
    assert desk.do(WINDOW, EndQuestions()) == Refused(code="role.wrong")
    assert desk.do(Actor(person="other"), EndQuestions()) == Refused(code="not.yours")


def test_it_is_no_word_of_his_for_a_limit_that_waits_for_one() -> None:
    desk = called(MORNING, AFTERNOON, NEXT_MORNING)
    assert desk.order().unreached
    assert desk.do(APPLICANT, EndQuestions(), NEXT_MORNING) == ["questions_ended"]
    assert desk.order().unreached


def test_a_time_not_agreed_is_not_said_to_wait_for_him_until_it_is_proposed_anew() -> None:
    rules = xinxiang()
    desk = Desk(rules, submission(rules, "用水"))
    order = desk.order().id
    for do in (Take(order=order), ReportContact(order=order), ProposeSurvey(order=order, at=LATER)):
        assert isinstance(desk.do(desk.steward(), do), list)
    assert standing_of(desk.case, desk.order()).state == "survey_proposed"
    desk.do(APPLICANT, EndQuestions())
    assert standing_of(desk.case, desk.order()).state == "contacted"
    desk.do(desk.steward(), ProposeSurvey(order=order, at=LATER + dt.timedelta(hours=1)))
    assert standing_of(desk.case, desk.order()).state == "survey_proposed"
