"""预约式报装: the applicant plans when his case is begun, and may plan anew (X21, R27)."""

import datetime as dt

from pydantic import Field as Setting

from model.frozen import Frozen


class BookingRule(Frozen):
    """How a planned time is kept in a county; which limits wait for it is said by `not_before` of their steps.

    Everybody is reminded so many days before it, 0 being the day itself, `at` this time. `form` asks the applicant for
    another day, at most `farthest_days` ahead.
    """

    remind_days: tuple[int, ...] = (1,)
    at: dt.time = dt.time(9)
    form: str | None = None
    farthest_days: int = Setting(default=365, ge=1)


class Booking(Frozen):
    """The time from which limits run, and the reminders still to come; `number` is the event it was last changed by."""

    until: dt.datetime
    rings: tuple[dt.datetime, ...] = ()
    number: int
