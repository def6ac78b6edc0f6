"""The platform's clock: the machine's clock plus an offset the page can move."""

import time
from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "CST")
_OPENS, _MORNING, _CLOSES = 8, 9, 20
"""The hours of a day in which nobody minds a message; and when a working one begins."""
LIMIT = 10 * 366 * 86400
"""Seconds the clock may be moved either way; beyond it dates stop making sense."""


class Clock:
    """Tells the time in the sandbox. Only this offset moves; timeouts of deliveries run on real time."""

    def __init__(
        self,
        source: Callable[[], float] = time.time,
        holidays: Collection[date] = (),
        make_up_days: Collection[date] = (),
    ) -> None:
        self._source = source
        self._holidays = frozenset(holidays)
        self._make_up_days = frozenset(make_up_days)
        self.offset = 0.0

    def now(self) -> float:
        """Seconds since the epoch, as everybody in the sandbox sees them."""
        return self._source() + self.offset

    def today(self) -> datetime:
        """The same instant as local Chinese time."""
        return datetime.fromtimestamp(self.now(), CHINA)

    def set(self, offset: float) -> None:
        """Move to the machine's time plus `offset` seconds."""
        if not abs(offset) <= LIMIT:
            raise ValueError("offset out of range")
        self.offset = offset

    def is_workday(self, day: date) -> bool:
        """Monday to Friday, less the configured holidays, plus the configured make-up days."""
        return day in self._make_up_days or (day.weekday() < 5 and day not in self._holidays)

    def wake(self) -> None:
        """By night it is the next working morning: who tries the product then would wait for what is not sent at night."""
        here = self.today()
        if _OPENS <= here.hour < _CLOSES:
            return
        opens = here.replace(hour=_MORNING, minute=0, second=0, microsecond=0)
        if here < opens and self.is_workday(here.date()):
            self.set(self.offset + (opens - here).total_seconds())
        else:
            self.set(self.offset_to_next_workday(_MORNING))

    def offset_to_next_workday(self, hour: int = 9) -> float:
        """The offset that makes it `hour` o'clock on the next working day after today."""
        here = self.today()
        day = here.date() + timedelta(days=1)
        while not self.is_workday(day):
            day += timedelta(days=1)
        goal = datetime(day.year, day.month, day.day, hour, tzinfo=CHINA)
        return self.offset + (goal - here).total_seconds()
