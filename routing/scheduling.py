"""A time that suits everybody: windows intersect, and the earliest half hour in them that nobody has elsewhere is found.

Pure arithmetic of windows; what they are for and who is asked is decided in `routing.gathering`.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from model.calendar import CHINA, WorkingTime
from model.times import Window

_NOON: Final = 12
SLOT: Final = dt.timedelta(minutes=30)
"""An appointment holds a half hour of everybody's time."""


def slot_of(at: dt.datetime) -> dt.datetime:
    """The half hour in which an instant lies."""
    local = at.astimezone(CHINA)
    return local.replace(minute=local.minute - local.minute % 30, second=0, microsecond=0)


def up_to_slot(at: dt.datetime) -> dt.datetime:
    """The next half hour, or this instant where one begins."""
    return slot_of(at) if slot_of(at) == at else slot_of(at) + SLOT


def slots(window: Window) -> Iterator[dt.datetime]:
    """The whole half hours of a window, in order."""
    slot = up_to_slot(window.start)
    while slot + SLOT <= window.end:
        yield slot
        slot += SLOT


def common(one: Sequence[Window], other: Sequence[Window]) -> tuple[Window, ...]:
    """What lies in both."""
    both = (
        Window(start=max(a.start, b.start), end=min(a.end, b.end))
        for a in one
        for b in other
        if max(a.start, b.start) < min(a.end, b.end)
    )
    return merged(both)


def merged(windows: Iterable[Window]) -> tuple[Window, ...]:
    """The same time as few windows, in order."""
    found = list[Window]()
    for one in sorted(windows, key=lambda window: (window.start, window.end)):
        if found and one.start <= found[-1].end:
            found[-1] = Window(start=found[-1].start, end=max(found[-1].end, one.end))
        else:
            found.append(one)
    return tuple(found)


def without(windows: Iterable[Window], busy: Collection[dt.datetime]) -> tuple[Window, ...]:
    """The windows with the half hours cut out in which somebody is elsewhere."""
    left = merged(windows)
    for slot in sorted(busy):
        begins, ends = slot_of(slot), slot_of(slot) + SLOT
        pieces = (
            Window(start=start, end=end)
            for one in left
            for start, end in ((one.start, min(one.end, begins)), (max(one.start, ends), one.end))
            if start < end
        )
        left = merged(pieces)
    return left


def earliest(times: Collection[Sequence[Window]], after: dt.datetime, until: dt.datetime) -> dt.datetime | None:
    """The first half hour, after one instant and over by another, that lies in a window of everybody's; None if there is none."""
    shared: tuple[Window, ...] = (Window(start=after, end=until),) if after < until else ()
    for one in times:
        shared = common(shared, one)
    return next((slot for window in shared for slot in slots(window)), None)


def half_days(time: WorkingTime, after: dt.datetime, until: dt.datetime) -> Iterator[Window]:
    """The spans of work (上午, 下午) from one instant to another, cut at both."""
    day = after.astimezone(CHINA).date()
    while dt.datetime.combine(day, dt.time(), CHINA) < until:
        for opens, closes in time.hours.spans if time.calendar.is_workday(day) else ():
            begins, ends = dt.datetime.combine(day, opens, CHINA), dt.datetime.combine(day, closes, CHINA)
            if max(begins, after) < min(ends, until):
                yield Window(start=max(begins, after), end=min(ends, until))
        day += dt.timedelta(days=1)


def most_suited(
    times: Collection[Sequence[Window]], after: dt.datetime, until: dt.datetime, most: int
) -> tuple[dt.datetime, ...]:
    """The half hours that lie in the windows of most, the earliest of each half-day, in order; at most so many."""
    best = dict[tuple[dt.date, bool], tuple[int, dt.datetime]]()
    for slot in sorted({slot for one in times for window in one for slot in slots(window)}):
        if not after <= slot < until:
            continue
        suits = sum(any(w.start <= slot and slot + SLOT <= w.end for w in one) for one in times)
        half = slot.astimezone(CHINA).date(), slot.astimezone(CHINA).hour >= _NOON
        if half not in best or best[half][0] < suits:
            best[half] = suits, slot
    ranked = sorted(best.values(), key=lambda one: (-one[0], one[1]))
    return tuple(sorted(slot for _, slot in ranked[:most]))


def holds_slot(windows: Sequence[Window], at: dt.datetime) -> bool:
    """Whether somebody who gave these windows can come at this instant."""
    return any(one.start <= at and at + SLOT <= one.end for one in windows)
