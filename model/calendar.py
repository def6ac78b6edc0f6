"""Working days and working hours (R31): weekdays by the State Council's notices, with make-up workdays (调休); Asia/Shanghai."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, Self
from zoneinfo import ZoneInfo

from pydantic import Field, field_serializer, model_validator
from pydantic_core import PydanticCustomError

from model.frozen import Frozen

CHINA = ZoneInfo("Asia/Shanghai")
_ENDS = 2


class WorkingCalendar(Frozen):
    """Holidays on weekdays and workdays on weekends, for the published years `first_year`–`last_year`."""

    first_year: int
    last_year: int
    holidays: frozenset[dt.date] = frozenset()
    workdays: frozenset[dt.date] = frozenset()
    source: str = ""

    @field_serializer("holidays", "workdays")
    def _in_order(self, days: frozenset[dt.date]) -> tuple[dt.date, ...]:
        return tuple(sorted(days))  # the same calendar is written the same by every process

    def is_workday(self, day: dt.date) -> bool:
        """Whether people work on this day; in a year nobody has published, Monday to Friday."""
        return day in self.workdays or (day.weekday() < 5 and day not in self.holidays)

    def published(self, day: dt.date) -> bool:
        """Whether the year of this day has been published."""
        return self.first_year <= day.year <= self.last_year

    def due_day(self, start: dt.date, days: int, *, count_first: bool = False) -> tuple[dt.date, bool]:
        """The day on which `days` working days from `start` end, and whether that is provisional (R7).

        The first day is not counted unless `count_first` (and it is a workday). Provisional: the count crosses into a
        year nobody has published. `days` is at least 1.
        """
        left, day = days, start
        if count_first and self.is_workday(start):
            left -= 1
        while left > 0:
            day += dt.timedelta(days=1)
            left -= self.is_workday(day)
        return day, not (self.published(start) and self.published(day))


class OpeningHours(Frozen):
    """When people work on a working day: spans from opening to closing, in order (8:30–12:00, 14:00–17:30)."""

    spans: tuple[tuple[dt.time, dt.time], ...] = ((dt.time(8, 30), dt.time(12)), (dt.time(14), dt.time(17, 30)))

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, raw: Any) -> Any:
        """In `process.yaml` the spans stand by themselves: [["08:30", "12:00"], ["14:00", "17:30"]]."""
        if isinstance(raw, list | tuple):
            if not all(isinstance(span, list | tuple) and len(span) == _ENDS for span in raw):
                raise PydanticCustomError("hours_not_spans", "each span of hours has a beginning and an end")
            return {"spans": raw}
        if isinstance(raw, str):
            raise PydanticCustomError("hours_not_spans", "hours are a list of spans")
        return raw

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        ends = [one for span in self.spans for one in span]
        if not ends or ends != sorted(set(ends)):
            raise PydanticCustomError(
                "hours_in_disorder", "hours of one day, each to a later time, one after the other"
            )
        return self

    @property
    def closes(self) -> dt.time:
        """When the day's work ends."""
        return self.spans[-1][1]


class WorkingTime(Frozen):
    """The time in which people work: a calendar and its opening hours."""

    calendar: WorkingCalendar
    hours: OpeningHours = OpeningHours()

    def add(self, start: dt.datetime, work: dt.timedelta) -> dt.datetime:
        """The instant at which so much working time has passed since `start`; nights, noons and days off do not count."""
        left, last = work, start
        for begins, ends in self._spans(start):
            if ends - begins >= left:
                return begins + left
            left, last = left - (ends - begins), ends
        return last

    def next(self, start: dt.datetime) -> dt.datetime:
        """From when on people work: `start` itself if they do then."""
        begins, _ = next(self._spans(start))
        return begins

    def between(self, start: dt.datetime, end: dt.datetime) -> dt.timedelta:
        """The working time from one instant to a later one; nothing if it is not later."""
        total = dt.timedelta()
        for begins, ends in self._spans(start):
            if begins >= end:
                break
            total += min(ends, end) - begins
        return total

    def _spans(self, start: dt.datetime) -> Iterator[tuple[dt.datetime, dt.datetime]]:
        """The spans of work from an instant on, the first one cut there."""
        local = start.astimezone(CHINA)
        day = local.date()
        while True:
            for opens, closes in self.hours.spans if self.calendar.is_workday(day) else ():
                begins, ends = dt.datetime.combine(day, opens, CHINA), dt.datetime.combine(day, closes, CHINA)
                if ends > local:
                    yield max(begins, local), ends
            day += dt.timedelta(days=1)


class Length(Frozen):
    """How long a limit is: so many working days, working hours (nights, noons and days off left out) or natural hours.

    `count_first`: the first of the working days is the day itself (自…当日起, R7).
    """

    days: int | None = Field(default=None, ge=1)
    working_hours: int | None = Field(default=None, ge=1)
    hours: int | None = Field(default=None, ge=1)
    count_first: bool = False

    @model_validator(mode="after")
    def _one_of_three(self) -> Self:
        if sum(one is not None for one in (self.days, self.working_hours, self.hours)) != 1:
            raise PydanticCustomError("one_length_of_three", "days, working_hours or hours: one of the three")
        if self.count_first and self.days is None:
            raise PydanticCustomError("count_first_of_days", "count_first is for days")
        return self


class WarningTime(Frozen):
    """When a share of a limit, in percent, is reached (超时预警)."""

    share: int
    at: dt.datetime


class Due(Length):
    """A deadline, with the length it was counted by; `provisional` if it crosses into a year nobody has published.

    `warnings`: when the county's shares of it are reached, in order.
    """

    at: dt.datetime
    provisional: bool = False
    warnings: tuple[WarningTime, ...] = ()
