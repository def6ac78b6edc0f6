"""Who is told what, and what a person can answer."""

import datetime as dt

import pytest

from model.calendar import CHINA
from model.command import Do
from model.commands.contact import ReportContact
from model.commands.intake import Amend, Assign, Take
from model.commands.survey import AgreeSurvey, GiveOpinion, MoveSurvey, ProposeSurvey
from model.commands.works import Connect, ReportAcceptance
from model.decision import Refused
from model.message import Actor
from model.order import OrderState
from model.staff import Staff
from model.values import Address
from routing.acts import survey_answered, survey_invitation, task_invitation
from routing.notices import notices
from tests.routing.county import YES, everybody, jingxian, steward, submission, xinxiang
from tests.routing.desk import APPLICANT, WINDOW, Desk, replayed

TOMORROW = dt.datetime(2026, 11, 24, 14, 0, tzinfo=CHINA)


def told(desk: Desk, who: Actor, do: Do) -> set[str]:
    """What a command makes people hear: `kind id template`."""
    length = len(desk.log)
    assert isinstance(desk.do(who, do), list)
    return heard(desk, length)


def heard(desk: Desk, since: int = 0) -> set[str]:
    found = notices(desk.case, desk.log[since:])
    return {f"{one.recipient.kind} {one.recipient.id} {one.template}" for one in found}


def joint(*options: str, stewards: tuple[Staff, ...] | None = None) -> Desk:
    county = xinxiang()
    return Desk(county, submission(county, *(options or ("用水", "用电"))), stewards)


def contacted(desk: Desk, place: int = 1) -> Actor:
    who, order = desk.steward(place), desk.order(place).id
    desk.do(who, Take(order=order))
    desk.do(who, ReportContact(order=order))
    return who


def test_acceptance_reaches_the_stewards_only() -> None:
    """The conversation itself has said to the applicant that it was received."""
    assert heard(joint()) == {"staff water_body-a steward.task", "staff power_body-a steward.task"}


def test_where_nobody_can_be_reached_the_hotline_calls() -> None:
    assert heard(joint("用水", stewards=())) == {"body water_body body.task"}
    county = jingxian()
    unsure = Desk(county, submission(county, "气", address=Address(text="某路")))
    assert heard(unsure) == {"window jingxian window.assign"}


def test_a_whole_joint_case() -> None:
    """X36, X55, X162: everything the applicant and the two stewards hear."""
    desk = joint()
    water, power = desk.steward(1), desk.steward(2)
    assert told(desk, water, Take(order="case-1")) == {"applicant applicant applicant.steward"}
    assert told(desk, water, ReportContact(order="case-1")) == set()
    assert told(desk, water, ProposeSurvey(order="case-1", at=TOMORROW)) == {
        "applicant applicant applicant.survey_proposed",
        "staff power_body-a steward.survey_proposed",
    }
    # Who agreed in chat was answered there.
    assert told(desk, APPLICANT, AgreeSurvey(appointment="joint", sequence=1)) == {
        "staff water_body-a steward.survey_agreed",
        "staff power_body-a steward.survey_agreed",
    }
    assert told(desk, APPLICANT, MoveSurvey(appointment="joint", sequence=1, wish="周五")) == {
        "staff water_body-a steward.survey_moved",
        "staff power_body-a steward.survey_off",
    }
    assert told(desk, APPLICANT, Amend(wish="电话改成13800000000")) == {
        "staff water_body-a steward.amendment",
        "staff power_body-a steward.amendment",
    }
    desk.do(water, ProposeSurvey(order="case-1", at=TOMORROW))
    desk.do(APPLICANT, AgreeSurvey(appointment="joint", sequence=2))
    assert told(desk, water, GiveOpinion(order="case-1", opinion="符合")) == {"applicant applicant applicant.opinion"}
    desk.do(power, Take(order="case-2"))
    desk.do(power, ReportContact(order="case-2"))
    desk.do(power, GiveOpinion(order="case-2", opinion="符合"))
    assert told(desk, water, ReportAcceptance(order="case-1", result="通过")) == {
        "applicant applicant applicant.acceptance"
    }
    assert told(desk, water, Connect(order="case-1")) == {"applicant applicant applicant.connected"}
    desk.do(power, ReportAcceptance(order="case-2", result="通过"))
    # One message says both that the last one is connected and that all is done.
    assert told(desk, power, Connect(order="case-2")) == {"applicant applicant applicant.closed"}


