"""过户、销户: a way without survey and works, on which everything is checked before it is done (J66–J82, C8)."""

import datetime as dt

import pytest

from model.calendar import Length
from model.commands.checks import FailCheck, PassCheck
from model.commands.contact import ReportContact
from model.commands.intake import Assign, Take
from model.commands.survey import ProposeSurvey
from model.commands.works import Connect
from model.condition import Has
from model.county import County
from model.decision import Refused
from model.fields import ChoiceField, Option
from model.form import Form
from model.message import Actor
from model.order import OrderState
from model.process import CheckRule, RouteRule
from model.values import Pick, Picks, Words
from routing.acts import steward_acts
from tests.routing.county import ACTS, NOW, jingxian, submission
from tests.routing.desk import WINDOW, Desk, replayed

_MOVE = Picks(picks=(Pick(option="过户"),))
_CHECKS = (
    CheckRule(id="holder", name="户主"),
    CheckRule(id="letter", name="委托书", when=Has(field="kind", has=("销户",))),
    CheckRule(id="told", name="告知户主", told=True),
)


def county(*, contact: Length | None = None, limit: Length | None = None) -> County:
    """A county where water can change hands."""
    plain = jingxian()
    kinds = tuple(Option(text=text) for text in ("新装", "过户", "销户"))
    kind = ChoiceField(kind="choice", id="kind", label="业务", ask="办哪种？", options=kinds)
    first, *rest = plain.form.sections
    section = first.model_copy(update={"fields": (*first.fields, kind)})
    form = plain.form.model_copy(update={"sections": (section, *rest)})
    rule = RouteRule(
        id="transfer",
        name="过户",
        when=dict.fromkeys(("water", "gas"), Has(field="kind", has=("过户", "销户"))),
        contact=contact,
        limit=limit,
        checks=_CHECKS,
        fail_form="failed",
        told_form="told",
    )
    names = ("finish", "pass_order", "claim", "decline", "ask_more")
    texts = {f"act.{name}.{part}": name for name in names for part in ("label", "words")}
    process = plain.process.model_copy(update={"routes": (rule,)})
    return plain.made_anew(form=Form(**form.model_dump()), process=process, messages=ACTS | texts)


def desk(*services: str, **rules: Length) -> Desk:
    here = county(**rules)
    return Desk(here, submission(here, *(services or ("水",)), kind=_MOVE))


def contacted(*services: str, **rules: Length) -> Desk:
    made = desk(*services, **rules)
    made.do(made.steward(), Take(order=made.order().id))
    assert "applicant_contacted" in made.do(made.steward(), ReportContact(order=made.order().id))
    return made


def passing(made: Desk, *checks: str) -> None:
    for one in checks:
        do = PassCheck(order=made.order().id, check=one, note="打了登记的电话" if one == "told" else "")
        assert made.do(made.steward(), do) == ["check_passed"]


def test_it_is_connected_once_all_is_checked_without_survey_or_acceptance() -> None:
    made = contacted()
    passing(made, "holder", "told")
    assert made.do(made.steward(), Connect(order=made.order().id)) == ["connected", "case_closed"]
    assert made.order().state is OrderState.CONNECTED
    assert replayed(made) == made.case


@pytest.mark.parametrize("left", ["holder", "told"])
def test_it_is_not_done_while_one_check_is_open(left: str) -> None:
    made = contacted()
    passing(made, *({"holder", "told"} - {left}))
    refused = made.do(made.steward(), Connect(order=made.order().id))
    assert isinstance(refused, Refused)
    assert (refused.code, refused.about["open"]) == ("checks.open", "户主" if left == "holder" else "告知户主")


def test_what_was_passed_can_be_found_wrong_and_keeps_it_open() -> None:
    made = contacted()
    passing(made, "holder", "told")
    order = made.order().id
    assert made.do(made.steward(), FailCheck(order=order, check="holder", reason="户号是别人的")) == ["check_failed"]
    assert isinstance(made.do(made.steward(), Connect(order=order)), Refused)
    passing(made, "holder")
    assert "connected" in made.do(made.steward(), Connect(order=order))


def test_who_looked_and_when_and_what_he_said_is_kept() -> None:
    made = contacted()
    later = NOW + dt.timedelta(hours=3)
    order = made.order().id
    made.do(made.steward(), PassCheck(order=order, check="told", note="打了登记的电话"), later)
    check = made.order().route and made.order().route.check("told")
    assert check is not None
    assert (check.by, check.at, check.note) == (made.order().steward, later, "打了登记的电话")


