"""What follows from an event in the same moment: the sheet that opens, an item to hand in, the conclusion (X31, X40, X158);
who need not claim an order any more (J75), who comes along after all (X30).
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from model.case import Case
from model.county import County
from model.event import Event
from model.events.ending import OrdersEnded
from model.events.external import ExternalLineSet
from model.events.intake import OrderAssigned
from model.events.sheet import DepartmentsChosen, RowGiven, SheetConcluded
from model.events.survey import OpinionGiven
from model.staff import Staff
from routing.backdating import begun_earlier, fallen_with
from routing.claims import settled
from routing.conclusion import failed, missing
from routing.deciding_anew import decided_anew
from routing.delays import asked
from routing.departments import opened
from routing.follow_ups import opened_by
from routing.rejoining import rejoined
from routing.sheet_clock import alarms, ready

_CONCLUDES: Final = (RowGiven, OpinionGiven, DepartmentsChosen, OrdersEnded)
"""After these nobody may be missing any more."""


def following(
    before: Case, after: Case, event: Event, county: County, now: dt.datetime, staff: Sequence[Staff]
) -> Iterator[Event]:
    """The events that belong to this one; the case before it, and after."""
    if isinstance(event, ExternalLineSet):
        sheet = opened(event.lead, before.departments, county, now, staff)
        if sheet is not None:
            yield sheet
    if isinstance(event, OrderAssigned) and (told := settled(before, event)) is not None:
        yield told
    yield from rejoined(after, event, now, staff)
    if isinstance(event, RowGiven | OpinionGiven):
        item = opened_by(before, event, county)
        if item is not None:
            yield item
    yield from ready(after, event)
    yield from asked(after, event, county, now)
    yield from begun_earlier(after, event, county)
    yield from fallen_with(after, event)
    yield from decided_anew(before, after, event, county, now, staff)
    yield from alarms(after, event, county, now)
    if isinstance(event, _CONCLUDES) and after.sheet and not after.sheet.passed and not missing(after):
        yield SheetConcluded(passed=not failed(after), failed=failed(after))
