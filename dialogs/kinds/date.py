"""A date, a half-day appointment, or a time to be somewhere."""

import datetime as dt
import re

from dialogs.folding import fold
from dialogs.halves import BOTH
from dialogs.moments import Moment, names_a_day, read_half, read_moment, vague
from dialogs.reading import Context, Partial, Reading, Refusal, Understood
from model.calendar import CHINA
from model.fields import DateField
from model.values import Day

_FAR = dt.timedelta(days=366 * 10)
_LONGEST = 300
"""Characters: what is longer answers more than the question for a day."""
_WHOLE_DAY = re.compile(BOTH)


def parse(text: str, field: DateField, context: Context) -> Reading:
    """The day; a half-day or time still missing is asked for.

    Codes: `date.none`, `date.vague`, `date.unreal`, `date.past`, `date.coming`, `date.far`.
    """
    now = context.now.astimezone(CHINA)
    if len(text) > _LONGEST:
        return Refusal("date.none", {"given": fold(text[:40])[:20]})
    moment = read_moment(text, now, past=field.past)
    if moment is None:
        code = "date.vague" if vague(fold(text)) else "date.unreal" if names_a_day(text) else "date.none"
        return Refusal(code, {"given": fold(text)[:20]})
    if not moment.half and not moment.time:
        half, time = read_half(moment.rest)
        moment = Moment(moment.date, half, time, moment.rest)
    return _check(moment, field, now, whole_day=_WHOLE_DAY.search(fold(text)) is not None)


def _check(moment: Moment, field: DateField, now: dt.datetime, *, whole_day: bool) -> Reading:
    about = {"day": moment.date.isoformat()}
    if field.past and moment.date > now.date():
        return Refusal("date.coming", about)
    if field.future and moment.date < now.date():
        return Refusal("date.past", about)
    if abs(moment.date - now.date()) > _FAR:
        return Refusal("date.far", about)
    if field.hours:
        if moment.time is None:
            return Partial("time", about)
        if field.future and dt.datetime.combine(moment.date, moment.time, CHINA) <= now:
            return Refusal("date.past", about)
        if field.past and dt.datetime.combine(moment.date, moment.time, CHINA) > now:
            return Refusal("date.coming", about)
        return Understood(Day(date=moment.date, half=moment.half, time=moment.time))
    if field.halves and moment.half is None and not whole_day:
        return Partial("half", about)
    return Understood(Day(date=moment.date, half=moment.half if field.halves else None))
