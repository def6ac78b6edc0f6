"""请假 as a steward says it: 请假 11月25日到27日, 明天休息; 销假 takes it back."""

import datetime as dt
import re

from dialogs.folding import plain_words
from dialogs.moments import names_a_day, read_moment
from model.staff import Absence

_AWAY = re.compile(r"(?:我)?(?:要|想)?(?:请假|休假|休息):?(.+)|(?:我)?(.+?)(?:要|想)?(?:请假|休假|休息)")
_SPAN = re.compile(r"(.+?)(?:到|至|[-~—])(.+)")
_BACK = ("销假", "不请假了", "回来上班了")
_LONGEST = dt.timedelta(days=180)


def absence(text: str, now: dt.datetime) -> Absence | None:
    """The days of absence that this whole message says; None if it is about something else."""
    match = _AWAY.fullmatch(plain_words(text))
    if match is None:
        return None
    said = match[1] or match[2]
    span = _SPAN.fullmatch(said)
    first = read_moment(span[1] if span else said, now)
    if first is None or first.rest:
        return None
    if span is None:
        return _made(first.date, first.date, now)
    # A number is said from the beginning on (11月25日到27日), a word like 后天 from today.
    begins = dt.datetime.combine(first.date, dt.time(), now.tzinfo)
    last = read_moment(span[2], begins if names_a_day(span[2]) else now)
    return None if last is None or last.rest else _made(first.date, last.date, now)


def is_back(text: str) -> bool:
    """销假: he is there again."""
    return plain_words(text) in _BACK


def _made(first: dt.date, last: dt.date, now: dt.datetime) -> Absence | None:
    if not first <= last <= first + _LONGEST or last < now.date():
        return None
    return Absence(first=first, last=last)
