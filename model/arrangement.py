"""The days off of one year (放假安排), as the State Council's yearly notice says them, and the calendar that counts by it (R31)."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from pydantic import Field

from model.calendar import WorkingCalendar
from model.frozen import Frozen

_SATURDAY: Final = 5
FEASTS: Final = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")
"""What every notice names, alone or together with another (全国年节及纪念日放假办法)."""


class Span(Frozen):
    """From a day to a day, both of them in it."""

    first: dt.date
    last: dt.date

    @property
    def days(self) -> tuple[dt.date, ...]:
        """Every day of it, in order."""
        return tuple(self.first + dt.timedelta(days=one) for one in range((self.last - self.first).days + 1))


class Feast(Frozen):
    """One line of the notice: what it is called, the days off with the weekends in them, and the weekend days worked for it (调休)."""

    name: str = Field(min_length=1, max_length=20)
    off: tuple[Span, ...] = ()
    worked: tuple[dt.date, ...] = ()


class Arrangement(Frozen):
    """What the notice of a year says. `source`: which notice it is, as far as somebody wrote it down."""

    year: int
    feasts: tuple[Feast, ...] = ()
    source: str = ""

    @property
    def off(self) -> frozenset[dt.date]:
        """The days off."""
        return frozenset(day for feast in self.feasts for span in feast.off for day in span.days)

    @property
    def worked(self) -> frozenset[dt.date]:
        """The weekend days on which people work."""
        return frozenset(day for feast in self.feasts for day in feast.worked)


def governed(year: int) -> Span:
    """The days that the notice of a year speaks of: from 25 December before it, for New Year's Day takes weekends of the old year
    with it (2018年12月29日上班), to 24 December. Each day belongs to one notice.
    """
    return Span(first=dt.date(year - 1, 12, 25), last=dt.date(year, 12, 24))


def year_of(day: dt.date) -> int:
    """The year whose notice speaks of this day."""
    return day.year + (day > governed(day.year).last)


def calendar_under(seed: WorkingCalendar, arrangements: Mapping[int, Arrangement], mark: str = "") -> WorkingCalendar:
    """The calendar of the files, with these years as they were uploaded instead; `mark` says in its source which ones.

    A year counts as published when all between the files' last one and itself are there.
    """
    off = {day for day in seed.holidays if year_of(day) not in arrangements}
    worked = {day for day in seed.workdays if year_of(day) not in arrangements}
    for one in arrangements.values():
        off |= {day for day in one.off if day.weekday() < _SATURDAY}
        worked |= {day for day in one.worked if day.weekday() >= _SATURDAY}
    last = seed.last_year
    while last + 1 in arrangements:
        last += 1
    return WorkingCalendar(
        first_year=seed.first_year,
        last_year=last,
        holidays=frozenset(off),
        workdays=frozenset(worked),
        source="；".join(part for part in (seed.source, mark) if part),
    )


def changed_days(before: WorkingCalendar, after: WorkingCalendar) -> tuple[dt.date, ...]:
    """The days on which people work by one of two calendars and not by the other, in order."""
    named = (before.holidays ^ after.holidays) | (before.workdays ^ after.workdays)
    return tuple(sorted(day for day in named if before.is_workday(day) != after.is_workday(day)))
