"""加办: a service is added to a case that was handed in (X19, X20, X30, J22)."""

import datetime as dt

from model.case import JOINT
from model.commands.adding import AddService
from model.commands.contact import ReportContact
from model.commands.ending import Withdraw
from model.commands.intake import Take
from model.commands.survey import AgreeSurvey, ProposeSurvey
from model.decision import Refused
from model.order import OrderState
from model.staff import Absence
from routing.adding import left_to_add, with_added
from routing.notices import notices
from tests.routing.county import NOW, everybody, steward, submission, xinxiang
from tests.routing.desk import APPLICANT, WINDOW, Desk, replayed

DAY = dt.timedelta(days=1)
TOMORROW = NOW + DAY


def desk(*options: str) -> Desk:
    county = xinxiang()
    return Desk(county, submission(county, *(options or ("用水",))), everybody(county))


def adds(made: Desk, *options: str) -> AddService:
    """What the applicant has signed for these services, and what he had said before."""
    county = made.county
    services = tuple(one.id for one in county.services if one.option in options)
    there = [one.option for one in county.services if one.id in made.case.services]
    known = submission(county, *there, *options).answers
    signed = submission(county, *options).model_copy(update={"id": f"add-{'-'.join(options)}", "answers": {}})
    return AddService(services=services, signed=signed, known=known)


def code(done: object) -> str:
    assert isinstance(done, Refused), done
    return done.code


def told(made: Desk, since: int) -> set[str]:
    return {f"{one.recipient.id} {one.template}" for one in notices(made.case, made.log[since:])}


def test_the_service_is_pushed_with_its_own_clock_from_now_and_the_others_stay_as_they_are() -> None:
    """X20: one working day from its own push."""
    made = desk()
    before = made.case.orders[0]
    assert made.do(APPLICANT, adds(made, "用电"), NOW + DAY) == ["order_routed", "service_added"]
    water, power = made.case.orders
    assert water == before
    assert (power.id, power.service, power.body, power.state) == ("case-2", "power", "power_body", OrderState.ROUTED)
    due, first = power.due("contact"), water.due("contact")
    assert due is not None
    assert first is not None
    assert due.at == first.at + DAY
    assert made.case.services == ("water", "power")
    assert replayed(made) == made.case


def test_one_steward_has_all_of_a_body_but_whoever_has_left_or_is_away_gets_nothing_more() -> None:
    plain = xinxiang()
    services = tuple(
        one.model_copy(update={"bodies": ("water_body",)}) if one.id == "power" else one for one in plain.services
    )
    county = plain.made_anew(services=services)
    known, other = steward("water_body", name="b"), steward("water_body", name="a")
    left = (other,)
    away = (other, known.model_copy(update={"absences": (Absence(first=NOW.date(), last=TOMORROW.date()),)}))
    for there, his in (((other, known), known.id), (left, other.id), (away, other.id)):
        made = Desk(county, submission(county, "用水"), (known,))
        made.stewards = there
        assert isinstance(made.do(APPLICANT, adds(made, "用电"), NOW), list)
        assert made.order(2).steward == his


def test_what_was_signed_stays_and_what_was_signed_since_stands_beside_it() -> None:
    made = desk()
    signed = submission(made.county, "用水")
    made.do(APPLICANT, adds(made, "用电"))
    assert made.case.submission == signed.id
    assert [one.id for one in made.case.additions] == ["add-用电"]
    whole = with_added(signed, made.case, made.county)
    assert whole.answers["services"].value == submission(made.county, "用水", "用电").answers["services"].value
    assert with_added(signed, desk().case, made.county) is signed


def test_several_come_in_one_act_each_with_its_order_and_whoever_surveys_along_hears_it_once() -> None:
    made = desk()
    before = len(made.log)
    assert made.do(APPLICANT, adds(made, "用电", "热力")) == ["order_routed", "order_routed", "service_added"]
    assert made.case.services == ("water", "power", "heat")
    assert [one.id for one in made.case.orders] == ["case-1", "case-2", "case-3"]
    assert [one.id for one in made.case.additions] == ["add-用电-热力"]
    assert told(made, before) == {
        "power_body-a steward.task",
        "heat_body-a steward.task",
        "water_body-a steward.service_added",
    }


def test_of_several_all_come_or_none() -> None:
    made = desk("用水", "用电")
    assert code(made.do(APPLICANT, adds(made, "用电", "热力"))) == "add_service.already"
    assert made.case.services == ("water", "power")


