"""暂停: which orders wait for somebody else now, why, since when, and how long they have waited in all (J35)."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from model.events.clock import Cause
from model.order import Clock, Order
from model.process import is_staffs


class Paused(NamedTuple):
    """Why an order waits, since when, until when if that is known, and for how long in all, earlier times counted in."""

    cause: Cause
    since: dt.datetime
    until: dt.datetime | None
    total: dt.timedelta


def paused(order: Order, now: dt.datetime) -> Paused | None:
    """The pause that lasts at `now`, the one that began first; None while every limit that is left runs."""
    kept = [clock for step, clock in order.clocks.items() if is_staffs(step)]
    lasting = [
        clock.pauses[-1] for clock in kept if clock.waits and clock.pauses and _lasts(clock.pauses[-1].until, now)
    ]
    if order.ending is not None or not lasting:
        return None
    first = min(lasting, key=lambda one: one.since)
    total = sum((end - begun for begun, end in _together(kept, now)), dt.timedelta())
    return Paused(first.cause, first.since, first.until, total)


def _lasts(until: dt.datetime | None, now: dt.datetime) -> bool:
    return until is None or until > now


def _together(clocks: Iterable[Clock], now: dt.datetime) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """The times in which some limit stood still, each hour once however many limits stood."""
    spans = sorted((one.since, _end(clock, one.until, now)) for clock in clocks for one in clock.pauses)
    reached: dt.datetime | None = None
    for begun, end in spans:
        fresh = begun if reached is None else max(begun, reached)
        if end > fresh:
            yield fresh, end
            reached = end


def _end(clock: Clock, until: dt.datetime | None, now: dt.datetime) -> dt.datetime:
    """A step that was done, or is over, waits no longer."""
    return min(one for one in (until, clock.met_at, clock.stopped_at, now) if one is not None)
