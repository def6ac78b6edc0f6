"""`due`: when a step would have to be done, and how that was counted, day by day."""

import datetime as dt
from collections.abc import Iterator, Mapping

from bot.explaining import drafted
from model.calendar import CHINA, Due, Length
from model.county import County
from routing.limits import due_of, first_counts, limit_of, planned, working_time

_WEEKDAYS = "一二三四五六日"
_MOST_DAYS = 40


class DueMistake(Exception):
    """What was asked for cannot be counted; the message says what would be valid."""


def due_report(county: County, step: str, start: str, given: Mapping[str, str]) -> str:
    """The deadline of a step whose limit begins at `start`, for an application answered so. Raises DueMistake, ExplainMistake."""
    rule = next((one for one in county.process.steps if step in (one.step, one.name)), None)
    if rule is None:
        known = "、".join(f"{one.step}（{one.name}）" for one in county.process.steps)
        raise DueMistake(f"没有这个环节：{step}；有：{known}")
    begins = pushed = _instant(start)
    answers = drafted(county, given, begins).answers
    length = limit_of(rule.step, county, answers)
    if length is None:
        return f"{county.name}的“{rule.name}”没有期限。"
    lines = []
    if (until := planned(rule.step, county, answers)) is not None and until > pushed:
        lines.append(f"{_moment(pushed)}推送；申请人自己计划的时间更晚，从那时算起")
        begins = until
    due = due_of(length, county, begins)
    lines += [
        f"{county.name} {rule.name}：{_length(length)}，从{_moment(begins)}起",
        *_counted(county, length, begins, due),
    ]
    last = f"到期：{_moment(due.at)}"
    lines.append(
        f"{last}（暂定：{_unpublished(county, begins, due)}年的放假安排还没有公布）" if due.provisional else last
    )
    lines += [f"  预警 {one.share}%：{_moment(one.at)}" for one in due.warnings]
    return "\n".join([*lines, f"日历：{county.calendar.source}"])


def _instant(said: str) -> dt.datetime:
    try:
        found = dt.datetime.fromisoformat(said)
    except ValueError:
        raise DueMistake(f"看不懂开始的时间：{said}；例如 2026-09-30T16:00") from None
    return found if found.tzinfo else found.replace(tzinfo=CHINA)


def _length(length: Length) -> str:
    if length.days is not None:
        return f"{length.days}个工作日（{'当天算第一天' if length.count_first else '当天不算，从下一个工作日数起'}）"
    if length.hours is not None:
        return f"{length.hours}小时（不分昼夜）"
    return f"{length.working_hours}个工作小时（夜里、中午、休息日不算）"


def _counted(county: County, length: Length, begins: dt.datetime, due: Due) -> Iterator[str]:
    """What each day counted for; nothing where time never stands still."""
    if length.hours is not None:
        return
    day, last, number = begins.astimezone(CHINA).date(), due.at.astimezone(CHINA).date(), 0
    first, time, first_too = day, working_time(county), first_counts(length, county, begins)
    shown = 0
    while day <= last and shown < _MOST_DAYS:
        works = county.calendar.is_workday(day)
        kind = "上班" if works else "休息"
        if works and day.weekday() > 4:
            kind = "调休上班"
        if not works and day.weekday() < 5:
            kind = "放假"
        if length.days is not None:
            counts = works and (day > first or first_too)
            number += counts
            told = f"第{number}天" if counts else "不算"
        else:
            opens = dt.datetime.combine(day, dt.time(), CHINA)
            spent = time.between(max(begins, opens), min(due.at, opens + dt.timedelta(days=1)))
            told = f"{spent.total_seconds() / 3600:g}小时"
        yield f"  {day} 周{_WEEKDAYS[day.weekday()]} {kind} {told}"
        day, shown = day + dt.timedelta(days=1), shown + 1
    if day <= last:
        yield "  ……"


def _unpublished(county: County, begins: dt.datetime, due: Due) -> int:
    days = (begins.astimezone(CHINA).date(), due.at.astimezone(CHINA).date())
    return next(day.year for day in days if not county.calendar.published(day))


def _moment(at: dt.datetime) -> str:
    local = at.astimezone(CHINA)
    return f"{local:%Y-%m-%d %H:%M} 周{_WEEKDAYS[local.weekday()]}"
