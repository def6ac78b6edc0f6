"""New Year's Eve, and the calendar of the year that follows it once it is published."""

import datetime as dt

from model.calendar import WorkingCalendar
from model.county import County
from tests.routing.clocks import at

HOLIDAYS = frozenset({dt.date(2027, 1, 1), dt.date(2027, 1, 4)})
EVE = at("2026-12-31 09:00")


def published(by: County, last_year: int = 2027) -> County:
    """The same county after the notice: the 1st and the 4th of January are holidays, the 2nd is worked."""
    old = by.calendar
    new = WorkingCalendar(
        first_year=old.first_year,
        last_year=last_year,
        holidays=old.holidays | HOLIDAYS,
        workdays=old.workdays | {dt.date(2027, 1, 2)},
        source="国务院办公厅通知（示例）",
    )
    return by.made_anew(calendar=new)
