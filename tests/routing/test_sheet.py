"""联合踏勘意见表: rows on the spot, the pass rule, the conclusion, the promise, the copies (X37–X42, X155–X158)."""

import datetime as dt

import pytest

from model.calendar import CHINA
from model.command import Do
from model.commands.sheet import (
    ChooseDepartments,
    GiveRow,
    KeepCopy,
    PromiseCompletion,
    RemindDepartments,
    RepeatSurvey,
    ReturnCopy,
)
from model.commands.survey import AgreeSurvey, GiveOpinion, ProposeSurvey
from model.commands.works import GiveScheme
from model.decision import Refused
from model.message import Actor
from model.order import OrderState
from routing.acts import steward_acts
from routing.notices import notices
from routing.sheet_acts import sheet_acts
from tests.routing.county import NO, NOW, submission
from tests.routing.desk import APPLICANT, WINDOW, Desk, replayed
from tests.routing.sheeted import GARDENS, LEAD, PLANNING, ROAD, contacted, county, led, officer, units_pass

LATER = NOW.replace(day=26, hour=10)


def give(desk: Desk, body: str, opinion: str = "符合", who: Actor | None = None, **more: object) -> Refused | list[str]:
    """A row, by the department's own officer unless somebody else holds the pen."""
    return desk.do(who or officer(body), GiveRow.model_validate({"body": body, "opinion": opinion} | more))


def code(done: Refused | list[str]) -> str:
    assert isinstance(done, Refused)
    return done.code


def acts(desk: Desk, body: str) -> list[str]:
    return [act.id for act in sheet_acts(desk.case, body, desk.county)]


def due(desk: Desk, step: str = "scheme") -> dt.datetime | None:
    found = desk.order().due(step)  # type: ignore[arg-type]
    return found.at if found else None


def test_all_rows_make_the_conclusion_and_the_scheme_waits_for_it() -> None:
    """X39: 符合 and 待整改 both pass."""
    desk = led("用水")
    assert units_pass(desk) == ["opinion_given"]
    assert desk.order().state is OrderState.SURVEYED
    assert due(desk) is None
    assert steward_acts(desk.case, desk.order(), desk.county) == ()
    scheme = GiveScheme(order=desk.order().id, scheme="从路东接入")
    assert code(desk.do(desk.steward(), scheme)) == "sheet.open"
    assert give(desk, PLANNING) == ["row_given"]
    assert give(desk, ROAD, "待整改", remark="图纸标高") == [
        "row_given", "follow_up_opened", "sheet_concluded", "clock_started",
    ]  # fmt: skip
    assert desk.case.sheet is not None
    assert desk.case.sheet.passed is True
    assert due(desk) == dt.datetime(2026, 11, 26, 17, 30, tzinfo=CHINA)
    assert [act.id for act in steward_acts(desk.case, desk.order(), desk.county)] == ["scheme", "keep_copy.water_body"]
    assert isinstance(desk.do(desk.steward(), scheme), list)
    assert replayed(desk) == desk.case


def test_the_unit_may_be_the_last() -> None:
    desk = led("用水", "用电")
    give(desk, PLANNING)
    give(desk, ROAD)
    assert units_pass(desk) == ["opinion_given", "sheet_concluded", "clock_started", "clock_started"]
    found = {one.template: one.recipient.id for one in notices(desk.case, desk.log[-4:])}
    assert found["applicant.sheet_passed"] == "applicant"
    assert found["steward.sheet_passed"] == f"{LEAD}-a"


@pytest.mark.parametrize(
    ("opinion", "more", "refused"),
    [
        ("不符合", {}, "row.needs_text"),
        ("不符合", {"remark": "  "}, "row.needs_text"),
        ("不符合", {"remark": "间距不够"}, "row.needs_basis"),  # X41: reason and basis, both
        ("不符合", {"remark": "间距不够", "basis": " "}, "row.needs_basis"),
        ("不符合", {"remark": "间距不够", "basis": "没有。"}, "row.needs_basis"),
        ("待整改", {"remark": "无"}, "row.needs_text"),
        ("待整改", {}, "row.needs_text"),  # X157, R12
        ("待整改", {"remark": "图纸", "due": dt.date(2026, 11, 22)}, "row.past"),
        ("好", {}, "row.unknown"),
        ("符合、不符合", {}, "row.unknown"),
    ],
)
def test_a_row_that_is_not_whole_is_refused(opinion: str, more: dict[str, object], refused: str) -> None:
    assert code(give(led("用水"), PLANNING, opinion, **more)) == refused


