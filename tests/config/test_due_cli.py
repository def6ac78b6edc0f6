"""`bot due`: how a limit is counted, told to whoever runs a county, day by day (R7, R27, R31, J29, X20)."""

import pytest

from bot.due_cli import DueMistake, due_report
from model.calendar import Length
from model.county import County
from model.process import Limit
from tests.shipped import shipped


def county(name: str, **limits: Limit) -> County:
    """A shipped county, some of whose steps have other limits."""
    one = shipped()[name]
    steps = tuple(
        rule.model_copy(update={"limit": limits[rule.step]}) if rule.step in limits else rule
        for rule in one.process.steps
    )
    return one.model_copy(update={"process": one.process.model_copy(update={"steps": steps})})


def lines(report: str) -> list[str]:
    """Its lines but for the last, which names the calendar."""
    *told, calendar = report.splitlines()
    assert calendar.startswith("日历：chinesecalendar ")
    return told


def test_make_up_saturday() -> None:
    """The Saturday before 春节 is a workday; nine days off come after it."""
    assert lines(due_report(county("xinxiang"), "contact", "2026-02-13T16:00", {})) == [
        "新乡县 对接：1个工作日（当天不算，从下一个工作日数起），从2026-02-13 16:00 周五起",
        "  2026-02-13 周五 上班 不算",
        "  2026-02-14 周六 调休上班 第1天",
        "到期：2026-02-14 17:30 周六",
        "  预警 50%：2026-02-13 16:45 周五",
        "  预警 80%：2026-02-13 17:12 周五",
        "  预警 100%：2026-02-14 17:30 周六",
        "  预警 200%：2026-02-25 10:00 周三",
    ]


def test_over_the_spring_festival() -> None:
    told = lines(due_report(county("jingxian"), "踏勘", "2026-02-14T16:00", {}))
    assert told[1:12] == [
        "  2026-02-14 周六 调休上班 不算",
        "  2026-02-15 周日 休息 不算",
        *(f"  2026-02-{day} 周{week} 放假 不算" for day, week in zip(range(16, 21), "一二三四五", strict=True)),
        "  2026-02-21 周六 休息 不算",
        "  2026-02-22 周日 休息 不算",
        "  2026-02-23 周一 放假 不算",
        "  2026-02-24 周二 上班 第1天",
    ]
    assert told[12] == "到期：2026-02-24 17:30 周二"


def test_into_a_year_nobody_has_published() -> None:
    told = lines(due_report(county("xinxiang"), "contact", "2026-12-31T10:00", {}))
    assert "到期：2027-01-01 17:30 周五（暂定：2027年的放假安排还没有公布）" in told


def test_working_hours() -> None:
    """What each day counted for, in hours."""
    one = county("xinxiang", contact=Limit(working_hours=4))
    assert lines(due_report(one, "contact", "2026-03-06T16:00", {}))[:6] == [
        "新乡县 对接：4个工作小时（夜里、中午、休息日不算），从2026-03-06 16:00 周五起",
        "  2026-03-06 周五 上班 1.5小时",
        "  2026-03-07 周六 休息 0小时",
        "  2026-03-08 周日 休息 0小时",
        "  2026-03-09 周一 上班 2.5小时",
        "到期：2026-03-09 11:00 周一",
    ]


def test_natural_hours() -> None:
    one = county("xinxiang", contact=Limit(hours=24))
    assert lines(due_report(one, "contact", "2026-03-06T16:00", {}))[:2] == [
        "新乡县 对接：24小时（不分昼夜），从2026-03-06 16:00 周五起",
        "到期：2026-03-07 16:00 周六",
    ]


@pytest.mark.parametrize(
    ("start", "first", "due"),
    [("2026-03-02T09:00", "第1天", "2026-03-02 17:30 周一"), ("2026-03-02T20:00", "不算", "2026-03-03 17:30 周二")],
)
def test_first_day_counted(start: str, first: str, due: str) -> None:
    """自…当日起 (X48); after work nothing of the day is left to count."""
    told = lines(due_report(county("xinxiang", contact=Limit(days=1, count_first=True)), "contact", start, {}))
    assert told[0].startswith("新乡县 对接：1个工作日（当天算第一天）")
    assert told[1] == f"  2026-03-02 周一 上班 {first}"
    assert f"到期：{due}" in told


def test_after_the_planned_day() -> None:
    """R27: the applicant plans for later, so the limit runs from then."""
    told = lines(due_report(county("jingxian"), "survey", "2026-03-02T09:00", {"planned_time": "2026年3月20日下午"}))
    assert told[:2] == [
        "2026-03-02 09:00 周一推送；申请人自己计划的时间更晚，从那时算起",
        "泾县 踏勘：1个工作日（当天不算，从下一个工作日数起），从2026-03-20 14:00 周五起",
    ]
    assert "到期：2026-03-23 17:30 周一" in told


def test_limits_chosen_by_answers() -> None:
    other = {"when": {"field": "external_line", "has": ["是"]}, "limit": Length(days=3)}
    one = county("xinxiang", contact=Limit.model_validate({"days": 1, "instead": [other]}))
    assert "：1个工作日" in due_report(one, "contact", "2026-03-02T09:00", {})
    assert "：3个工作日" in due_report(one, "contact", "2026-03-02T09:00", {"external_line": "是"})


def test_a_long_list_is_cut() -> None:
    told = lines(due_report(county("xinxiang", contact=Limit(days=60)), "contact", "2026-03-02T09:00", {}))
    assert told[41] == "  ……"
    assert told[42].startswith("到期：2026-0")


def test_no_limit() -> None:
    assert due_report(county("xinxiang"), "connection", "2026-03-02T09:00", {}) == "新乡县的“接通”没有期限。"


@pytest.mark.parametrize(
    ("step", "start", "said"),
    [
        ("nix", "2026-03-02T09:00", "没有这个环节：nix；有：contact（对接）、survey（踏勘）、"),
        ("contact", "明天", "看不懂开始的时间：明天；例如 2026-09-30T16:00"),
    ],
)
def test_what_cannot_be_counted(step: str, start: str, said: str) -> None:
    """Told with what would be valid."""
    with pytest.raises(DueMistake) as told:
        due_report(county("xinxiang"), step, start, {})
    assert str(told.value).startswith(said)
