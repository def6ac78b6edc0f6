"""How long a step may take in a county, and when who is warned: limits as instants (C5–C7, R7, J35)."""

import datetime as dt
from collections.abc import Iterator, Mapping

from model.calendar import CHINA, Due, Length, WorkingTime
from model.county import County
from model.draft import Answer
from model.holding import holds
from model.process import Step

WHOLE = 100
"""The share of a limit, in percent, that is its end."""


def limit_of(step: Step, county: County, answers: Mapping[str, Answer]) -> Length | None:
    """The limit of this step where the form was answered so; None if the county gives none."""
    rule = county.process.rule(step)
    if rule is None or rule.limit is None:
        return None
    return next((one.limit for one in rule.limit.instead if holds(one.when, answers)), rule.limit)


def due_of(length: Length, county: County, start: dt.datetime) -> Due:
    """When a limit of this length ends that begins to run at `start`, and when by the stricter reading (R7)."""
    calendar, begins = county.calendar, start.astimezone(CHINA).date()
    by = length.model_dump(include=set(Length.model_fields))
    if length.days is not None:
        day, provisional = calendar.due_day(begins, length.days, count_first=length.count_first)
        strict, _ = calendar.due_day(begins, length.days, count_first=True)
        at, first = (dt.datetime.combine(one, county.process.closes, CHINA) for one in (day, strict))
        return Due(**by, at=at, strict=first, provisional=provisional)
    if length.hours is not None:
        return Due(**by, at=start + dt.timedelta(hours=length.hours))
    end = working_time(county).add(start, dt.timedelta(hours=length.working_hours or 0))
    known = calendar.published(begins) and calendar.published(end.astimezone(CHINA).date())
    return Due(**by, at=end, provisional=not known)


def warned_at(due: Due, start: dt.datetime, county: County) -> Iterator[tuple[int, dt.datetime]]:
    """The county's warnings of this deadline: the share of the limit in percent, and when it is reached.

    Up to the end the share is of the working time until the stricter deadline, of natural time for a limit in natural
    hours; the end is the deadline itself; beyond it, the share goes on in working time. None comes before `start`.
    """
    time = working_time(county)
    natural = due.hours is not None
    whole = due.at - start if natural else time.between(start, due.at)
    strict = due.strict or due.at
    careful = strict - start if natural else time.between(start, strict)
    for one in county.process.warnings:
        if one.share == WHOLE:
            at = due.at
        elif one.share < WHOLE:
            part = careful * one.share / WHOLE
            at = start + part if natural else time.add(start, part) if part else max(start, min(strict, due.at))
        else:
            more = whole * (one.share - WHOLE) / WHOLE
            at = due.at + more if natural else time.add(due.at, more)
        yield one.share, max(at, start)


def working_time(county: County) -> WorkingTime:
    """The time in which people of this county work."""
    return WorkingTime(calendar=county.calendar, hours=county.process.hours)
