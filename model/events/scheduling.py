"""Everybody says when he can come, a time is found or decided, people are reminded, or miss each other (X30, X36, X53)."""

import datetime as dt
from typing import Literal

from model.frozen import Frozen
from model.times import Meeting, Reminder, Visit, Window


class TimesAsked(Frozen):
    """Everybody bound by an appointment is asked when he can come; `kept`: what some have said before and still holds."""

    event: Literal["times_asked"] = "times_asked"
    appointment: str
    kind: Meeting = "survey"
    orders: tuple[str, ...]
    round: int
    asked: tuple[str, ...]
    offers: dict[str, tuple[Window, ...]]
    kept: dict[str, tuple[Window, ...]] = {}
    closes: dt.datetime
    limit: dt.datetime


class OthersAwaited(Frozen):
    """These orders have come so far that people can meet; those `waiting` are nearly ready, and are waited for (X54)."""

    event: Literal["others_awaited"] = "others_awaited"
    appointment: str
    kind: Visit
    orders: tuple[str, ...]
    waiting: tuple[str, ...]
    until: dt.datetime


class TimesGiven(Frozen):
    """One of them said when he can come: these windows, all of them in working hours, without what he has elsewhere."""

    event: Literal["times_given"] = "times_given"
    appointment: str
    round: int
    party: str
    windows: tuple[Window, ...]


class TimesClosed(Frozen):
    """Those who have been silent are left out from now on."""

    event: Literal["times_closed"] = "times_closed"
    appointment: str
    round: int
    silent: tuple[str, ...]


class TimesUnmet(Frozen):
    """No time suits everybody: `decider` is asked to decide, the head of whoever leads, or the window (a county's id).

    `candidates`: the times that suit most of them.
    """

    event: Literal["times_unmet"] = "times_unmet"
    appointment: str
    orders: tuple[str, ...]
    round: int
    decider: str
    candidates: tuple[dt.datetime, ...] = ()


class TimeSet(Frozen):
    """A time stands: it lies in what everybody said (`met`), or was `decided` because nothing met; everybody is told.

    `unable`: those who did not say that they can come then.
    """

    event: Literal["time_set"] = "time_set"
    appointment: str
    kind: Meeting = "survey"
    at_time: dt.datetime
    orders: tuple[str, ...]
    steward: str
    sequence: int
    how: Literal["met", "decided"] = "met"
    unable: tuple[str, ...] = ()
    reminders: tuple[Reminder, ...] = ()


class Reminded(Frozen):
    """Everybody bound by an appointment was reminded of it."""

    event: Literal["reminded"] = "reminded"
    appointment: str
    at_time: dt.datetime
    orders: tuple[str, ...]
    which: Literal["day", "hour"]


class Missed(Frozen):
    """没见上 (爽约): the hour came and somebody was not there; `party` is who reports it. Another time is looked for."""

    event: Literal["missed"] = "missed"
    appointment: str
    at_time: dt.datetime
    orders: tuple[str, ...]
    sequence: int
    party: str
    reason: str
