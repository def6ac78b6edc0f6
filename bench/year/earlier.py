"""When steps were done that were entered later (补报), as the log has it; written apart from `routing.backdating` (X59, J35)."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bench.year.hours import Hours
from bench.year.limits import limit
from bench.year.running import SAME
from model.calendar import Length
from model.county import County
from model.event import Recorded

Done = Mapping[tuple[int, str], dt.datetime]
"""By the sequence of a step and its order, when it was done."""


def done_earlier(log: Iterable[Recorded], until: dt.datetime) -> Done:
    """The earlier times that stand before an instant."""
    found = dict[tuple[int, str], dt.datetime]()
    for one in log:
        event: Any = one.event
        said = event.event == "back_dated" or (event.event == "backdating_decided" and event.agrees)
        if one.at < until and said:
            found[event.entry, event.order] = event.happened_at
    return found


def faults(log: Iterable[Recorded], county: County, hours: Hours) -> Iterator[str]:
    """An earlier time that stands though somebody had to be asked, or that is asked about though it need not be."""
    rule = county.process.backdating
    entered = dict[int, dt.datetime]()
    for one in log:
        event: Any = one.event
        entered[one.sequence] = one.at
        if rule is None or event.event not in ("back_dated", "backdating_claimed", "backdating_asked"):
            continue
        if event.happened_at > entered[event.entry]:
            yield f"{event.order}: done at {event.happened_at}, and entered before"
        if _end(rule.farthest, hours, event.happened_at) + SAME < one.at and event.event != "backdating_asked":
            yield f"{event.order}: {event.happened_at} is too long ago at {one.at}"
        tolerated = _end(rule.tolerance, hours, event.happened_at) + SAME >= one.at
        if tolerated and event.event == "backdating_claimed":
            yield f"{event.order}: {event.happened_at} is asked about at {one.at}, and need not be"
        if not tolerated and event.event == "back_dated":
            yield f"{event.order}: {event.happened_at} stands at {one.at}, and nobody was asked"


def _end(length: Length, hours: Hours, start: dt.datetime) -> dt.datetime:
    return limit(length, hours, (), start).at
