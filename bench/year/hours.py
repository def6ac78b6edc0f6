"""Working time, counted here by a method of its own: the program's calendar is what is being checked (R31)."""

import datetime as dt
from bisect import bisect_left, bisect_right

import chinese_calendar

from model.calendar import CHINA

_DAY = dt.timedelta(days=1)


class Hours:
    """Every span of work from one day to another, with the seconds of work before each: adding is looking up.

    Holidays and make-up workdays are those of `chinese_calendar`; where it knows nothing yet, Monday to Friday.
    """

    def __init__(
        self, spans: tuple[tuple[dt.time, dt.time], ...], closes: dt.time, first: dt.date, last: dt.date
    ) -> None:
        self.closes = closes
        self.workdays: list[dt.date] = []
        self._begins: list[dt.datetime] = []
        self._ends: list[dt.datetime] = []
        self._before: list[float] = [0.0]
        day = first
        while day <= last:
            if works(day):
                self.workdays.append(day)
                for opens, ends in spans:
                    self._begins.append(dt.datetime.combine(day, opens, CHINA))
                    self._ends.append(dt.datetime.combine(day, ends, CHINA))
                    self._before.append(self._before[-1] + (self._ends[-1] - self._begins[-1]).total_seconds())
            day += _DAY

    def worked(self, at: dt.datetime) -> float:
        """The seconds of work before an instant."""
        place = bisect_right(self._begins, at)
        if place == 0:
            return 0.0
        last = place - 1
        return self._before[last] + (min(at, self._ends[last]) - self._begins[last]).total_seconds()

    def instant(self, worked: float) -> dt.datetime:
        """The first instant before which there are so many seconds of work."""
        place = max(bisect_left(self._before, worked - 1e-9), 1)
        return self._begins[place - 1] + dt.timedelta(seconds=worked - self._before[place - 1])

    def after(self, at: dt.datetime, seconds: float) -> dt.datetime:
        """The instant so much work after another; without any, that one itself."""
        return at if seconds <= 0 else self.instant(self.worked(at) + seconds)

    def open_from(self, at: dt.datetime) -> dt.datetime:
        """This instant if people work then, else when they begin."""
        place = bisect_right(self._ends, at)
        return max(at, self._begins[place])

    def day_after(self, day: dt.date, number: int) -> dt.date:
        """The workday so many after a day, which itself does not count; 0 is the first that is not before it."""
        place = bisect_left(self.workdays, day) if number == 0 else bisect_right(self.workdays, day) + number - 1
        return self.workdays[place]

    def closing(self, day: dt.date) -> dt.datetime:
        """When what is due on a day is due."""
        return dt.datetime.combine(day, self.closes, CHINA)


def works(day: dt.date) -> bool:
    """Whether people work on this day."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5
