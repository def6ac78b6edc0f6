"""Limits as instants: working days, working hours, natural hours, and the warnings on the way (C5–C7, R7, J35)."""

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from config.calendar import national_calendar
from model.calendar import CHINA, Due, Length, OpeningHours, WorkingTime
from model.condition import Answered, Has
from model.draft import Answer
from model.process import Limit, OtherLimit
from model.values import Day, Pick, Picks
from routing.limits import begins, due_of, limit_of
from tests.routing.clocks import at, county
from tests.routing.county import NOW

CALENDAR = national_calendar()
COUNTY = county()
FIRST, LAST = dt.datetime(2015, 1, 1), dt.datetime(2026, 11, 30)
INSTANTS = st.datetimes(FIRST, LAST).map(lambda one: one.replace(tzinfo=CHINA))
WORK = st.timedeltas(dt.timedelta(), dt.timedelta(days=10))
MORE = st.timedeltas(dt.timedelta(microseconds=1), dt.timedelta(days=10))


@st.composite
def opening_hours(draw: st.DrawFn) -> OpeningHours:
    """Any hours a county may have: up to three spans, to the minute."""
    minutes = draw(st.lists(st.integers(0, 24 * 60 - 1), min_size=2, max_size=6, unique=True).map(sorted))
    ends = [dt.time(one // 60, one % 60) for one in minutes]
    return OpeningHours(spans=tuple(zip(ends[::2], ends[1::2], strict=False)))


# A day needs at least an hour of work, or the counts go on for years.
HOURS = opening_hours().filter(lambda one: length_of_day(one) >= dt.timedelta(hours=1))


def length_of_day(hours: OpeningHours) -> dt.timedelta:
    """How long people work on a day."""
    return sum(
        (dt.timedelta(hours=b.hour - a.hour, minutes=b.minute - a.minute) for a, b in hours.spans), dt.timedelta()
    )


LENGTHS = st.one_of(
    st.builds(Length, days=st.integers(1, 12), count_first=st.booleans()),
    st.builds(Length, working_hours=st.integers(1, 60)),
    st.builds(Length, hours=st.integers(1, 200)),
)


def open_at(time: WorkingTime, moment: dt.datetime) -> bool:
    """Whether people work at this moment, the closing times included."""
    local = moment.astimezone(CHINA)
    works = time.calendar.is_workday(local.date())
    return works and any(opens <= local.time() <= closes for opens, closes in time.hours.spans)


@given(INSTANTS, WORK, HOURS)
def test_between_is_the_inverse_of_add(start: dt.datetime, work: dt.timedelta, hours: OpeningHours) -> None:
    time = WorkingTime(calendar=CALENDAR, hours=hours)
    assert time.between(start, time.add(start, work)) == work


@given(INSTANTS, MORE, HOURS)
def test_add_ends_while_people_work(start: dt.datetime, work: dt.timedelta, hours: OpeningHours) -> None:
    time = WorkingTime(calendar=CALENDAR, hours=hours)
    end = time.add(start, work)
    assert end > start
    assert open_at(time, end)


@given(INSTANTS, WORK, MORE, HOURS)
def test_more_never_ends_sooner(
    start: dt.datetime, work: dt.timedelta, more: dt.timedelta, hours: OpeningHours
) -> None:
    """More work ends later; beginning later never ends sooner; in two parts it is the same as in one."""
    time = WorkingTime(calendar=CALENDAR, hours=hours)
    assert time.add(start, work + more) > time.add(start, work)
    assert time.add(start + more, work) >= time.add(start, work)
    assert time.add(time.add(start, work), more) == time.add(start, work + more)


@given(INSTANTS, st.timedeltas(dt.timedelta(), dt.timedelta(days=20)), HOURS)
def test_between_is_counted_minute_by_minute(start: dt.datetime, span: dt.timedelta, hours: OpeningHours) -> None:
    """Of any span, as much counts as of its days taken one by one; nothing where the end is not later."""
    time = WorkingTime(calendar=CALENDAR, hours=hours)
    end, total, day = start + span, dt.timedelta(), start.date()
    while day <= end.date():
        for opens, closes in hours.spans if CALENDAR.is_workday(day) else ():
            first = max(start, dt.datetime.combine(day, opens, CHINA))
            last = min(end, dt.datetime.combine(day, closes, CHINA))
            total += max(last - first, dt.timedelta())
        day += dt.timedelta(days=1)
    assert time.between(start, end) == total
    assert time.between(end, start) == dt.timedelta()


@pytest.mark.parametrize(
    ("start", "length", "due"),
    [
        # Working days, to 17:30; the first is not counted (R7).
        ("2026-03-02 09:00", {"days": 1}, "2026-03-03 17:30"),
        ("2026-03-02 23:59", {"days": 1}, "2026-03-03 17:30"),
        ("2026-03-03 00:00", {"days": 1}, "2026-03-04 17:30"),
        ("2026-03-06 16:00", {"days": 1}, "2026-03-09 17:30"),  # over a weekend
        ("2026-03-07 10:00", {"days": 1}, "2026-03-09 17:30"),  # begins on a Saturday
        ("2026-02-13 16:00", {"days": 1}, "2026-02-14 17:30"),  # the Saturday before 春节 is a workday
        ("2026-02-14 16:00", {"days": 1}, "2026-02-24 17:30"),  # and then nine days off
        ("2026-09-30 16:00", {"days": 2}, "2026-10-09 17:30"),
        ("2026-09-30 16:00", {"days": 3}, "2026-10-10 17:30"),  # 调休
        # 自受理当日起 (X48): the day itself is the first, if any of its work is left.
        ("2026-03-02 09:00", {"days": 1, "count_first": True}, "2026-03-02 17:30"),
        ("2026-03-02 17:29", {"days": 2, "count_first": True}, "2026-03-03 17:30"),
        ("2026-03-02 17:30", {"days": 1, "count_first": True}, "2026-03-03 17:30"),
        ("2026-03-02 20:00", {"days": 2, "count_first": True}, "2026-03-04 17:30"),
        ("2026-03-07 10:00", {"days": 1, "count_first": True}, "2026-03-09 17:30"),
        # Working hours, 8:30–12:00 and 14:00–17:30.
        ("2026-03-02 09:00", {"working_hours": 2}, "2026-03-02 11:00"),
        ("2026-03-02 11:00", {"working_hours": 2}, "2026-03-02 15:00"),  # over lunch
        ("2026-03-02 12:30", {"working_hours": 1}, "2026-03-02 15:00"),  # begins at lunch
        ("2026-03-02 10:00", {"working_hours": 2}, "2026-03-02 12:00"),  # ends when lunch begins
        ("2026-03-02 17:00", {"working_hours": 1}, "2026-03-03 09:00"),  # over a night
        ("2026-03-02 22:00", {"working_hours": 1}, "2026-03-03 09:30"),  # begins at night
        ("2026-03-02 06:00", {"working_hours": 1}, "2026-03-02 09:30"),
        ("2026-03-06 17:00", {"working_hours": 1}, "2026-03-09 09:00"),  # over a weekend
        ("2026-02-14 17:00", {"working_hours": 1}, "2026-02-24 09:00"),  # over 春节
        ("2026-02-17 12:00", {"working_hours": 4}, "2026-02-24 14:30"),  # begins on 初一
        ("2026-03-02 08:30", {"working_hours": 7}, "2026-03-02 17:30"),  # a whole day
        ("2026-03-02 08:30", {"working_hours": 14}, "2026-03-03 17:30"),
        # Natural hours go on through nights and holidays.
        ("2026-03-02 17:00", {"hours": 24}, "2026-03-03 17:00"),
        ("2026-02-16 23:00", {"hours": 2}, "2026-02-17 01:00"),
    ],
)
def test_by_hand(start: str, length: dict[str, int], due: str) -> None:
    found = due_of(Length.model_validate(length), COUNTY, at(start))
    assert found.at == at(due)
    assert not found.provisional


@given(LENGTHS, INSTANTS)
def test_where_the_clock_stands_does_not_matter(length: Length, start: dt.datetime) -> None:
    """The same instant told in another zone is the same deadline, with the same warnings."""
    assert due_of(length, COUNTY, start.astimezone(dt.UTC)) == due_of(length, COUNTY, start)


@pytest.mark.parametrize(
    ("start", "length", "provisional"),
    [
        ("2026-12-30 16:00", {"days": 1}, False),
        ("2026-12-31 16:00", {"days": 1}, True),
        ("2026-12-31 16:00", {"working_hours": 1}, False),
        ("2026-12-31 17:00", {"working_hours": 1}, True),
        ("2026-12-31 23:30", {"hours": 2}, False),  # no calendar is needed for it
        ("2027-01-05 09:00", {"working_hours": 1}, True),
    ],
)
def test_provisional(start: str, length: dict[str, int], provisional: bool) -> None:
    """A count that crosses into a year nobody has published may still change."""
    assert due_of(Length.model_validate(length), COUNTY, at(start)).provisional is provisional


def test_limits_chosen_by_answers() -> None:
    """The first that fits stands instead of the usual one; a step without a limit has none."""
    limit = Limit(
        days=5,
        instead=(
            OtherLimit(when=Has(field="networks", has=("电信",)), limit=Length(working_hours=4)),
            OtherLimit(when=Answered(field="networks", answered=True), limit=Length(hours=48)),
        ),
    )
    one = county(("survey", limit))

    def chosen(*options: str) -> Length | None:
        answers = {}
        if options:
            picks = Picks(picks=tuple(Pick(option=option) for option in options))
            answers["networks"] = Answer(value=picks, by="applicant", at=NOW)
        return limit_of("survey", one, answers)

    assert chosen() == limit
    assert chosen("移动") == Length(hours=48)
    assert chosen("移动", "电信") == Length(working_hours=4)
    assert limit_of("contact", one, {}) is None
    due = due_of(limit, one, at("2026-03-02 09:00"))
    assert (due.days, due.working_hours, due.hours) == (5, None, None)


def test_one_length_of_three() -> None:
    """A limit is in days, in working hours or in hours; only the first of days can be counted."""
    for wrong in ({}, {"days": 1, "hours": 2}, {"hours": 1, "count_first": True}, {"days": 0}):
        with pytest.raises(ValidationError):
            Length.model_validate(wrong)


@given(LENGTHS, INSTANTS, HOURS)
def test_warnings_in_order(length: Length, start: dt.datetime, hours: OpeningHours) -> None:
    """In the order of their shares, none before the start, 100 is the end itself, 200 as much work again."""
    one = county(hours=hours)
    one = one.model_copy(update={"process": one.process.model_copy(update={"closes": hours.closes})})
    due = due_of(length, one, start)
    moments = [start, *(warning.at for warning in due.warnings)]
    assert moments == sorted(moments)
    assert due.at > start
    by_share = {warning.share: warning.at for warning in due.warnings}
    assert list(by_share) == [50, 80, 100, 200]
    assert by_share[100] == due.at
    assert by_share[80] < due.at
    time = WorkingTime(calendar=one.calendar, hours=hours)
    if length.hours is not None:
        assert by_share[200] - due.at == due.at - start
    else:
        assert time.between(due.at, by_share[200]) == time.between(start, due.at)
        assert all(open_at(time, moment) for moment in by_share.values())


@given(st.integers(1, 12), INSTANTS)
def test_warnings_go_by_the_stricter_reading(days: int, start: dt.datetime) -> None:
    """R7: those before the end are shares of the time until the last day when the first is counted."""
    due = due_of(Length(days=days), COUNTY, start)
    strict = due_of(Length(days=days, count_first=True), COUNTY, start)
    assert due.warnings[:2] == strict.warnings[:2]
    assert strict.at <= due.at
    time = WorkingTime(calendar=COUNTY.calendar)
    assume(CALENDAR.is_workday(start.date()))
    # By hand: half of what is left to work until the stricter end.
    assert time.between(start, due.warnings[0].at) * 2 == pytest.approx(
        time.between(start, strict.at), abs=dt.timedelta(microseconds=2)
    )


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        # In the morning: the stricter reading ends today, and the end itself is tomorrow.
        ("2026-03-02 08:30", ["2026-03-02 12:00", "2026-03-02 16:06", "2026-03-03 17:30", "2026-03-05 17:30"]),
        # After work: nothing of today is left, so there is nothing stricter to warn by.
        ("2026-03-02 20:00", ["2026-03-03 12:00", "2026-03-03 16:06", "2026-03-03 17:30", "2026-03-04 17:30"]),
        # On a day off, before 春节 and in the middle of it.
        ("2026-03-07 10:00", ["2026-03-09 12:00", "2026-03-09 16:06", "2026-03-09 17:30", "2026-03-10 17:30"]),
        ("2026-02-17 03:00", ["2026-02-24 12:00", "2026-02-24 16:06", "2026-02-24 17:30", "2026-02-25 17:30"]),
    ],
)
def test_warnings_by_hand(start: str, expected: list[str]) -> None:
    due = due_of(Length(days=1), COUNTY, at(start))
    assert [warning.at for warning in due.warnings] == [at(one) for one in expected]


def test_no_warnings_where_a_county_wants_none() -> None:
    assert due_of(Length(days=1), county(warnings={}), at("2026-03-02 09:00")).warnings == ()


@given(LENGTHS, INSTANTS)
def test_read_back(length: Length, start: dt.datetime) -> None:
    """A deadline is kept inside an event, and read back as it was."""
    due = due_of(length, COUNTY, start)
    assert Due.model_validate_json(due.model_dump_json()) == due


@pytest.mark.parametrize(
    ("day", "begins_at"),
    [
        (Day(date=dt.date(2026, 12, 10)), "2026-12-10 08:30"),
        (Day(date=dt.date(2026, 12, 10), half="上午"), "2026-12-10 08:30"),
        (Day(date=dt.date(2026, 12, 10), half="下午"), "2026-12-10 14:00"),
        (Day(date=dt.date(2026, 12, 10), time=dt.time(9, 15)), "2026-12-10 09:15"),
    ],
)
def test_when_a_planned_day_begins(day: Day, begins_at: str) -> None:
    """R27: the applicant's planned time, where people work in the county's hours."""
    assert begins(day, COUNTY) == at(begins_at)