def test_only_the_checks_that_the_answers_ask_for() -> None:
    route = desk().order().route
    assert route is not None
    assert [one.id for one in route.checks] == ["holder", "told"]


@pytest.mark.parametrize(
    ("do", "code"),
    [
        (PassCheck(order="case-1", check="told"), "pass_check.untold"),
        (PassCheck(order="case-1", check="letter"), "checks.unknown"),
        (FailCheck(order="case-1", check="holder", reason=" "), "fail_check.empty"),
        (FailCheck(order="case-1", check="nothing", reason="甲"), "checks.unknown"),
        (ProposeSurvey(order="case-1", at=NOW + dt.timedelta(days=1)), "step.absent"),
    ],
)
def test_refused(do: PassCheck | FailCheck | ProposeSurvey, code: str) -> None:
    made = contacted()
    refused = made.do(made.steward(), do)
    assert isinstance(refused, Refused)
    assert refused.code == code


def test_nobody_checks_before_the_applicant_was_contacted_nor_twice_nor_for_another() -> None:
    made = desk()
    do = PassCheck(order=made.order().id, check="holder")
    made.do(made.steward(), Take(order=do.order))
    early = made.do(made.steward(), do)
    made.do(made.steward(), ReportContact(order=do.order))
    other = made.do(Actor(person="person-power_body-a", role="steward", staff="power_body-a"), do)
    by_window, by_applicant = made.do(WINDOW, do), made.do(Actor(person="applicant"), do)
    passing(made, "holder")
    again = made.do(made.steward(), do)
    refusals = [early, other, by_window, by_applicant, again]
    assert [one.code for one in refusals if isinstance(one, Refused)] == [
        "pass_check.too_early",
        "not.yours",
        "role.wrong",
        "role.wrong",
        "pass_check.already",
    ]


def test_new_works_beside_it_are_surveyed_alone() -> None:
    """One service is new, the other changes hands: each goes its own way, nothing joint is made of one."""
    made = contacted("水", "电")
    assert not made.case.joint
    power = made.order(2).id
    made.do(made.steward(2), Take(order=power))
    made.do(made.steward(2), ReportContact(order=power))
    at = NOW + dt.timedelta(days=1)
    assert made.do(made.steward(2), ProposeSurvey(order=power, at=at)) == ["survey_proposed"]
    passing(made, "holder", "told")
    assert made.do(made.steward(), Connect(order=made.order().id)) == ["connected"]
    assert made.case.closed_at is None


def test_a_joint_survey_binds_only_what_is_surveyed() -> None:
    made = contacted("水", "电", "网")
    assert made.case.joint
    power = made.order(2).id
    made.do(made.steward(2), Take(order=power))
    made.do(made.steward(2), ReportContact(order=power))
    made.do(made.steward(2), ProposeSurvey(order=power, at=NOW + dt.timedelta(days=1)))
    assert made.case.appointments["joint"].orders == (power, made.order(3).id)


def test_its_limits_are_the_countys() -> None:
    made = desk(contact=Length(days=2), limit=Length(days=3))
    assert made.order().due("survey") is None
    contact = made.order().due("contact")
    assert contact is not None
    assert contact.days == 2
    made.do(made.steward(), Take(order=made.order().id))
    assert "clock_started" in made.do(made.steward(), ReportContact(order=made.order().id))
    due = made.order().due("connection")
    assert due is not None
    assert due.days == 3


def test_another_body_checks_anew() -> None:
    here = county()
    made = Desk(here, submission(here, "气", town=Words(text="东溪镇"), kind=_MOVE))
    order = made.order()
    made.do(made.steward(), Take(order=order.id))
    made.do(made.steward(), ReportContact(order=order.id))
    passing(made, "holder")
    other = "gas_west" if order.body == "gas_east" else "gas_east"
    assert made.do(WINDOW, Assign(order=order.id, body=other)) == ["order_assigned"]
    route = made.order().route
    assert route is not None
    assert [(one.state, one.by) for one in route.checks] == [("open", ""), ("open", "")]


def test_one_check_is_shown_after_the_other_and_then_that_it_is_done() -> None:
    made = contacted()

    def shown() -> list[str]:
        return [act.id for act in steward_acts(made.case, made.order(), made.county) if act.shown]

    assert shown() == ["pass_check.holder", "fail_check.holder"]
    passing(made, "holder")
    assert shown() == ["pass_check.told", "fail_check.told"]
    passing(made, "told")
    assert shown() == ["connect"]
    said = [act for act in steward_acts(made.case, made.order(), made.county) if act.id == "connect"]
    assert said[0].label == "finish"
