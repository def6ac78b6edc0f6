"""From a submission to orders: bodies, districts, stewards, deadlines, joint surveys."""

import datetime as dt

import pytest

from model.calendar import CHINA
from model.county import County
from model.decision import Refused
from model.events.intake import CaseAccepted, OrderRouted
from model.fields import ChoiceField, Option
from model.process import SurveyRule
from model.staff import Staff
from model.submission import Submission
from model.values import Address, Pick, Picks, Value, Words
from routing.accept import accept
from routing.assign import assign
from routing.split import find_district, split
from tests.routing.county import NO, NOW, YES, everybody, jingxian, steward, submission, xinxiang

XINXIANG, JINGXIAN = xinxiang(), jingxian()


def accepted(
    made: Submission, county: County, stewards: tuple[Staff, ...] = ()
) -> tuple[CaseAccepted, list[OrderRouted]]:
    events = accept(made, county, "case", "no-1", stewards, NOW)
    assert not isinstance(events, Refused)
    first, *others = events
    assert isinstance(first, CaseAccepted)
    return first, [one for one in others if isinstance(one, OrderRouted)]


def networks(*options: str) -> Picks:
    return Picks(picks=tuple(Pick(option=option) for option in options))


def test_only_the_chosen_services_are_routed() -> None:
    """X19: one order for each, in the order of the form."""
    case, orders = accepted(submission(XINXIANG, "用水", "热力"), XINXIANG, everybody(XINXIANG))
    assert case.services == ("water", "heat")
    assert [(one.order, one.body, one.steward) for one in orders] == [
        ("case-1", "water_body", "water_body-a"),
        ("case-2", "heat_body", "heat_body-a"),
    ]


@pytest.mark.parametrize(
    ("options", "answers", "joint", "lead"),
    [
        (("用水",), {}, False, None),
        (("用水", "用电"), {}, True, None),
        (("通信", "有线电视"), {}, True, None),
        (("用水",), {"crosses": YES}, True, "heat_body"),
        (("用水",), {"crosses": NO}, False, None),
    ],
)
def test_survey_is_joint(options: tuple[str, ...], answers: dict[str, Value], joint: bool, lead: str | None) -> None:
    """X29, X30, X31, X33, R5."""
    rule = XINXIANG.process.survey.model_copy(update={"lead": "heat_body"})
    county = XINXIANG.model_copy(update={"process": XINXIANG.process.model_copy(update={"survey": rule})})
    case, _ = accepted(submission(county, *options, given=answers), county)
    assert (case.joint, case.lead) == (joint, lead)


@pytest.mark.parametrize(("option", "joint"), [("要过路", True), ("不清楚", False)])
def test_first_option_of_a_choice_is_its_yes(option: str, joint: bool) -> None:
    """R6: a choice with 不清楚 may stand where a yes/no field could."""
    options = (Option(text="要过路"), Option(text="不过路"), Option(text="不清楚"))
    asked = ChoiceField(kind="choice", id="crosses", label="外线", ask="要过路吗？", options=options)
    county = xinxiang(crosses=asked)
    case, _ = accepted(submission(county, "用水", crosses=networks(option)), county)
    assert case.joint is joint


@pytest.mark.parametrize(
    ("answers", "body"),
    [
        ({"address": Address(text="示例县东溪镇样板路1号")}, "gas_east"),
        ({"address": Address(text="西山镇东溪镇路口")}, "gas_west"),
        ({"address": Address(text="样板路1号"), "town": Words(text="西山镇")}, "gas_west"),
        ({"address": Address(text="东溪镇样板路"), "town": Words(text="西山镇")}, "gas_west"),
    ],
)
def test_district_chooses_the_gas_company(answers: dict[str, Value], body: str) -> None:
    """J75: the district field first, else the first district named in the address."""
    _, orders = accepted(submission(JINGXIAN, "气", given=answers), JINGXIAN, everybody(JINGXIAN))
    assert [(one.body, one.candidates, one.steward) for one in orders] == [(body, (), f"{body}-a")]


@pytest.mark.parametrize("address", ["样板路1号", "北湖乡一组"])
def test_unknown_district_goes_to_the_window(address: str) -> None:
    """Neither company serves 北湖乡: the order exists, both are named, nobody is assigned."""
    made = submission(JINGXIAN, "气", address=Address(text=address))
    _, orders = accepted(made, JINGXIAN, everybody(JINGXIAN))
    assert [(one.body, one.candidates, one.steward) for one in orders] == [("gas_east", ("gas_east", "gas_west"), None)]


def test_each_chosen_operator_gets_an_order() -> None:
    """J80; one service, so the survey stays single (R5)."""
    made = submission(JINGXIAN, "网", networks=networks("移动", "安广"))
    case, orders = accepted(made, JINGXIAN, everybody(JINGXIAN))
    assert [one.body for one in orders] == ["mobile", "cable"]
    assert not case.joint


def test_no_operator_chosen_loses_no_order() -> None:
    """A telephone entry may have left it open (X26)."""
    _, orders = accepted(submission(JINGXIAN, "网"), JINGXIAN)
    assert [one.candidates for one in orders] == [("telecom", "mobile", "unicom", "cable")]


