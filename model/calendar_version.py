"""A version of a county's calendar: the year that somebody uploaded, brought back, or left to the files again (ADR 0043)."""

import datetime as dt
from collections.abc import Iterable

from pydantic import Field

from model.arrangement import Arrangement, calendar_under
from model.calendar import WorkingCalendar
from model.frozen import Frozen


class CalendarVersion(Frozen):
    """Numbered from 1 in each county. `arrangement` None: the year counts as the files have it again.

    `days`: on which people work now and did not before, or the other way round. `back`: the version it brings back, 0 the files'.
    `by`: a member of staff, or `operator` at the command line. `counted_at`: when the last limits had been counted anew.
    """

    county: str
    number: int = Field(ge=1)
    year: int
    arrangement: Arrangement | None
    days: tuple[dt.date, ...] = ()
    back: int | None = None
    by: str
    at: dt.datetime
    counted_at: dt.datetime | None = None


def arrangements_of(versions: Iterable[CalendarVersion]) -> dict[int, CalendarVersion]:
    """The newest version of each year, `versions` in order; without the years that are left to the files."""
    newest = {one.year: one for one in versions}
    return {year: one for year, one in sorted(newest.items()) if one.arrangement is not None}


def as_of(seed: WorkingCalendar, versions: Iterable[CalendarVersion]) -> WorkingCalendar:
    """The calendar of the files under what was uploaded: a year that somebody uploaded counts as uploaded, any other as the files
    have it.
    """
    newest = arrangements_of(versions)
    mark = "；".join(f"{year}年第{one.number}版" for year, one in newest.items())
    return calendar_under(seed, {year: one.arrangement for year, one in newest.items() if one.arrangement}, mark)
