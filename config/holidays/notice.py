"""The text of the State Council's yearly notice (国务院办公厅关于…年部分节假日安排的通知), read and printed, line by line."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from config.holidays.entry import WEEKDAYS, DateMistaken, Entry, Reading, read_date, year_from
from model.arrangement import Arrangement, Feast, Span
from model.unread import Fact, Unread

MOST_TEXT: Final = 8000
"""Characters; a notice has about eight hundred."""
_MOST_LINES: Final = 200
_ORDINALS: Final = "一二三四五六七八九十"
_DIGITS: Final = {digit: str(number) for number, digit in enumerate("〇一二三四五六七八九")} | {"零": "0"}

_SPLIT: Final = re.compile(rf"(?:^|(?<=[。;:知\s]))(?=[{_ORDINALS}]{{1,3}}、)|\n")
_TITLE: Final = re.compile(r"(国务院办公厅)?关于(\d{4}|[〇零一二三四五六七八九]{4})年[^。]{0,20}节假日安排的通知")
_YEAR: Final = re.compile(r"(\d{4}|[〇零一二三四五六七八九]{4})年(?:部分)?(?:元旦|节假日|全年|放假)")
_LINE: Final = re.compile(rf"(?:[{_ORDINALS}]{{1,3}}、|\d{{1,2}}[.、])?([^\d:。;,]{{1,20}}):(.+)")
_DATE: Final = r"(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日(?:\([^()]*\))?"
_SPAN: Final = rf"{_DATE}(?:(?:至|到|-|—|–|~)+{_DATE})?"
_VERB: Final = r"(?:放假调休|调休放假|放假|补休|调休|休息|(?:照常|正常)?上班)"
_TAIL: Final = r"(?:,?共\d{1,2}天|\d{1,2}天|,?(?:与|和)(?:周末|双休日)连休|,不调休)"
_CLAUSE: Final = re.compile(rf"((?:{_SPAN})(?:[、,和及](?:{_SPAN}))*)({_VERB})((?:{_TAIL})*)")
_SENTENCE: Final = re.compile(rf"(?:{_CLAUSE.pattern})(?:,(?:{_CLAUSE.pattern}))*")
_SPANS: Final = re.compile(rf"({_DATE})(?:(?:至|到|-|—|–|~)+({_DATE}))?")
_PARTS: Final = re.compile(r"([^()]+)(?:\(([^()]*)\))?")
_COUNT: Final = re.compile(r"(\d{1,2})天")
_WEEKDAY: Final = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])")
_DATED: Final = re.compile(r"\d{1,2}[月日]")
_SPEAKS: Final = re.compile(r"放假|上班|补休|调休")
_ADVICE: Final = re.compile(r"鼓励|建议|提倡|可以?结合")


@dataclass(slots=True)
class _Found:
    """What the lines so far have given."""

    year: int
    entries: list[Entry] = field(default_factory=list)
    wrong: list[Unread] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)


def read_notice(text: str, year: int | None = None) -> Reading:
    """The year of this text. `year`: which one somebody says it is; else the text must say so.

    A line that is not understood whole makes all of it wrong, for a day that is missing would be counted as worked; lines that
    speak of no day off are passed over, and told.
    """
    if len(text) > MOST_TEXT:
        return _nothing("calendar.wrong.long", year, count=len(text))
    lines = ["".join(one.split()) for one in _SPLIT.split(unicodedata.normalize("NFKC", text)) if one.strip()]
    if len(lines) > _MOST_LINES:
        return _nothing("calendar.wrong.many_lines", year, count=len(lines))
    plain = "\n".join(lines)
    title = _TITLE.search(plain)
    written = {_number(one) for one in _YEAR.findall(plain)} | ({_number(title[2])} if title else set())
    if not lines:
        return _nothing("calendar.wrong.no_text", year)
    if year is None and len(written) != 1:
        if not written:
            return _nothing("calendar.wrong.no_year", None)
        return _nothing("calendar.wrong.years", None, years=sorted(written))
    if year is not None and written and written != {year}:
        return _nothing("calendar.wrong.other_year", year, chosen=year, years=sorted(written))
    found = _Found(year if year is not None else written.pop())
    for line in lines:
        _read_line(line, found)
    if not found.entries and not found.wrong:
        found.wrong.append(Unread("calendar.wrong.nothing"))
    source = title[0] if title else source_of(found.year)
    return year_from(found.entries, found.year, source, found.wrong, found.unused)


def _nothing(key: str, year: int | None, **about: Fact) -> Reading:
    """Nothing of it was read, for this reason."""
    return Reading(None, (Unread(key, about),), (), year)


def printed(one: Arrangement) -> str:
    """The lines of the notice, as `read_notice` reads them again, the year in the first one, which is the source."""
    lines = [f"{_ordinal(number)}、{_line(feast, one.year)}" for number, feast in enumerate(one.feasts, 1)]
    return "\n".join([one.source or source_of(one.year), *lines])


def source_of(year: int) -> str:
    """What a year is called that nobody has given a title."""
    return f"{year}年放假安排"


def _read_line(line: str, found: _Found) -> None:
    match = _LINE.fullmatch(line)
    if match is None or not _DATED.search(match[2]):
        if _DATED.search(line) and _SPEAKS.search(line) and not _ADVICE.search(line):
            found.wrong.append(Unread("calendar.wrong.no_feast", {"said": _short(line)}))
        else:
            found.unused += [] if _TITLE.fullmatch(line) or line == source_of(found.year) else [line]
        return
    name = match[1]
    for sentence in filter(None, re.split(r"[。;]", match[2])):
        if _ADVICE.search(sentence) or not (_DATED.search(sentence) or _SPEAKS.search(sentence)):
            found.unused.append(sentence)
        elif _SENTENCE.fullmatch(sentence):
            for clause in _CLAUSE.finditer(sentence):
                _read_clause(name, clause, found)
        else:
            found.wrong.append(Unread("calendar.wrong.unclear", {"said": _short(sentence)}, name))


def _read_clause(name: str, clause: re.Match[str], found: _Found) -> None:
    works, days, month = clause[2].endswith("上班"), 0, None
    for one in _SPANS.finditer(clause[1]):
        try:
            first = _day(name, one[1], found, month)
            last = _day(name, one[2], found, first.month) if one[2] else first
        except DateMistaken as error:
            found.wrong.append(Unread(error.key, error.about, name))
            return
        month = last.month
        span = Span(first=first, last=last)
        days += max(len(span.days), 0)
        found.entries.append(Entry(name, span, works, name))
    if (count := _COUNT.search(clause[3])) and int(count[1]) != days:
        about: dict[str, Fact] = {"written": int(count[1]), "said": _short(clause[1]), "count": days}
        found.wrong.append(Unread("calendar.wrong.count", about, name))


def _day(name: str, text: str, found: _Found, month: int | None) -> dt.date:
    """The day, and whether the weekday beside it is its own. Raises DateMistaken."""
    parts = _PARTS.match(text)
    assert parts is not None
    day = read_date(parts[1], found.year, month)
    said = _WEEKDAY.search(parts[2] or "")
    if said and said[1].replace("天", "日") != WEEKDAYS[day.weekday()]:
        about: dict[str, Fact] = {"said": parts[1], "weekday": said[1], "day": day, "year": found.year}
        found.wrong.append(Unread("calendar.wrong.weekday", about, name))
    return day


def _line(feast: Feast, year: int) -> str:
    parts = []
    if feast.off:
        spans = "、".join(_span(one, year) for one in feast.off)
        kind = "放假调休" if feast.worked else "放假"
        parts.append(f"{spans}{kind}，共{sum(len(one.days) for one in feast.off)}天")
    if feast.worked:
        parts.append(f"{'、'.join(_said(day, year) for day in feast.worked)}上班")
    return f"{feast.name}：" + "".join(f"{part}。" for part in parts)


def _span(one: Span, year: int) -> str:
    if one.first == one.last:
        return _said(one.first, year)
    return f"{_said(one.first, year)}至{_said(one.last, year)}"


def _said(day: dt.date, year: int) -> str:
    before = "" if day.year == year else f"{day.year}年"
    return f"{before}{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


def _ordinal(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("十" if tens else "") + (_ORDINALS[ones - 1] if ones else "")


def _number(text: str) -> int:
    return int("".join(_DIGITS.get(one, one) for one in text))


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"


def lines_of(one: Arrangement) -> Iterator[str]:
    """Each feast in a line of the notice, without its number."""
    return (_line(feast, one.year) for feast in one.feasts)