def test_service_without_any_body_goes_to_the_window() -> None:
    service = JINGXIAN.services[0].model_copy(update={"bodies": ()})
    county = JINGXIAN.model_copy(update={"services": (service, *JINGXIAN.services[1:])})
    parts = split(submission(county, "水"), county)
    assert [len(part.candidates) for part in parts] == [len(county.bodies)]


@pytest.mark.parametrize("options", [("煤",), ("水", "煤")])
def test_unknown_option_is_refused_loudly(options: tuple[str, ...]) -> None:
    refused = accept(submission(JINGXIAN, *options), JINGXIAN, "case", "1", (), NOW)
    assert refused == Refused(code="submission.unknown_service", about={"option": "煤"})


def test_district_of_the_longest_name_wins() -> None:
    county = JINGXIAN.model_copy(update={"towns": ("东溪镇", "东溪镇新区")})
    assert find_district(submission(county, "水", address=Address(text="东溪镇新区1号")), county) == "东溪镇新区"


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (dt.datetime(2026, 11, 23, 9, 30, tzinfo=CHINA), dt.datetime(2026, 11, 24, 17, 30, tzinfo=CHINA)),
        (dt.datetime(2026, 11, 27, 18, 0, tzinfo=CHINA), dt.datetime(2026, 11, 30, 17, 30, tzinfo=CHINA)),
        # An hour before midnight in China, whatever the day is in UTC.
        (dt.datetime(2026, 11, 26, 16, 30, tzinfo=dt.UTC), dt.datetime(2026, 11, 30, 17, 30, tzinfo=CHINA)),
    ],
)
def test_contact_is_due_one_working_day_after_the_push(now: dt.datetime, due: dt.datetime) -> None:
    """X20, R7, R33."""
    events = accept(submission(XINXIANG, "用水"), XINXIANG, "case", "1", (), now)
    assert not isinstance(events, Refused)
    routed = events[1]
    assert isinstance(routed, OrderRouted)
    assert routed.contact_due is not None
    assert routed.contact_due.at == due
    assert not routed.contact_due.provisional


def test_deadline_in_an_unpublished_year_is_provisional() -> None:
    now = dt.datetime(2026, 12, 31, 10, 0, tzinfo=CHINA)
    events = accept(submission(XINXIANG, "用水"), XINXIANG, "case", "1", (), now)
    assert not isinstance(events, Refused)
    assert isinstance(events[1], OrderRouted)
    assert events[1].contact_due is not None
    assert events[1].contact_due.provisional


ASSIGN = [
    ([], None),
    ([steward("water_body", person=None, account=None)], None),
    ([steward("power_body")], None),
    ([steward("water_body", name="b"), steward("water_body", name="a")], "water_body-a"),
    ([steward("water_body", name="a", open_tasks=3), steward("water_body", name="b", open_tasks=2)], "water_body-b"),
    (
        [steward("water_body", name="a"), steward("water_body", name="b", open_tasks=9, districts=("东溪镇",))],
        "water_body-b",
    ),
    (
        [steward("water_body", name="a", districts=("西山镇",)), steward("water_body", name="b", open_tasks=9)],
        "water_body-b",
    ),
    ([steward("water_body", name="a", districts=("西山镇",))], "water_body-a"),
]


@pytest.mark.parametrize(("stewards", "chosen"), ASSIGN)
def test_assign(stewards: list[Staff], chosen: str | None) -> None:
    """By district, fewest open tasks, then id; the order of the list does not matter."""
    assert assign(stewards, "water_body", "东溪镇", NOW.date()) == chosen
    assert assign(stewards[::-1], "water_body", "东溪镇", NOW.date()) == chosen


def test_survey_limit_starts_at_the_push() -> None:
    """J29: intake and survey within one working day."""
    rules = tuple(
        rule.model_copy(update={"limit": JINGXIAN.process.steps[0].limit}) if rule.step == "survey" else rule
        for rule in JINGXIAN.process.steps
    )
    county = JINGXIAN.model_copy(update={"process": JINGXIAN.process.model_copy(update={"steps": rules})})
    _, orders = accepted(submission(county, "水"), county)
    assert orders[0].survey_due == orders[0].contact_due


def test_survey_rule_needs_no_answer_fields() -> None:
    rule = SurveyRule(joint_from=3, opinions=XINXIANG.process.survey.opinions)
    county = XINXIANG.model_copy(update={"process": XINXIANG.process.model_copy(update={"survey": rule})})
    case, _ = accepted(submission(county, "用水", "用电"), county)
    assert not case.joint


def test_steward_of_the_district_gets_the_order() -> None:
    people = (
        steward("water_body", name="a", county="jingxian", districts=("西山镇",)),
        steward("water_body", name="b", county="jingxian", districts=("东溪镇",), open_tasks=5),
    )
    _, orders = accepted(submission(JINGXIAN, "水", address=Address(text="东溪镇1号")), JINGXIAN, people)
    assert [one.steward for one in orders] == ["water_body-b"]
