"""What was read of a notice or a table, piece by piece, and the year that it makes, or all that is wrong with it."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from model.arrangement import FEASTS, Arrangement, Feast, Span, governed
from model.unread import Fact, Unread

WEEKDAYS: Final = "一二三四五六日"
_SATURDAY: Final = 5
_LONGEST: Final = 16
"""Days off at a stretch; the longest there has been is nine."""
_DATE: Final = re.compile(
    r"(?:(\d{4})\s*[年/.-]\s*)?(?:(\d{1,2})\s*[月/.-]\s*)?(\d{1,2})\s*[日号]?(?:\s+0?0:00(?::00)?)?"
)


class DateMistaken(Exception):
    """There is no such day in what the notice of the year speaks of; `key` and `about` say why, as `Unread` does."""

    def __init__(self, key: str, **about: Fact) -> None:
        super().__init__(key)
        self.key, self.about = key, about


@dataclass(frozen=True, slots=True)
class Entry:
    """Days off, or worked (`works`), of a feast. `where`: the feast whose line, or the row it stands in."""

    name: str
    span: Span
    works: bool
    where: str | int


@dataclass(frozen=True, slots=True)
class Reading:
    """A year as it was understood, or (None) all that has to be put right first. `unused`: what was passed over, to be
    looked at: words of the text, or a row without a day. `year`: which one it is, as far as that is known.
    """

    arrangement: Arrangement | None
    wrong: tuple[Unread, ...] = ()
    unused: tuple[str | Unread, ...] = ()
    year: int | None = None


def read_date(text: str, year: int, month: int | None = None) -> dt.date:
    """A day as notices and tables write it (1月1日, 2026年12月31日, 2027-01-01), of what the notice of `year` speaks of. Without a month
    it is in `month`. Raises DateMistaken.
    """
    match = _DATE.fullmatch(text.strip())
    if match is None or (match[2] is None and month is None):
        raise DateMistaken("calendar.wrong.no_date", said=text, year=year)
    months, day = int(match[2] or month or 0), int(match[3])
    # The last days of December belong to the New Year's Day that follows.
    before = (months, day) > (governed(year).last.month, governed(year).last.day)
    try:
        found = dt.date(int(match[1]) if match[1] else year - before, months, day)
    except ValueError:
        raise DateMistaken("calendar.wrong.no_such_day", said=text) from None
    known = governed(year)
    if not known.first <= found <= known.last:
        raise DateMistaken("calendar.wrong.outside", day=found, year=year, first=known.first, last=known.last)
    return found


def year_from(
    entries: Sequence[Entry], year: int, source: str, wrong: Sequence[Unread], unused: Sequence[str | Unread]
) -> Reading:
    """The year that these make, if nothing was wrong before and they agree with one another."""
    mistakes = [*wrong, *_apart(entries), *_doubled(entries)]
    # A line that was not understood has been told already.
    said = "、".join([*(one.name for one in entries), *(f"{one.where}{one.about.get('said', '')}" for one in wrong)])
    if missing := [one for one in FEASTS if one not in said]:
        mistakes.append(Unread("calendar.wrong.missing", {"feasts": missing}))
    if mistakes:
        once = [one for place, one in enumerate(mistakes) if one not in mistakes[:place]]
        return Reading(None, tuple(once), tuple(unused), year)
    feasts = tuple(_feast(name, entries) for name in dict.fromkeys(one.name for one in entries))
    return Reading(Arrangement(year=year, feasts=feasts, source=source), (), tuple(unused), year)


def told(day: dt.date) -> str:
    """2027年1月1日（周五）."""
    return f"{day.year}年{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


def _feast(name: str, entries: Sequence[Entry]) -> Feast:
    mine = [one for one in entries if one.name == name]
    return Feast(
        name=name,
        off=tuple(sorted((one.span for one in mine if not one.works), key=lambda span: span.first)),
        worked=tuple(sorted(day for one in mine if one.works for day in one.span.days)),
    )


def _apart(entries: Sequence[Entry]) -> list[Unread]:
    """What is wrong with each by itself."""
    found = []
    for one in entries:
        ends = {"first": one.span.first, "last": one.span.last}
        if one.span.last < one.span.first:
            found.append(Unread("calendar.wrong.backwards", ends, one.where))
        elif len(one.span.days) > _LONGEST:
            found.append(Unread("calendar.wrong.stretch", {**ends, "count": len(one.span.days)}, one.where))
        elif one.works and (plain := [day for day in one.span.days if day.weekday() < _SATURDAY]):
            found.append(Unread("calendar.wrong.plain_day", {"day": plain[0]}, one.where))
    return found


def _doubled(entries: Sequence[Entry]) -> list[Unread]:
    """Days that two of them name: twice off, twice worked, or both."""
    found, seen = list[Unread](), dict[dt.date, Entry]()
    for one in entries:
        for day in one.span.days if one.span.first <= one.span.last else ():
            before = seen.setdefault(day, one)
            if before is not one:
                key = "calendar.wrong.both" if before.works != one.works else "calendar.wrong.twice"
                feasts = list(dict.fromkeys((before.name, one.name)))
                found.append(Unread(key, {"day": day, "feasts": feasts}, one.where))
    return found