def test_newer_survey_news_are_about_the_same_subject() -> None:
    """A later time supersedes an earlier one that still waits."""
    desk = joint()
    water = contacted(desk)
    desk.do(water, ProposeSurvey(order="case-1", at=TOMORROW))
    desk.do(APPLICANT, AgreeSurvey(appointment="joint", sequence=1))
    desk.do(APPLICANT, MoveSurvey(appointment="joint", sequence=1, wish="周五"))
    found = [one for one in notices(desk.case, desk.log) if "survey" in one.template]
    assert {one.subject for one in found} == {"case:survey:joint"}
    assert [one.sequence for one in found] == sorted(one.sequence for one in found)
    assert {one.not_after for one in found if "moved" not in one.template and "off" not in one.template} == {TOMORROW}
    assert {one.not_after for one in found if "moved" in one.template or "off" in one.template} == {None}


def test_lead_of_external_works_hears_of_the_time() -> None:
    """X31."""
    county = xinxiang()
    survey = county.process.survey.model_copy(update={"lead": "tv_body"})
    county = county.model_copy(update={"process": county.process.model_copy(update={"survey": survey})})
    desk = Desk(county, submission(county, "用水", crosses=YES))
    heard_now = told(desk, contacted(desk), ProposeSurvey(order="case-1", at=TOMORROW))
    assert "body tv_body steward.survey_proposed" in heard_now


def test_a_move_is_heard_though_the_proposer_has_gone() -> None:
    desk = joint(stewards=(*everybody(xinxiang()), steward("water_body", name="b")))
    desk.do(contacted(desk), ProposeSurvey(order="case-1", at=TOMORROW))
    gone = told(desk, WINDOW, Assign(order="case-1", body="water_body", steward="water_body-b"))
    assert gone == {
        "staff water_body-b steward.takeover",
        "staff water_body-a steward.task_gone",
        "applicant applicant applicant.steward_changed",
    }
    assert told(desk, APPLICANT, MoveSurvey(appointment="joint", sequence=1, wish="周五")) == {
        "staff water_body-b steward.survey_moved",  # the colleague speaks for the time now
        "staff power_body-a steward.survey_off",
    }


def test_a_move_is_heard_though_nobody_is_left_to_propose() -> None:
    desk = joint()
    desk.do(contacted(desk), ProposeSurvey(order="case-1", at=TOMORROW))
    desk.stewards = tuple(one for one in desk.stewards if one.body != "water_body")
    gone = told(desk, WINDOW, Assign(order="case-1", body="water_body"))
    assert gone == {
        "body water_body body.task",
        "staff water_body-a steward.task_gone",
        "applicant applicant applicant.steward_changed",
    }
    assert told(desk, APPLICANT, MoveSurvey(appointment="joint", sequence=1, wish="周五")) == {
        "body water_body steward.survey_moved",
        "staff power_body-a steward.survey_moved",
    }


def test_the_applicant_hears_of_every_change_once_he_knows_a_steward() -> None:
    """X162: not of a task that nobody had taken, but of one taken, moved, and moved again before it was taken."""
    desk = joint(stewards=(*everybody(xinxiang()), *(steward("water_body", name=one) for one in "bc")))
    changed = "applicant applicant applicant.steward_changed"
    assert changed not in told(desk, WINDOW, Assign(order="case-1", body="water_body", steward="water_body-b"))
    desk.do(desk.steward(1), Take(order="case-1"))
    for name in "cb":
        heard = told(desk, WINDOW, Assign(order="case-1", body="water_body", steward=f"water_body-{name}"))
        assert changed in heard
        assert f"staff water_body-{name} steward.task" in heard  # he must take it himself


