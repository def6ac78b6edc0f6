"""The working calendar against a second library that was made by others, on every day (R7, R31)."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator

import chinese_calendar
import holidays
import pytest

from config.calendar import FIRST_YEAR, LAST_YEAR, national_calendar

CALENDAR = national_calendar()
ORACLE = holidays.China(years=range(FIRST_YEAR, LAST_YEAR + 1))
ONE_DAY = dt.timedelta(days=1)
SATURDAY = 5


def days(first: int, last: int) -> Iterator[dt.date]:
    """Every day of these years."""
    day = dt.date(first, 1, 1)
    while day.year <= last:
        yield day
        day += ONE_DAY


WORKDAYS = [day for day in days(2015, LAST_YEAR) if ORACLE.is_working_day(day)]


def test_every_day() -> None:
    """Both say the same of every day that was ever published."""
    differ = [day for day in days(FIRST_YEAR, LAST_YEAR) if CALENDAR.is_workday(day) != ORACLE.is_working_day(day)]
    assert differ == []


def test_the_day_on_which_the_libraries_differ() -> None:
    """2005-12-31: 国办发明电〔2005〕35号 says "12月31日（星期六）上班"; `chinesecalendar` alone has it as a day off.

    The notice decides, so the day is added by hand. When this fails the library has learnt it, and the line can go.
    """
    differ = [
        day for day in days(FIRST_YEAR, LAST_YEAR) if chinese_calendar.is_workday(day) != CALENDAR.is_workday(day)
    ]
    assert differ == [dt.date(2005, 12, 31)]
    assert CALENDAR.is_workday(dt.date(2005, 12, 31))


def test_makeup_workdays() -> None:
    """Saturdays and Sundays on which people work (调休), by name, and no others."""
    ours = sorted(day for day in CALENDAR.workdays if day.year >= 2015)
    theirs = [day for day in WORKDAYS if day.weekday() >= SATURDAY]
    assert ours == theirs
    # 2026 as the notice has it: 元旦, 春节 twice, 劳动节, 国庆 twice.
    of_2026 = [day.isoformat()[5:] for day in ours if day.year == 2026]
    assert of_2026 == ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]


@pytest.mark.parametrize("count", [1, 2, 5, 10])
def test_due_days(count: int) -> None:
    """So many working days from every day of 2015–2026 end where a count over the other library alone ends."""
    wrong, open_ended = [], []
    for start in days(2015, LAST_YEAR):
        at = bisect_right(WORKDAYS, start) + count - 1
        if at >= len(WORKDAYS):
            open_ended.append(start)
        elif CALENDAR.due_day(start, count) != (WORKDAYS[at], False):
            wrong.append(start)
    assert wrong == []
    # The last days of the last year: the count goes on into a year nobody has published.
    assert open_ended
    assert open_ended[0] >= WORKDAYS[-count]
    for start in open_ended:
        due, provisional = CALENDAR.due_day(start, count)
        assert provisional
        inside = sum(day > start for day in WORKDAYS)
        assert due == mondays_to_fridays(LAST_YEAR + 1, count - inside)


@pytest.mark.parametrize("count", [1, 2, 5, 10])
def test_first_day_counted(count: int) -> None:
    """自…当日起: as if it had begun the day before (R7)."""
    for start in days(2015, LAST_YEAR):
        at = bisect_right(WORKDAYS, start - ONE_DAY) + count - 1
        if at < len(WORKDAYS):
            assert CALENDAR.due_day(start, count, count_first=True)[0] == WORKDAYS[at]


def mondays_to_fridays(year: int, count: int) -> dt.date:
    """The so many-th weekday of a year: all that is known before its holidays are published."""
    weekdays = (day for day in days(year, year) if day.weekday() < SATURDAY)
    return [next(weekdays) for _ in range(count)][-1]
