"""Working-day arithmetic (R31): weekdays by the State Council's notices, with make-up workdays (调休); Asia/Shanghai."""

import datetime as dt
from zoneinfo import ZoneInfo

from model.frozen import Frozen

CHINA = ZoneInfo("Asia/Shanghai")


class WorkingCalendar(Frozen):
    """Holidays on weekdays and workdays on weekends, for the published years `first_year`–`last_year`."""

    first_year: int
    last_year: int
    holidays: frozenset[dt.date] = frozenset()
    workdays: frozenset[dt.date] = frozenset()
    source: str = ""

    def is_workday(self, day: dt.date) -> bool:
        """Whether people work on this day; in a year nobody has published, Monday to Friday."""
        return day in self.workdays or (day.weekday() < 5 and day not in self.holidays)

    def published(self, day: dt.date) -> bool:
        """Whether the year of this day has been published."""
        return self.first_year <= day.year <= self.last_year

    def due_day(self, start: dt.date, days: int, *, count_first: bool = False) -> tuple[dt.date, bool]:
        """The day on which `days` working days from `start` end, and whether that is provisional (R7).

        The first day is not counted unless `count_first` (and it is a workday). Provisional: the count crosses into a
        year nobody has published. `days` is at least 1.
        """
        left, day = days, start
        if count_first and self.is_workday(start):
            left -= 1
        while left > 0:
            day += dt.timedelta(days=1)
            left -= self.is_workday(day)
        return day, not (self.published(start) and self.published(day))


class Due(Frozen):
    """A deadline: the instant, how many working days it was counted from, and whether it is provisional."""

    at: dt.datetime
    days: int
    provisional: bool = False


def due_at(
    calendar: WorkingCalendar, start: dt.datetime, days: int, closes: dt.time, *, count_first: bool = False
) -> Due:
    """The deadline `days` working days after the instant `start`: closing time `closes` of the last day, Asia/Shanghai."""
    day, provisional = calendar.due_day(start.astimezone(CHINA).date(), days, count_first=count_first)
    return Due(at=dt.datetime.combine(day, closes, CHINA), days=days, provisional=provisional)
