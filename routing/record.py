"""Events as they enter the log of a case."""

import datetime as dt
from collections.abc import Iterable

from model.county import County
from model.event import Event, Recorded
from model.message import Actor


def record(
    events: Iterable[Event], *, case_id: str, after: int, actor: Actor, county: County, now: dt.datetime
) -> tuple[Recorded, ...]:
    """The events with their places in the log, the first at `after` + 1, and the process and calendar they follow."""
    return tuple(
        Recorded(
            case=case_id,
            sequence=sequence,
            at=now,
            actor=actor,
            process_version=county.process.version,
            calendar=county.calendar.source,
            event=event,
        )
        for sequence, event in enumerate(events, start=after + 1)
    )
