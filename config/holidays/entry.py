"""What was read of a notice or a table, piece by piece, and the year that it makes, or all that is wrong with it."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from model.arrangement import FEASTS, Arrangement, Feast, Span, governed

WEEKDAYS: Final = "一二三四五六日"
_SATURDAY: Final = 5
_LONGEST: Final = 16
"""Days off at a stretch; the longest there has been is nine."""
_DATE: Final = re.compile(
    r"(?:(\d{4})\s*[年/.-]\s*)?(?:(\d{1,2})\s*[月/.-]\s*)?(\d{1,2})\s*[日号]?(?:\s+0?0:00(?::00)?)?"
)


class DateMistaken(Exception):
    """There is no such day in what the notice of the year speaks of; the message says why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Days off, or worked (`works`), of a feast. `where`: the line or the row it stands in."""

    name: str
    span: Span
    works: bool
    where: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A year as it was understood, or (None) all that has to be put right first. `unused`: what was passed over, to be
    looked at.
    """

    arrangement: Arrangement | None
    wrong: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()


def read_date(text: str, year: int, month: int | None = None) -> dt.date:
    """A day as notices and tables write it (1月1日, 2026年12月31日, 2027-01-01), of what the notice of `year` speaks of. Without a month
    it is in `month`. Raises DateMistaken.
    """
    match = _DATE.fullmatch(text.strip())
    if match is None or (match[2] is None and month is None):
        raise DateMistaken(f"“{text}”不是日期；例如：1月1日，{year}-01-01")
    months, day = int(match[2] or month or 0), int(match[3])
    # The last days of December belong to the New Year's Day that follows.
    before = (months, day) > (governed(year).last.month, governed(year).last.day)
    try:
        found = dt.date(int(match[1]) if match[1] else year - before, months, day)
    except ValueError:
        raise DateMistaken(f"没有“{text}”这一天") from None
    known = governed(year)
    if not known.first <= found <= known.last:
        raise DateMistaken(f"{told(found)}不在{year}年的放假安排里（{told(known.first)}至{told(known.last)}）")
    return found


def year_from(entries: Sequence[Entry], year: int, source: str, wrong: Sequence[str], unused: Sequence[str]) -> Reading:
    """The year that these make, if nothing was wrong before and they agree with one another."""
    mistakes = [*wrong, *_apart(entries), *_doubled(entries)]
    names = "、".join(dict.fromkeys(one.name for one in entries))
    said = "".join(
        (names, *(one.partition("例如")[0] for one in wrong))
    )  # a line that was not understood has been told already
    if missing := [one for one in FEASTS if one not in said]:
        mistakes.append(f"没有读到：{'、'.join(missing)}。一年的要写全，少写的那几天会按上班算")
    if mistakes:
        return Reading(None, tuple(dict.fromkeys(mistakes)), tuple(unused))
    feasts = tuple(_feast(name, entries) for name in dict.fromkeys(one.name for one in entries))
    return Reading(Arrangement(year=year, feasts=feasts, source=source), (), tuple(unused))


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


def _apart(entries: Sequence[Entry]) -> list[str]:
    """What is wrong with each by itself."""
    found = []
    for one in entries:
        if one.span.last < one.span.first:
            found.append(f"{one.where}：从{told(one.span.first)}到{told(one.span.last)}，后一天比前一天早")
        elif len(one.span.days) > _LONGEST:
            found.append(
                f"{one.where}：从{told(one.span.first)}到{told(one.span.last)}有{len(one.span.days)}天，太长了，请核对"
            )
        elif one.works and (plain := [day for day in one.span.days if day.weekday() < _SATURDAY]):
            found.append(f"{one.where}：{told(plain[0])}写的是上班，它不是周末，本来就上班。请核对日期和年份")
    return found


def _doubled(entries: Sequence[Entry]) -> list[str]:
    """Days that two of them name: twice off, twice worked, or both."""
    found, seen = list[str](), dict[dt.date, Entry]()
    for one in entries:
        for day in one.span.days if one.span.first <= one.span.last else ():
            before = seen.setdefault(day, one)
            if before is not one:
                kinds = "放假又上班" if before.works != one.works else "了两次"
                names = "、".join(dict.fromkeys((before.name, one.name)))
                found.append(f"{one.where}：{told(day)}写{kinds}（{names}）。请只留一处")
    return found
