"""What a form decides is decided anew once a telephone application is filled in; what is done stays done (X26, X30, X31, J30)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.calendar import Length
from model.commands.checks import PassCheck
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.commands.survey import AgreeSurvey, GiveOpinion, ProposeSurvey
from model.commands.telephone import FillForm
from model.condition import Has
from model.county import County
from model.decision import Refused
from model.draft import Answer
from model.events.decided import DecidedAnew
from model.events.external import ExternalLineSet
from model.on_form import asked
from model.order import OrderState
from model.process import Limit, OtherLimit
from model.values import Pick, Picks, Value, Words
from routing.notices import notices
from tests.routing.county import NOW, everybody, submission
from tests.routing.desk import APPLICANT, WINDOW, Desk, replayed
from tests.shipped import shipped

TOMORROW = NOW + dt.timedelta(days=1)


def phoned(here: County, *services: str, contacted: bool = True) -> Desk:
    made = submission(here, *services)
    basics = {name: made.answers.get(name, said(Words(text="甲"))) for name in here.process.telephone.basics}
    left = tuple(one.id for one in asked(here.form, basics) if one.id not in basics)
    changes = {"channel": "telephone", "answers": basics, "missing": left, "form_version": here.form.version}
    desk = Desk(here, made.model_copy(update=changes), everybody(here))
    for place, order in enumerate(desk.case.orders, 1):
        if contacted and not order.candidates:
            desk.do(desk.steward(place), Take(order=order.id))
            desk.do(desk.steward(place), ReportContact(order=order.id, outline="从门前接"))
    return desk


def said(value: Value | None) -> Answer:
    return Answer(value=value, by="somebody", at=NOW)


def picks(*options: str) -> Answer:
    return said(Picks(picks=tuple(Pick(option=one) for one in options)))


def fill(desk: Desk, now: dt.datetime = NOW, **answers: Answer) -> list[str]:
    done = desk.do(WINDOW, FillForm(answers=answers), now)
    assert not isinstance(done, Refused), done
    assert replayed(desk) == desk.case
    return done


def last(desk: Desk) -> DecidedAnew:
    return next(one.event for one in reversed(desk.log) if isinstance(one.event, DecidedAnew))


def told(desk: Desk) -> list[tuple[str, bool]]:
    return [(one.what, one.stands) for one in last(desk).changed]


def surveyed(desk: Desk) -> None:
    opinion = next(one.text for one in desk.county.process.survey.opinions if one.passes and not one.needs_text)
    assert not isinstance(desk.do(desk.steward(), ProposeSurvey(order="case-1", at=TOMORROW)), Refused)
    key = next(iter(desk.case.appointments))
    assert not isinstance(desk.do(APPLICANT, AgreeSurvey(appointment=key, sequence=1)), Refused)
    assert not isinstance(desk.do(desk.steward(), GiveOpinion(order="case-1", opinion=opinion)), Refused)


def test_external_works_that_turn_up_in_the_form_make_the_survey_led() -> None:
    desk = phoned(shipped()["xinxiang"], "用水")
    assert desk.case.lead is None
    done = fill(desk, external_line=picks("是"))
    assert done[:3] == ["form_filled", "decided_anew", "external_line_set"]
    assert "sheet_opened" in done
    assert (desk.case.joint, desk.case.lead) == (True, desk.county.process.survey.lead)
    assert desk.case.sheet is not None


def test_the_visit_planned_alone_is_given_up_for_one_with_all_who_have_to_come() -> None:
    desk = phoned(shipped()["xinxiang"], "用水")
    desk.do(desk.steward(), ProposeSurvey(order="case-1", at=TOMORROW))
    fill(desk, external_line=picks("是"))
    set_now = next(one.event for one in desk.log if isinstance(one.event, ExternalLineSet))
    assert set_now.given_up == TOMORROW
    assert all(one.released for one in desk.case.appointments.values())


def test_after_the_survey_the_steward_only_hears_of_it() -> None:
    desk = phoned(shipped()["xinxiang"], "用水")
    surveyed(desk)
    before = desk.case
    assert fill(desk, external_line=picks("是")) == ["form_filled", "decided_anew"]
    assert told(desk) == [("led", True)]
    assert (desk.case.lead, desk.case.joint, desk.case.orders) == (before.lead, before.joint, before.orders)
    heard = notices(desk.case, [one for one in desk.log if isinstance(one.event, DecidedAnew)])
    assert [(one.template, one.recipient.id) for one in heard] == [("steward.decided_anew", desk.order().steward)]


def test_what_a_steward_had_found_himself_stands_where_the_form_says_nothing_new() -> None:
    desk = phoned(shipped()["xinxiang"], "用水")
    fill(desk, external_line=picks("不清楚"))
    assert [one.event.event for one in desk.log if one.event.event == "decided_anew"] == []


@pytest.mark.parametrize("contacted", [False, True])
def test_a_transfer_goes_its_own_way_and_nobody_comes_to_look(contacted: bool) -> None:
    desk = phoned(shipped()["jingxian"], "水", contacted=contacted)
    fill(desk, water_business=picks("过户"))
    order = desk.order()
    assert order.route is not None
    assert order.route.id == "transfer"
    assert not order.clocks["survey"].waits
    assert ("connection" in order.clocks) == contacted
    assert told(desk)[0] == ("route", False)


def test_the_time_at_which_somebody_was_to_come_to_look_is_told_to_be_off() -> None:
    desk = phoned(shipped()["jingxian"], "水")
    desk.do(desk.steward(), ProposeSurvey(order="case-1", at=TOMORROW))
    desk.do(APPLICANT, AgreeSurvey(appointment="case-1", sequence=1))
    fill(desk, water_business=picks("过户"))
    assert last(desk).given_up == TOMORROW
    assert desk.order().state is OrderState.CONTACTED
    assert desk.case.appointments["case-1"].orders == ()


def test_the_limit_of_a_way_runs_from_the_contact_that_was_made() -> None:
    desk = phoned(shipped()["jingxian"], "水")
    fill(desk, TOMORROW, water_business=picks("过户"))
    assert desk.order().clocks["connection"].started_at == NOW


def test_back_on_the_usual_way_the_survey_is_due_as_from_the_beginning() -> None:
    desk = phoned(shipped()["jingxian"], "水")
    due = desk.order().due("survey")
    fill(desk, water_business=picks("过户"))
    fill(desk, TOMORROW, water_business=picks("新装"))
    order = desk.order()
    assert order.route is None
    assert order.clocks["survey"].waits
    assert order.due("survey") == due
    assert not order.clocks["connection"].waits


def test_what_was_checked_stays_on_its_way() -> None:
    desk = phoned(shipped()["jingxian"], "水")
    fill(desk, water_business=picks("过户"))
    assert not isinstance(desk.do(desk.steward(), PassCheck(order="case-1", check="identity")), Refused)
    fill(desk, water_business=picks("新装"))
    assert desk.order().route is not None
    assert told(desk) == [("usual", True)]


def test_who_comes_for_another_must_show_his_letter() -> None:
    desk = phoned(shipped()["jingxian"], "水")
    fill(desk, water_business=picks("过户"))
    assert desk.order().route.check("letter") is None
    desk.do(desk.steward(), PassCheck(order="case-1", check="identity"))
    fill(desk, applicant_type=picks("经办人"))
    assert desk.order().route.check("letter") is not None
    assert desk.order().route.check("identity").state == "passed"


def test_two_services_of_which_one_needs_no_survey_are_not_surveyed_together() -> None:
    desk = phoned(shipped()["jingxian"], "水", "电", contacted=False)
    assert desk.case.joint
    fill(desk, power_business=picks("过户"))
    assert not desk.case.joint
    assert ("single", False) in told(desk)


def test_a_visit_that_is_looked_for_together_goes_on() -> None:
    desk = phoned(shipped()["jingxian"], "水", "电")
    assert desk.case.gatherings
    fill(desk, power_business=picks("过户"))
    assert desk.case.joint
    assert desk.case.gatherings["joint"].orders == ("case-1",)


def test_the_operators_ticked_get_their_orders() -> None:
    here = shipped()["jingxian"]
    desk = phoned(here, "网", contacted=False)
    assert desk.order().candidates
    done = fill(desk, net_operator=picks("移动", "电信"))
    assert {"order_assigned", "order_routed"} <= set(done)
    assert sorted(one.body for one in desk.case.orders) == ["mobile", "telecom"]
    assert not any(one.candidates for one in desk.case.orders)
    assert all(one.clocks["contact"].waits for one in desk.case.orders)


def test_an_operator_that_was_surveyed_already_keeps_its_order() -> None:
    desk = phoned(shipped()["jingxian"], "网", contacted=False)
    fill(desk, net_operator=picks("移动"))
    desk.do(desk.steward(), Take(order="case-1"))
    desk.do(desk.steward(), ReportContact(order="case-1", outline="从门前接"))
    surveyed(desk)
    fill(desk, net_operator=picks("电信"))
    assert desk.order().body == "mobile"
    assert told(desk) == [("body", True)]


def quicker(here: County) -> County:
    """The survey takes three days, and for industry one."""
    rules = tuple(
        rule.model_copy(
            update={
                "limit": Limit(
                    days=3,
                    instead=(OtherLimit(when=Has(field="business_nature", has=("工业",)), limit=Length(days=1)),),
                )
            }
        )
        if rule.step == "survey"
        else rule
        for rule in here.process.steps
    )
    return here.model_copy(update={"process": here.process.model_copy(update={"steps": rules})})


def test_a_limit_that_the_answer_chooses_is_counted_from_its_old_beginning() -> None:
    desk = phoned(quicker(shipped()["jingxian"]), "水")
    before = desk.order().clocks["survey"]
    fill(desk, TOMORROW, business_nature=picks("工业"))
    after = desk.order().clocks["survey"]
    assert after.started_at == before.started_at
    assert (before.due.days, after.due.days) == (3, 1)
    assert after.due.at == before.due.at - dt.timedelta(days=2)
    assert told(desk) == [("limit", False)]
    assert desk.case.limits["survey"].days == 1


ANSWERS = {
    "external_line": ("是", "否", "不清楚"),
    "business_nature": ("住宅", "工业"),
}


@given(st.lists(st.sampled_from([(name, one) for name, some in ANSWERS.items() for one in some]), max_size=6))
def test_whatever_is_said_in_between_it_ends_as_if_only_the_last_had_been_said(said_: list[tuple[str, str]]) -> None:
    here = shipped()["xinxiang"]
    offered = [
        (name, one)
        for name, one in said_
        if one in {o.text for o in getattr(here.form.fields.get(name), "options", ())}
    ]
    one, other = phoned(here, "用水"), phoned(here, "用水")
    final = dict(offered)
    for name, option in offered:
        one.do(WINDOW, FillForm(answers={name: picks(option)}))
    if final:
        other.do(WINDOW, FillForm(answers={name: picks(option) for name, option in final.items()}))
    for what in ("joint", "lead", "limits", "possible_permits", "promises", "departments"):
        assert getattr(one.case, what) == getattr(other.case, what)
    assert [order.route for order in one.case.orders] == [order.route for order in other.case.orders]
    assert one.order().state is OrderState.CONTACTED
    assert replayed(one) == one.case