def test_who_may_write_a_row() -> None:
    desk = led("用水")
    assert code(give(desk, PLANNING, who=officer(ROAD))) == "not.yours"
    assert code(give(desk, PLANNING, who=desk.steward())) == "not.yours"
    assert code(give(desk, PLANNING, who=APPLICANT)) == "role.wrong"
    assert code(give(desk, GARDENS)) == "row.unknown_department"
    assert code(give(desk, PLANNING, who=officer(LEAD))) == "row.needs_surveyor"
    assert give(desk, PLANNING, who=officer(LEAD), surveyor="张示例") == ["row_given"]
    assert desk.case.sheet is not None
    row = desk.case.sheet.row(PLANNING)
    assert row is not None
    assert row.opinion is not None
    assert (row.surveyor, row.opinion.by) == ("张示例", f"{LEAD}-a")
    assert code(give(desk, PLANNING)) == "row.already"
    assert give(desk, ROAD, who=WINDOW, surveyor="王示例") == ["row_given"]


def test_nothing_is_found_before_the_survey() -> None:
    desk = contacted(led("用水", at_survey=False))
    assert code(give(desk, PLANNING)) == "row.too_early"
    assert code(desk.do(officer(LEAD), RemindDepartments())) == "remind_rows.too_early"
    assert acts(desk, PLANNING) == ["view_sheet"]


def test_a_case_without_a_sheet_knows_no_such_thing() -> None:
    here = county()
    desk = Desk(here, submission(here, "用水", crosses=NO))
    assert code(give(desk, PLANNING)) == "sheet.none"
    assert acts(desk, LEAD) == []


def test_only_who_failed_it_comes_again() -> None:
    desk = led("用水", "用电")
    units_pass(desk)
    give(desk, ROAD)
    done = give(desk, PLANNING, "不符合", remark="间距不够", basis="规范4.1.9")
    assert done == ["row_given", "sheet_concluded"]
    assert desk.case.sheet is not None
    assert desk.case.sheet.passed is False
    assert code(desk.do(desk.steward(), GiveScheme(order=desk.order().id, scheme="接入"))) == "sheet.failed"
    assert acts(desk, PLANNING) == ["row", "view_sheet"]
    assert acts(desk, ROAD) == ["view_sheet"]
    assert "repeat_survey" in acts(desk, LEAD)
    assert code(desk.do(officer(PLANNING), RepeatSurvey(at=LATER))) == "not.yours"
    assert code(desk.do(officer(LEAD), RepeatSurvey(at=NOW))) == "survey.past"
    assert code(desk.do(officer(LEAD), RepeatSurvey(at=NOW.replace(year=2028)))) == "survey.too_far"
    assert code(desk.do(officer(LEAD), RepeatSurvey(at=LATER.replace(hour=3)))) == "survey.odd_hour"
    assert desk.do(officer(LEAD), RepeatSurvey(at=LATER)) == ["survey_repeated"]
    found = [(one.template, one.recipient.id) for one in notices(desk.case, desk.log[-1:])]
    assert found == [("applicant.survey_repeated", "applicant"), ("steward.survey_repeated", f"{PLANNING}-a")]
    assert give(desk, PLANNING) == ["row_given", "sheet_concluded", "clock_started", "clock_started"]
    assert code(desk.do(officer(LEAD), RepeatSurvey(at=LATER))) == "repeat_survey.nothing"


def test_a_unit_that_failed_is_surveyed_again_alone() -> None:
    desk = led("用水", "用电")
    for body in (PLANNING, ROAD):
        give(desk, body)
    desk.do(desk.steward(), GiveOpinion(order=desk.order().id, opinion="符合"))
    bad = GiveOpinion(order=desk.order(2).id, opinion="不符合", remark="没有路由")
    assert desk.do(desk.steward(2), bad) == ["opinion_given", "sheet_concluded"]
    assert isinstance(desk.do(desk.steward(2), ProposeSurvey(order=desk.order(2).id, at=LATER)), list)
    assert desk.case.appointments["joint"].orders == (desk.order(2).id,)
    told = {one.recipient.id for one in notices(desk.case, desk.log[-1:])}
    assert told == {"applicant", f"{LEAD}-a"}  # departments that found it good need not come
    desk.do(APPLICANT, AgreeSurvey(appointment="joint", sequence=2))
    done = desk.do(desk.steward(2), GiveOpinion(order=desk.order(2).id, opinion="符合"))
    assert done == ["opinion_given", "sheet_concluded", "clock_started", "clock_started"]


