"""Working calendars (R31): the State Council's notices as `chinesecalendar` has them, and a county's own changes."""

import datetime as dt
from importlib.metadata import version

from chinese_calendar import constants as _published

from model.calendar import WorkingCalendar
from model.frozen import Frozen

_HOLIDAYS = frozenset[dt.date](_published.holidays)
_WORKDAYS = frozenset[dt.date](_published.workdays)
_SATURDAY = 5
# 国办发明电〔2005〕35号, for the New Year of 2006: "12月31日（星期六）上班". The library has the day as a Saturday off.
_MISSED = frozenset({dt.date(2005, 12, 31)})
FIRST_YEAR = min(_HOLIDAYS).year
LAST_YEAR = max(_HOLIDAYS).year


class CalendarChange(Frozen):
    """`calendar.yaml`: days off and make-up workdays (调休) to add, and the last year they complete."""

    source: str = ""
    last_year: int | None = None
    holidays: tuple[dt.date, ...] = ()
    workdays: tuple[dt.date, ...] = ()


def national_calendar() -> WorkingCalendar:
    """The national calendar of the published years, without what Monday to Friday already says (R31)."""
    return WorkingCalendar(
        first_year=FIRST_YEAR,
        last_year=LAST_YEAR,
        holidays=frozenset(day for day in _HOLIDAYS if day.weekday() < _SATURDAY),
        workdays=frozenset(day for day in _WORKDAYS | _MISSED if day.weekday() >= _SATURDAY),
        source=f"chinesecalendar {version('chinesecalendar')}",
    )


def changed(calendar: WorkingCalendar, change: CalendarChange) -> WorkingCalendar:
    """The calendar with these changes: the later word on a day counts."""
    off, on = frozenset(change.holidays), frozenset(change.workdays)
    return WorkingCalendar(
        first_year=calendar.first_year,
        last_year=max(calendar.last_year, change.last_year or calendar.last_year),
        holidays=(calendar.holidays | off) - on,
        workdays=(calendar.workdays | on) - off,
        source="；".join(part for part in (calendar.source, change.source) if part),
    )
