"""The working calendar: the State Council's notices, make-up workdays, and what follows from them (R7, R31)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.calendar import CalendarChange, changed, national_calendar
from model.calendar import CHINA, Length
from routing.limits import due_of
from tests.shipped import shipped

CALENDAR = national_calendar()
DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2026, 11, 30))


def day(text: str) -> dt.date:
    """A date from its ISO form."""
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("date", "works"),
    [
        # 2026: 春节 2 月 15–23 日放假，2 月 14 日、28 日上班；元旦 1 月 1–3 日，1 月 4 日上班；国庆 10 月 1–7 日。
        ("2026-01-01", False),
        ("2026-01-02", False),
        ("2026-01-04", True),
        ("2026-02-13", True),
        ("2026-02-14", True),
        ("2026-02-16", False),
        ("2026-02-23", False),
        ("2026-02-24", True),
        ("2026-02-28", True),
        ("2026-03-01", False),
        ("2026-04-06", False),
        ("2026-05-09", True),
        ("2026-09-20", True),
        ("2026-09-25", False),
        ("2026-10-07", False),
        ("2026-10-10", True),
        # 2025: 国庆和中秋 10 月 1–8 日，9 月 28 日、10 月 11 日上班。
        ("2025-09-28", True),
        ("2025-10-08", False),
        ("2025-10-11", True),
        ("2025-10-12", False),
    ],
)
def test_published_days(date: str, works: bool) -> None:
    """Spot checks against the notices, weekends turned into workdays included."""
    assert CALENDAR.is_workday(day(date)) is works


def test_years_and_source() -> None:
    """The published years and where they come from."""
    assert (CALENDAR.first_year, CALENDAR.last_year) == (2004, 2026)
    assert CALENDAR.source.startswith("chinesecalendar 1.")


def test_due_days() -> None:
    """The first day is not counted, unless 自…当日起 is read strictly (R7, X48)."""
    monday = day("2026-03-02")
    assert CALENDAR.due_day(monday, 1) == (day("2026-03-03"), False)
    assert CALENDAR.due_day(monday, 2) == (day("2026-03-04"), False)
    assert CALENDAR.due_day(monday, 2, count_first=True) == (day("2026-03-03"), False)
    # Over the Spring Festival: the Saturday before it is a workday, the next one is Tuesday the 24th.
    assert CALENDAR.due_day(day("2026-02-13"), 2) == (day("2026-02-24"), False)
    # Into a year nobody has published.
    assert CALENDAR.due_day(day("2026-12-31"), 1) == (day("2027-01-01"), True)


def test_closing_time_is_chinese_time() -> None:
    """A message late in the evening UTC belongs to the next Chinese day."""
    due = due_of(Length(days=1), shipped()["xinxiang"], dt.datetime(2026, 3, 2, 18, 0, tzinfo=dt.UTC))
    assert due.at == dt.datetime(2026, 3, 4, 17, 30, tzinfo=CHINA)


@given(DAYS, st.integers(1, 20), st.booleans())
def test_due_day_counts_workdays(start: dt.date, days: int, count_first: bool) -> None:
    """The due day is a workday, and exactly so many workdays lie behind the start (or from it on, if it counts)."""
    due, _ = CALENDAR.due_day(start, days, count_first=count_first)
    first = start if count_first else start + dt.timedelta(days=1)
    span = [first + dt.timedelta(days=one) for one in range((due - first).days + 1)]
    assert CALENDAR.is_workday(due)
    assert sum(map(CALENDAR.is_workday, span)) == days


@given(DAYS, st.integers(1, 20))
def test_due_day_never_goes_back(start: dt.date, days: int) -> None:
    """Starting later or having more days never ends sooner; the strict reading is never later."""
    due, _ = CALENDAR.due_day(start, days)
    assert CALENDAR.due_day(start + dt.timedelta(days=1), days)[0] >= due
    assert CALENDAR.due_day(start, days + 1)[0] > due
    assert CALENDAR.due_day(start, days, count_first=True)[0] <= due


@given(st.sets(DAYS, max_size=4), st.sets(DAYS, max_size=4))
def test_changes_count_last(off: set[dt.date], on: set[dt.date]) -> None:
    """What a county changes overrides the national calendar."""
    calendar = changed(CALENDAR, CalendarChange(holidays=tuple(off - on), workdays=tuple(on)))
    assert all(calendar.is_workday(one) for one in on)
    assert not any(calendar.is_workday(one) for one in off - on)
