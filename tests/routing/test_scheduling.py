"""Windows intersect, and the time found is the earliest that suits everybody: properties (X30)."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from model.calendar import CHINA, OpeningHours, WorkingCalendar, WorkingTime
from model.times import Window
from routing.scheduling import SLOT, common, earliest, half_days, holds_slot, merged, most_suited, slots, without

MONDAY = dt.datetime(2026, 11, 23, tzinfo=CHINA)
END = MONDAY + dt.timedelta(days=3)
WORK = WorkingTime(calendar=WorkingCalendar(first_year=2026, last_year=2026), hours=OpeningHours())

minutes = st.integers(0, 3 * 24 * 12 - 1).map(lambda n: n * 5)


@st.composite
def windows(draw: st.DrawFn) -> list[Window]:
    """Some windows of three days, by five minutes; they may touch and overlap."""
    pairs = draw(st.lists(st.tuples(minutes, st.integers(1, 100)), max_size=4))
    return [
        Window(
            start=MONDAY + dt.timedelta(minutes=start), end=min(END, MONDAY + dt.timedelta(minutes=start + 5 * length))
        )
        for start, length in pairs
        if MONDAY + dt.timedelta(minutes=start) < END
    ]


busy = st.sets(st.integers(0, 143).map(lambda n: MONDAY + n * SLOT), max_size=30)
everybody = st.lists(windows(), min_size=1, max_size=4)
ALL_SLOTS = [MONDAY + n * SLOT for n in range(144)]


def inside(one: list[Window] | tuple[Window, ...], at: dt.datetime) -> bool:
    return any(window.start <= at < window.end for window in one)


@given(times=everybody, held=busy)
def test_the_time_found_suits_everybody(times: list[list[Window]], held: set[dt.datetime]) -> None:
    """It lies in everybody's windows and in nobody's busy half hour, and no earlier half hour does."""
    free = [without(one, held) for one in times]
    good = [
        slot
        for slot in ALL_SLOTS
        if slot not in held and all(holds_slot(merged(one), slot) for one in times) and slot >= MONDAY
    ]
    assert earliest(free, MONDAY, END) == (good[0] if good else None)


@given(times=everybody, after=minutes, until=minutes)
def test_not_sooner_and_not_later(times: list[list[Window]], after: int, until: int) -> None:
    begins, ends = MONDAY + dt.timedelta(minutes=after), MONDAY + dt.timedelta(minutes=until)
    found = earliest(times, begins, ends)
    assert found is None or begins <= found <= ends - SLOT


@given(one=windows(), held=busy)
def test_no_slot_is_lost(one: list[Window], held: set[dt.datetime]) -> None:
    """What is cut out are the busy half hours, and nothing else."""
    left = without(one, held)
    for minute in range(0, 3 * 24 * 60, 5):
        at = MONDAY + dt.timedelta(minutes=minute)
        taken = any(slot <= at < slot + SLOT for slot in held)
        assert inside(left, at) == (inside(one, at) and not taken)


@given(one=windows(), other=windows())
def test_common_is_in_both(one: list[Window], other: list[Window]) -> None:
    both = common(one, other)
    for minute in range(0, 3 * 24 * 60, 5):
        at = MONDAY + dt.timedelta(minutes=minute)
        assert inside(both, at) == (inside(one, at) and inside(other, at))
    assert common(other, one) == both


@given(times=everybody)
def test_what_suits_most_comes_first(times: list[list[Window]]) -> None:
    """No half-day has a half hour that suits more people than the one offered of it."""

    def suits(at: dt.datetime) -> int:
        return sum(holds_slot(merged(one), at) for one in times)

    joined = [merged(one) for one in times]
    found = most_suited(joined, MONDAY, END, 3)
    assert list(found) == sorted(found)
    for at in found:
        half = [slot for slot in ALL_SLOTS if slot.date() == at.date() and (slot.hour < 12) == (at.hour < 12)]
        assert suits(at) == max(map(suits, half)) > 0
    if found:
        assert max(map(suits, found)) == max(map(suits, ALL_SLOTS))


def test_half_days_are_working_time() -> None:
    """Cut at both ends; no weekend."""
    friday = dt.datetime(2026, 11, 27, 9, 30, tzinfo=CHINA)
    found = [
        (f"{one.start:%m-%d %H:%M}", f"{one.end:%H:%M}")
        for one in half_days(WORK, friday, friday.replace(month=12, day=1))
    ]
    assert found == [
        ("11-27 09:30", "12:00"),
        ("11-27 14:00", "17:30"),
        ("11-30 08:30", "12:00"),
        ("11-30 14:00", "17:30"),
        ("12-01 08:30", "09:30"),
    ]


def test_slots_are_whole_half_hours() -> None:
    window = Window(start=MONDAY.replace(hour=9, minute=10), end=MONDAY.replace(hour=10, minute=40))
    assert [f"{slot:%H:%M}" for slot in slots(window)] == ["09:30", "10:00"]