def test_departments_are_chosen() -> None:
    """X37: by the window, by names or ids; who is added or dropped is told, who has found something stays."""
    desk = led("用水")
    assert desk.do(WINDOW, ChooseDepartments(departments=("规划", GARDENS, "规划"))) == ["departments_chosen"]
    assert desk.case.sheet is not None
    assert [row.body for row in desk.case.sheet.rows] == [PLANNING, GARDENS]
    found = {(one.template, one.recipient.id) for one in notices(desk.case, desk.log[-1:])}
    assert found == {("steward.sheet_department", f"{GARDENS}-a"), ("steward.sheet_dropped", f"{ROAD}-a")}
    give(desk, PLANNING)
    assert code(desk.do(WINDOW, ChooseDepartments(departments=(GARDENS,)))) == "departments.given"
    assert code(desk.do(WINDOW, ChooseDepartments(departments=("海关",)))) == "departments.unknown"
    assert code(desk.do(WINDOW, ChooseDepartments(departments=("water_body",)))) == "departments.unknown"
    assert code(desk.do(WINDOW, ChooseDepartments(departments=(PLANNING, GARDENS)))) == "departments.already"
    assert code(desk.do(officer(PLANNING), ChooseDepartments(departments=(PLANNING,)))) == "not.yours"
    units_pass(desk)
    done = desk.do(officer(LEAD), ChooseDepartments(departments=(PLANNING,)))
    assert done == ["departments_chosen", "sheet_concluded", "clock_started"]  # nobody is missing any more
    assert code(desk.do(WINDOW, ChooseDepartments(departments=(ROAD, PLANNING)))) == "departments.too_late"


def test_who_is_missing_is_reminded() -> None:
    desk = led("用水")
    give(desk, PLANNING)
    assert desk.do(officer(LEAD), RemindDepartments()) == ["rows_reminded"]
    assert [one.recipient.id for one in notices(desk.case, desk.log[-1:])] == [f"{ROAD}-a"]
    give(desk, ROAD)
    assert code(desk.do(officer(LEAD), RemindDepartments())) == "remind_rows.nothing"


@pytest.mark.parametrize(
    ("do", "day"),
    [
        (PromiseCompletion(days=6), dt.date(2026, 12, 1)),
        (PromiseCompletion(day=dt.date(2026, 12, 1)), dt.date(2026, 12, 1)),
        (PromiseCompletion(day=dt.date(2026, 12, 5)), dt.date(2026, 12, 4)),  # a Saturday: the last day of work before
    ],
)
def test_the_promise_is_the_limit_of_the_scheme(do: PromiseCompletion, day: dt.date) -> None:
    """X35, X155: given before the rows are in, or after."""
    for early in (True, False):
        desk = led("用水")
        if early:
            assert desk.do(officer(LEAD), do) == ["completion_promised"]
        units_pass(desk)
        give(desk, PLANNING)
        give(desk, ROAD)
        if not early:
            assert due(desk) == dt.datetime(2026, 11, 26, 17, 30, tzinfo=CHINA)
            assert desk.do(officer(LEAD), do) == ["completion_promised", "clock_started"]
        assert due(desk) == dt.datetime.combine(day, dt.time(17, 30), CHINA)
        desk.do(desk.steward(), GiveScheme(order=desk.order().id, scheme="接入", days=2))
        assert due(desk, "construction") == dt.datetime(2026, 11, 25, 17, 30, tzinfo=CHINA)  # what the unit promised
        assert replayed(desk) == desk.case


@pytest.mark.parametrize(
    ("do", "refused"),
    [
        (PromiseCompletion(), "promise.empty"),
        (PromiseCompletion(days=0), "promise.days"),
        (PromiseCompletion(day=NOW.date()), "promise.past"),
    ],
)
def test_a_promise_is_a_day_to_come(do: Do, refused: str) -> None:
    desk = led("用水")
    assert code(desk.do(officer(LEAD), do)) == refused
    assert code(desk.do(desk.steward(), do)) == "not.yours"


def test_everybody_keeps_a_copy_and_one_goes_to_the_window() -> None:
    """X42: who has not is to be seen; a part is over once nothing is left to do."""
    desk = led("用水")
    assert code(desk.do(officer(PLANNING), KeepCopy(body=PLANNING))) == "keep_copy.too_early"
    assert code(desk.do(officer(LEAD), ReturnCopy())) == "return_copy.too_early"
    units_pass(desk)
    give(desk, PLANNING)
    give(desk, ROAD)
    unit = desk.order().body
    assert {part.body for part in desk.case.parts if part.open} == {LEAD, PLANNING, ROAD, unit}
    assert acts(desk, unit) == ["keep_copy", "view_sheet"]
    for who, body in ((officer(PLANNING), PLANNING), (desk.steward(), unit), (officer(LEAD), ROAD)):
        assert desk.do(who, KeepCopy(body=body)) == ["copy_kept"]
    assert code(desk.do(officer(PLANNING), KeepCopy(body=PLANNING))) == "keep_copy.already"
    assert code(desk.do(officer(PLANNING), ReturnCopy())) == "not.yours"
    assert desk.do(officer(LEAD), ReturnCopy()) == ["copy_returned"]
    assert code(desk.do(officer(LEAD), ReturnCopy())) == "return_copy.already"
    assert [part.body for part in desk.case.parts if part.open] == []
    assert replayed(desk) == desk.case
