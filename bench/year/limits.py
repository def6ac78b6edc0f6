"""When a limit ends and when its shares are reached: written apart from `routing.limits`, out of docs/clocks.md."""

import datetime as dt
from typing import NamedTuple

from bench.year.hours import Hours
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
