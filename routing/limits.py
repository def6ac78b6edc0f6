"""How long a step may take in a county, and when who is warned: limits as instants (C5–C7, R7, J35)."""

import datetime as dt
from collections.abc import Iterable, Mapping

from model.calendar import CHINA, Due, Length, WarningTime, WorkingTime
from model.county import County
from model.draft import Answer
from model.holding import holds
from model.process import Step
from model.times import Window
from model.values import Day

WHOLE = 100
"""The share of a limit, in percent, that is its end."""


def limit_of(step: Step, county: County, answers: Mapping[str, Answer]) -> Length | None:
    """The limit of this step where the form was answered so; None if the county gives none."""
    rule = county.process.rule(step)
    if rule is None or rule.limit is None:
        return None
    return next((one.limit for one in rule.limit.instead if holds(one.when, answers)), rule.limit)


def planned(step: Step, county: County, answers: Mapping[str, Answer]) -> dt.datetime | None:
    """Before when the limit of this step does not run: the applicant's own planned time, if the county asks for it (R27)."""
    rule = county.process.rule(step)
    answer = answers.get(rule.not_before) if rule is not None and rule.not_before else None
    return begins(answer.value, county) if answer is not None and isinstance(answer.value, Day) else None


def first_counts(length: Length, county: County, start: dt.datetime) -> bool:
    """Whether the day on which the limit begins is the first of its days: 自…当日起, while work is left of it (R7)."""
    closes = dt.datetime.combine(start.astimezone(CHINA).date(), county.process.closes, CHINA)
    return length.count_first and bool(working_time(county).between(start, closes))


def due_of(length: Length, county: County, start: dt.datetime, *, shares: Iterable[int] | None = None) -> Due:
    """When a limit of this length ends that begins to run at `start`, and when the county's shares of it are reached.

    Up to the end a share is of the working time until the stricter deadline (first day counted, R7), of natural time for
    a limit in natural hours; beyond it the share goes on likewise. No warning comes before `start`. A day whose work is
    over when the limit begins is not counted, however strictly: nobody can be late before he could begin. `shares`: others
    than the county's, for what is the applicant's to do.
    """
    begins = start.astimezone(CHINA).date()
    calendar, time = county.calendar, working_time(county)
    strict: dt.datetime | None = None
    provisional = False
    if length.days is not None:
        strictly = length.model_copy(update={"count_first": True})
        day, provisional = calendar.due_day(begins, length.days, count_first=first_counts(length, county, start))
        first, _ = calendar.due_day(begins, length.days, count_first=first_counts(strictly, county, start))
        end, strict = (dt.datetime.combine(one, county.process.closes, CHINA) for one in (day, first))
    elif length.hours is not None:
        end = start + dt.timedelta(hours=length.hours)
    else:
        end = time.add(start, dt.timedelta(hours=length.working_hours or 0))
        provisional = not (calendar.published(begins) and calendar.published(end.astimezone(CHINA).date()))
    passes = _natural if length.hours is not None else time
    reached = sorted({one.share for one in county.process.warnings} if shares is None else set(shares))
    warnings = tuple(WarningTime(share=one, at=_reached(one, start, end, strict or end, passes)) for one in reached)
    by = length.model_dump(include=set(Length.model_fields))
    return Due(**by, at=end, provisional=provisional, warnings=warnings)


class _Natural:
    """Time that never stands still."""

    def add(self, start: dt.datetime, work: dt.timedelta) -> dt.datetime:
        return start + work

    def between(self, start: dt.datetime, end: dt.datetime) -> dt.timedelta:
        return end - start


_natural = _Natural()


def _reached(
    share: int, start: dt.datetime, end: dt.datetime, strict: dt.datetime, time: WorkingTime | _Natural
) -> dt.datetime:
    if share < WHOLE:
        part = time.between(start, strict) * share / WHOLE
        return time.add(start, part) if part else max(start, min(strict, end))
    more = time.between(start, end) * (share - WHOLE) / WHOLE
    return time.add(end, more) if more else max(start, end)


def begins(day: Day, county: County) -> dt.datetime:
    """When a day, a half of it, or a time on it begins, where people work in the county's hours."""
    spans = county.process.hours.spans
    opening = spans[-1][0] if day.half == "下午" and len(spans) > 1 else spans[0][0]
    return dt.datetime.combine(day.date, day.time or opening, CHINA)


def spans_of(day: Day, county: County) -> tuple[Window, ...]:
    """The hours of work that a day, a half of it, or a time on it leaves to come in."""
    since = begins(day, county)
    spans = [
        (dt.datetime.combine(day.date, opens, CHINA), dt.datetime.combine(day.date, closes, CHINA))
        for opens, closes in county.process.hours.spans
    ]
    halved = spans[:1] if day.half == "上午" and len(spans) > 1 else spans
    return tuple(Window(start=max(opens, since), end=closes) for opens, closes in halved if since < closes)


def working_time(county: County) -> WorkingTime:
    """The time in which people of this county work."""
    return WorkingTime(calendar=county.calendar, hours=county.process.hours)