def test_what_is_there_or_was_taken_back_is_not_added_and_he_is_told_what_to_do() -> None:
    made = desk("用水", "用电")
    assert code(made.do(APPLICANT, adds(made, "用电"))) == "add_service.already"
    made.do(APPLICANT, Withdraw(orders=("case-2",)))
    assert code(made.do(APPLICANT, adds(made, "用电"))) == "add_service.withdrawn"
    assert code(made.do(APPLICANT, adds(made, "用电"), NOW + 30 * DAY)) == "add_service.ended"
    other = adds(made, "燃气").model_copy(update={"services": ("steam",)})
    assert code(made.do(APPLICANT, other)) == "add_service.unknown"


def test_a_closed_case_takes_nothing_more() -> None:
    made = desk()
    made.do(APPLICANT, Withdraw())
    assert code(made.do(APPLICANT, adds(made, "用电"))) == "case.ended"
    assert left_to_add(made.case, made.county) == ()


def test_of_what_the_window_adds_for_a_caller_he_hears() -> None:
    """X24, X36: he can say that it was not he."""
    made = desk()
    before = len(made.log)
    assert made.do(WINDOW, adds(made, "用电")) == ["order_routed", "service_added"]
    assert "applicant applicant.service_added" in told(made, before)
    assert made.log[-1].actor == WINDOW
    made.case = made.case.model_copy(update={"person": "telephone:1"})
    before = len(made.log)
    made.do(WINDOW, adds(made, "热力"))
    assert not [one for one in told(made, before) if "applicant" in one]


def test_nobody_adds_to_the_case_of_another() -> None:
    made = desk()
    stranger = APPLICANT.model_copy(update={"person": "somebody"})
    assert code(made.do(stranger, adds(made, "用电"))) == "not.yours"


def test_from_two_services_on_the_survey_is_joint_and_whoever_has_the_other_hears_of_it() -> None:
    """X30."""
    made = desk()
    assert not made.case.joint
    before = len(made.log)
    made.do(APPLICANT, adds(made, "用电"))
    assert made.case.joint
    assert told(made, before) == {"power_body-a steward.task", "water_body-a steward.service_added"}


def test_a_survey_that_one_has_arranged_alone_stays_his_own() -> None:
    made = desk()
    made.do(made.steward(), Take(order="case-1"))
    made.do(made.steward(), ReportContact(order="case-1"))
    made.do(made.steward(), ProposeSurvey(order="case-1", at=TOMORROW))
    before = len(made.log)
    made.do(APPLICANT, adds(made, "用电"))
    assert not made.case.joint
    assert told(made, before) == {"power_body-a steward.task"}


def planned_together() -> Desk:
    """Water and power are to be surveyed tomorrow."""
    made = desk("用水", "用电")
    for place, order in enumerate(made.case.orders, 1):
        made.do(made.steward(place), Take(order=order.id))
        made.do(made.steward(place), ReportContact(order=order.id))
    made.do(made.steward(), ProposeSurvey(order="case-1", at=TOMORROW))
    made.do(APPLICANT, AgreeSurvey(appointment=JOINT, sequence=1))
    return made


def test_to_a_joint_survey_not_held_yet_it_comes_along() -> None:
    made = planned_together()
    before = len(made.log)
    assert made.do(APPLICANT, adds(made, "热力")) == ["order_routed", "service_added", "survey_joined"]
    assert made.case.appointments[JOINT].orders == ("case-1", "case-2", "case-3")
    assert told(made, before) == {
        "heat_body-a steward.task",
        "heat_body-a steward.survey_agreed",
        "water_body-a steward.survey_larger",
        "power_body-a steward.survey_larger",
        "applicant applicant.survey_joined",
    }


def test_a_joint_survey_that_was_held_is_not_joined_any_more() -> None:
    """X30: a time of its own is found for it, as for any order."""
    made = planned_together()
    later = TOMORROW + dt.timedelta(minutes=1)
    assert made.do(APPLICANT, adds(made, "热力"), later) == ["order_routed", "service_added"]
    assert made.case.appointments[JOINT].orders == ("case-1", "case-2")


def test_what_is_left_is_what_the_county_offers_and_the_case_never_had() -> None:
    made = desk("用水", "用电")
    assert [one.id for one in left_to_add(made.case, made.county)] == [
        one.id for one in made.county.services if one.id not in ("water", "power")
    ]
    made.do(APPLICANT, Withdraw(orders=("case-2",)))
    assert "power" not in [one.id for one in left_to_add(made.case, made.county)]