def test_a_time_that_the_new_steward_cannot_keep_is_given_up() -> None:
    desk = joint(stewards=(*everybody(xinxiang()), steward("water_body", name="b")))
    desk.do(contacted(desk), ProposeSurvey(order="case-1", at=TOMORROW))
    desk.do(APPLICANT, AgreeSurvey(appointment="joint", sequence=1))
    assert told(desk, WINDOW, Assign(order="case-1", body="water_body", steward="water_body-b", anew=True)) == {
        "staff water_body-b steward.takeover",
        "staff water_body-a steward.task_gone",
        "applicant applicant applicant.steward_changed",
        "applicant applicant applicant.survey_released",
        "staff water_body-b steward.survey_again",
        "staff power_body-a steward.survey_released",
    }
    assert desk.order().state == OrderState.CONTACTED
    assert desk.do(APPLICANT, AgreeSurvey(appointment="joint", sequence=1)) == Refused(code="survey.outdated")
    assert survey_invitation(desk.case, "joint", desk.county, "").acts == ()
    desk.do(desk.steward(1), ProposeSurvey(order="case-1", at=TOMORROW))
    assert desk.case.appointments["joint"].sequence == 2
    assert desk.do(APPLICANT, AgreeSurvey(appointment="joint", sequence=2)) == ["survey_agreed"]
    assert replayed(desk) == desk.case


def test_one_steward_with_two_orders_is_told_once() -> None:
    county = xinxiang()
    services = tuple(one.model_copy(update={"bodies": ("water_body",)}) for one in county.services)
    county = county.model_copy(update={"services": services})
    desk = Desk(county, submission(county, "用水", "用电"))
    desk.do(contacted(desk), ProposeSurvey(order="case-1", at=TOMORROW))
    length = len(desk.log)
    desk.do(APPLICANT, AgreeSurvey(appointment="joint", sequence=1))
    assert [one.recipient.id for one in notices(desk.case, desk.log[length:])] == ["water_body-a"]


def test_the_applicant_hears_what_the_hotline_agreed_for_him() -> None:
    desk = joint("用水")
    desk.do(contacted(desk), ProposeSurvey(order="case-1", at=TOMORROW))
    assert told(desk, WINDOW, AgreeSurvey(appointment="case-1", sequence=1)) == {
        "applicant applicant applicant.survey_agreed",
        "staff water_body-a steward.survey_agreed",
    }


@pytest.mark.parametrize("joint_survey", [True, False])
def test_invitations(joint_survey: bool) -> None:
    """The ids come back with the answer and must say what was answered."""
    desk = joint() if joint_survey else joint("用水")
    water = contacted(desk)
    task = task_invitation(desk.case, desk.order(), desk.county, "任务")
    assert (task.id, task.kind, [act.label for act in task.acts]) == ("case-1", "task", ["约踏勘"])
    desk.do(water, ProposeSurvey(order="case-1", at=TOMORROW))
    key = "joint" if joint_survey else "case-1"
    asked = survey_invitation(desk.case, key, desk.county, "踏勘")
    assert [act.label for act in asked.acts] == ["可以", "改时间"]
    assert survey_answered(asked.id) == (key, 1)
    assert asked.order == (None if joint_survey else "case-1")
    desk.do(APPLICANT, AgreeSurvey(appointment=key, sequence=1))
    assert [act.id for act in survey_invitation(desk.case, key, desk.county, "踏勘").acts] == ["move_survey"]
    after = task_invitation(desk.case, desk.order(), desk.county, "任务")
    assert [act.id for act in after.acts] == ["opinion", "propose_survey"]


def test_forms_of_acts_are_the_process_forms() -> None:
    county = xinxiang()
    rules = tuple(
        rule.model_copy(update={"form": "survey_opinion", "time_form": "survey_time"})
        if rule.step == "survey"
        else rule
        for rule in county.process.steps
    )
    county = county.model_copy(
        update={
            "process": county.process.model_copy(update={"steps": rules}),
            "messages": {**county.messages, "act.opinion.label": "填意见单"},
        }
    )
    desk = Desk(county, submission(county, "用水"))
    desk.do(contacted(desk), ProposeSurvey(order="case-1", at=TOMORROW))
    desk.do(APPLICANT, AgreeSurvey(appointment="case-1", sequence=1))
    acts = {act.id: (act.label, act.form) for act in task_invitation(desk.case, desk.order(), county, "").acts}
    assert acts == {"opinion": ("填意见单", "survey_opinion"), "propose_survey": ("约踏勘", "survey_time")}
