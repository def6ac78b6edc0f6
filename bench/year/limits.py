"""When a limit ends and when its shares are reached: written apart from `routing.limits`, out of docs/clocks.md."""

import datetime as dt
from typing import NamedTuple

from bench.year.hours import Hours, works
from model.calendar import CHINA, Length


class Limit(NamedTuple):
    """A limit that runs: its end, and when which share of it is to be warned of, in order."""

    at: dt.datetime
    warnings: tuple[tuple[int, dt.datetime], ...]


def limit(length: Length, hours: Hours, shares: tuple[int, ...], start: dt.datetime) -> Limit:
    """The limit of this length that begins to run at `start`."""
    if length.hours is not None:
        end = start + dt.timedelta(hours=length.hours)
        whole = end - start
        return Limit(end, tuple((share, start + whole * share / 100) for share in shares))
    if length.days is not None:
        end, strict = (_last_day(length, hours, start, strictly=one) for one in (False, True))
    else:
        end = strict = hours.after(start, 3600.0 * (length.working_hours or 0))
    return Limit(end, tuple((share, _reached(share, hours, start, end, strict)) for share in shares))


def run_on(old: Limit, length: Length, hours: Hours, stood: dt.datetime, now: dt.datetime) -> Limit:
    """The limit that stood still from `stood` to `now`: so much is left of it as was then, in days so many working days.

    What had passed by then stays as it was; its last share is its end, and beyond it the shares go on from there.
    """

    def later(at: dt.datetime) -> dt.datetime:
        if at <= stood:
            return at
        if length.hours is not None:
            return now + (at - stood)
        return _on(hours, now, hours.worked(at) - hours.worked(stood))

    if old.at <= stood:
        return Limit(old.at, tuple((share, later(at)) for share, at in old.warnings))
    end = later(old.at)
    if length.days is not None:
        today, last = now.astimezone(CHINA).date(), old.at.astimezone(CHINA).date()
        left = sum(stood.astimezone(CHINA).date() < day <= last for day in hours.workdays)
        if left:
            end = hours.closing(hours.day_after(today, left))
        else:
            open_still = now < hours.closing(today) and works(today)
            end = hours.closing(today if open_still else hours.day_after(today, 1))

    def reached(share: int, at: dt.datetime) -> dt.datetime:
        if share <= 100:
            return end if share == 100 else min(later(at), end)
        if length.hours is not None:
            return end + (at - old.at)
        return _on(hours, end, hours.worked(at) - hours.worked(old.at))

    return Limit(end, tuple((share, reached(share, at)) for share, at in old.warnings))


def _on(hours: Hours, at: dt.datetime, seconds: float) -> dt.datetime:
    return hours.after(at, seconds) if seconds > 0 else hours.open_from(at)


def _last_day(length: Length, hours: Hours, start: dt.datetime, *, strictly: bool) -> dt.datetime:
    day = start.astimezone(CHINA).date()
    left = hours.worked(hours.closing(day)) - hours.worked(start)
    counts = (length.count_first or strictly) and left > 0
    days = (length.days or 0) - counts
    return hours.closing(hours.day_after(day, days) if days else day)


def _reached(share: int, hours: Hours, start: dt.datetime, end: dt.datetime, strict: dt.datetime) -> dt.datetime:
    if share < 100:
        part = (hours.worked(strict) - hours.worked(start)) * share / 100
        return hours.after(start, part) if part > 0 else max(start, min(strict, end))
    more = (hours.worked(end) - hours.worked(start)) * (share - 100) / 100
    return hours.after(end, more) if more > 0 else max(start, end)
