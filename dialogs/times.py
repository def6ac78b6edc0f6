"""When people can come, as they say it: 周三下午、周五都行; 除了周四都可以; 明天上午9点半以后; 下周一到周三上午 (X30)."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from dialogs.folding import fold
from dialogs.moments import Moment, read_half, read_moment
from model.calendar import CHINA, OpeningHours
from model.times import Window
from model.values import Half

_AHEAD: Final = 30
"""Days that 都行 means."""
_SHORTEST: Final = dt.timedelta(minutes=30)
_MOST_REST: Final = 6
"""Letters that may stand beside a time; more of them, and the words are about something else."""

_YES = r"(?:行|可以|成|中|方便|有空|有时间|没问题|ok|OK|能来|能去|能到)"
_ANY = re.compile(
    rf"^(?:我|这边|时间)*(?:什么时候|啥时候|哪天|几点|任何时间|随时|工作日|每天|天天|都|时间)*(?:都|均|皆)?{_YES}?[吧的呀啊]*$"
)
_SAYS_ANY = re.compile(r"随时|都|均|什么时候|啥时候|哪天|任何")
_NOT = re.compile(
    r"不行|不成|不方便|不在|不能|没空|没时间|没有时间|没有空|有事|有会|开会|出差|上课|请假|[来去到]不了|忙|除外|不可以"
)
_BUT = re.compile(rf"除了?(.+?)(?:之?外|以外)?[,，]?(?:其他|其它|别的|剩下)?(?:时间|时候)?(?:都|均|全)?{_YES}")
_CLAUSES = re.compile(r"[,，;；。\n]")
_PARTS = re.compile(r"[、/]|(?<!暖)和|或者?|还有|以及|跟")
_DAYS = re.compile(r"^(.+?)(?:到|至|~|-|—)(.+)$")
_AFTER = re.compile(r"(?:点钟?|[半刻分\d])(?:以后|之后|过后|后|开始|起)")
_BEFORE = re.compile(r"(?:点钟?|[半刻分\d])(?:以前|之前|前)")
_OPEN_END = re.compile(r"[一二三四五六日天末号](以前|之前|前|以后|之后|过后)")
_HOUSE = re.compile(r"[路街道巷弄]\d+号")
"""A number of a house, and no day."""
_WEEK = re.compile(r"(下下|下个?|这个?|本)(?:周|星期|礼拜)(?![一二三四五六日天末的])")
_FILLER = re.compile(
    rf"我|这边|们|的话|都|也|就|吧|的|呢|啊|全天|整天|一整天|一天|白天|应该|大概|比较|最好|{_YES}|{_NOT.pattern}"
    r"|以后|之后|过后|开始|起|之间|期间|要|会|每天|都有|当天|那天|这天|几点|时间|时候|随时|您|安排|看看|[后前。,，、!?\s]"
)


def read_times(text: str, now: dt.datetime, hours: OpeningHours) -> tuple[Window, ...] | None:
    """The windows that somebody names, by the opening hours of a day, from `now` on; None if the words name no time.

    Days off are not known here: the core leaves them out.
    """
    words = fold(text).replace(" ", "").strip("。.!！~")
    reader = _Reader(now.astimezone(CHINA), hours)
    if _ANY.fullmatch(words) and _SAYS_ANY.search(words):
        return reader.any()
    if but := _BUT.search(words):
        left_out = reader.clause(but[1])
        return None if left_out is None else _less(reader.any(), left_out)
    wanted, gone = list[Window](), list[Window]()
    for clause in filter(None, _CLAUSES.split(words)):
        if _ANY.fullmatch(clause):
            wanted += reader.any() if _SAYS_ANY.search(clause) and not wanted and not gone else ()
            continue
        found = reader.clause(clause)
        if found is None:
            return None
        (gone if _NOT.search(clause) else wanted).extend(found)
    if not wanted and not gone:
        return None
    return _less(tuple(wanted) or reader.any(), tuple(gone))


class _Reader:
    """Reads one text; a half-day said without a day is of the day said before."""

    def __init__(self, now: dt.datetime, hours: OpeningHours) -> None:
        self._now = now
        self._spans = hours.spans
        self._day: dt.date | None = None

    def any(self) -> tuple[Window, ...]:
        """Every half-day that comes."""
        return tuple(self._halves(self._next_days(_AHEAD), None))

    def clause(self, clause: str) -> tuple[Window, ...] | None:
        """What several parts beside each other name; None if one of them names no time."""
        found = list[Window]()
        for part in filter(None, _PARTS.split(clause)):
            windows = self._part(part)
            if windows is None:
                return None
            found += windows
        return tuple(found)

    def _part(self, part: str) -> tuple[Window, ...] | None:
        if _HOUSE.search(part):
            return None
        if week := _WEEK.search(part):
            return self._within(self._week(week[1]), part.replace(week[0], "", 1))
        if (span := _DAYS.match(part)) and (several := self._from_to(span[1], span[2])) is not None:
            return several
        moment = read_moment(part, self._now)
        if moment is None:
            return self._without_day(part)
        if not _beside(moment.rest):
            return None
        self._day = moment.date
        if moment.time is not None:
            return self._timed(moment.date, moment.time, moment.half, part)
        if moment.half is None and (open_end := _OPEN_END.search(part)):
            days = self._next_days(_AHEAD)
            sooner = open_end[1].endswith("前")
            return tuple(self._halves([day for day in days if (day < moment.date) == sooner], None))
        return tuple(self._halves([moment.date], moment.half))

    def _without_day(self, part: str) -> tuple[Window, ...] | None:
        """上午 of the day named before, or of every day; 9点半以后 of the day named before."""
        half, time = read_half(part)
        if half is None and time is None:
            return () if not _FILLER.sub("", part) else None
        if time is None:
            days = [self._day] if self._day else self._next_days(_AHEAD)
            return tuple(self._halves(days, half)) if _beside(part.replace(half or "", "", 1)) else None
        return None if self._day is None else self._timed(self._day, time, half, part)

    def _from_to(self, first: str, last: str) -> tuple[Window, ...] | None:
        """周三到周五上午, or 周三3点到5点."""
        begins, ends = read_moment(first, self._now), read_moment(last, self._now)
        if begins is not None and ends is not None and begins.time is None and ends.time is None:
            until = ends.date if ends.date >= begins.date else ends.date + dt.timedelta(weeks=1)
            days = [begins.date + dt.timedelta(days=n) for n in range((until - begins.date).days + 1)]
            self._day = until
            return tuple(self._halves(days, ends.half))
        day = begins.date if begins is not None else self._day
        start, end = _hour(begins, first), read_half(last)[1]
        if day is None or start is None or end is None:
            return None
        if end <= start and end.hour < 12:
            end = end.replace(hour=end.hour + 12)
        self._day = day
        return tuple(self._kept([Window(start=self._at(day, start), end=self._at(day, end))])) if start < end else None

    def _timed(self, day: dt.date, time: dt.time, half: Half | None, part: str) -> tuple[Window, ...]:
        """From a time on, up to it, or at it."""
        at = self._at(day, time)
        if _AFTER.search(part):
            later = (one for one in self._halves([day], half if half == "上午" else None) if one.end > at)
            return tuple(Window(start=max(one.start, at), end=one.end) for one in later)
        if _BEFORE.search(part):
            sooner = (one for one in self._halves([day], half) if one.start < at)
            return tuple(Window(start=one.start, end=min(one.end, at)) for one in sooner)
        return tuple(self._kept([Window(start=at, end=at + _SHORTEST)]))

    def _week(self, said: str) -> list[dt.date]:
        monday = self._now.date() - dt.timedelta(days=self._now.weekday())
        weeks = {"下下": 2, "下": 1, "下个": 1}.get(said, 0)
        return [monday + dt.timedelta(days=n, weeks=weeks) for n in range(7)]

    def _within(self, days: list[dt.date], rest: str) -> tuple[Window, ...] | None:
        half, _ = read_half(rest)
        return tuple(self._halves(days, half)) if _beside(rest.replace(half or "", "", 1)) else None

    def _next_days(self, most: int) -> list[dt.date]:
        return [self._now.date() + dt.timedelta(days=n) for n in range(most)]

    def _halves(self, days: list[dt.date], half: Half | None) -> Iterator[Window]:
        """The spans of work of these days, or of one half of them."""
        spans = self._spans if half is None or len(self._spans) == 1 else ()
        spans = spans or (self._spans[:1] if half == "上午" else self._spans[1:])
        yield from self._kept(
            [Window(start=self._at(day, opens), end=self._at(day, closes)) for day in days for opens, closes in spans]
        )

    def _kept(self, windows: list[Window]) -> Iterator[Window]:
        """What of them is still to come."""
        for one in windows:
            if one.end > self._now:
                yield Window(start=max(one.start, self._now), end=one.end)

    @staticmethod
    def _at(day: dt.date, time: dt.time) -> dt.datetime:
        return dt.datetime.combine(day, time, CHINA)


def _hour(moment: Moment | None, words: str) -> dt.time | None:
    return moment.time if moment is not None else read_half(words)[1]


def _beside(rest: str) -> bool:
    """Whether what stands beside a time says nothing else."""
    return len(_FILLER.sub("", rest)) <= _MOST_REST


def _less(wanted: tuple[Window, ...], gone: tuple[Window, ...]) -> tuple[Window, ...]:
    """The first without the second."""
    left = list(wanted)
    for hole in gone:
        pieces = [
            (start, end)
            for one in left
            for start, end in ((one.start, min(one.end, hole.start)), (max(one.start, hole.end), one.end))
            if start < end
        ]
        left = [Window(start=start, end=end) for start, end in pieces]
    return tuple(left)
