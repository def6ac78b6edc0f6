"""How people meet in a county: a time that suits everybody, moved, reminded of; by what kinds of visit (X30, X51, X53)."""

import datetime as dt

from pydantic import Field as Setting

from model.calendar import Length
from model.frozen import Frozen


class MeetingRule(Frozen):
    """约时间 (X30): how everybody bound by a joint appointment is asked when he can come.

    A time is looked for `within` so long where the step has no limit of its own; the silent are waited for until `wait`
    percent of that have passed. At most `choices` half-days are offered, none that begins sooner than `ahead` minutes.
    `time_form` asks for it in words; `missed_form` what happened when somebody was not there (爽约).
    """

    within: Length = Length(days=5)
    wait: int = Setting(default=50, ge=1, le=100)
    choices: int = Setting(default=5, ge=2, le=8)
    ahead: int = Setting(default=60, ge=0)
    time_form: str | None = None
    missed_form: str | None = None


class MovesRule(Frozen):
    """改时间: how often an agreed time may be moved, and until so many hours before."""

    most: int = Setting(default=3, ge=0)
    until_hours: int = Setting(default=0, ge=0)


class ReminderRule(Frozen):
    """提醒: the day before at this hour, and so many minutes before (O)."""

    day_before: dt.time | None = dt.time(16)
    minutes_before: int | None = Setting(default=60, ge=1)


class Meets(Frozen):
    """What holds for whoever meets, whatever for. `meet`: everybody is asked when he can come; `moves` and `reminders`: None
    is no rule, and none.
    """

    meet: MeetingRule | None = None
    moves: MovesRule | None = None
    reminders: ReminderRule | None = None


class VisitRule(Meets):
    """验收、接通 by appointment (X51, X53, J28): asked for as a survey is, once an order has come so far.

    `joint`: all that have come so far share one time (X54), else each body its own; one that has not come so far yet is
    waited for until `hold` has passed, if it can be there by then. Without `hold` nobody is waited for.
    """

    meet: MeetingRule = MeetingRule()
    joint: bool = True
    hold: Length | None = None
