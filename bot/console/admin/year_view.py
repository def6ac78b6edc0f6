"""A year of a calendar as twelve months of weeks, each day with what is said of it in words."""

import calendar as _months
import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Literal

from model.calendar import WorkingCalendar

_SATURDAY: Final = 5
_MONTHS: Final = range(1, 13)


@dataclass(frozen=True, slots=True)
class Day:
    """`mark`: a day off that the weekend does not explain, or a weekend day worked; `changed`: it was otherwise before."""

    date: dt.date
    mark: Literal["", "off", "worked"]
    weekend: bool
    changed: bool


@dataclass(frozen=True, slots=True)
class Month:
    """Weeks from Monday to Sunday; None where a day is of another month."""

    number: int
    weeks: tuple[tuple[Day | None, ...], ...]


def year_of_months(
    year: int, calendar: WorkingCalendar, off: Collection[dt.date] = (), changed: Collection[dt.date] = ()
) -> tuple[Month, ...]:
    """`off`: the days off of a notice with their weekends, which a calendar alone does not tell from others."""

    def day(date: dt.date) -> Day:
        weekend, works = date.weekday() >= _SATURDAY, calendar.is_workday(date)
        mark: Literal["", "off", "worked"] = "worked" if weekend and works else ""
        if not works and (not weekend or date in off):
            mark = "off"
        return Day(date, mark, weekend, date in changed)

    weeks = _months.Calendar()
    return tuple(
        Month(
            month,
            tuple(
                tuple(day(date) if date.month == month else None for date in week)
                for week in weeks.monthdatescalendar(year, month)
            ),
        )
        for month in _MONTHS
    )
