"""Dates and times as people say them: 12月20日, 下周三上午, 大后天, 月底前, 明天上午九点半. Asia/Shanghai, counted from `now`."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from dialogs.folding import fold
from dialogs.halves import plain_halves
from dialogs.numerals import read_number
from model.values import Half

_N = r"([\d一二三四五六七八九十两〇零]+)"
_DAYS = {
    "大前天": -3,
    "昨天": -1,
    "昨日": -1,
    "前天": -2,
    "今天": 0,
    "今日": 0,
    "本日": 0,
    "今儿": 0,
    "明天": 1,
    "明日": 1,
    "明儿": 1,
    "后天": 2,
    "后日": 2,
    "后儿": 2,
    "大后儿": 3,
    "大后天": 3,
    "大大后天": 4,
}
_WEEK = r"(?:周|星期|礼拜)([一二三四五六日天末])"
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_HALVES: dict[str, Half] = {
    "凌晨": "上午",
    "上午": "上午",
    "早上": "上午",
    "早晨": "上午",
    "清早": "上午",
    "中午": "下午",
    "下午": "下午",
    "傍晚": "下午",
    "晚上": "下午",
    "午后": "下午",
    "AM": "上午",
    "PM": "下午",
}
_TIME = re.compile(rf"{_N}(?:点钟?|时|:|:)(?:(半)|(一刻|三刻)|{_N}分?)?")
_SMALL_HOURS = re.compile(r"(?:夜里|半夜|深夜)(?=[1-5一二两三四五][点:时])")
_HOUR_APART = re.compile(r"(?<=\d) +(?=\d{1,2}[点时:])")  # 2027-4-1 8:00 is no eighteenth
_THIS_HALF = re.compile(r"(?<=[今明昨])[早晚晨]上?(?=\d|[一二两三四五六七八九十]|[,。;]|$)")
_LATIN_HALF = re.compile(r"(?<![A-Za-z])[aApP][mM](?![A-Za-z])")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_SOLID = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_SLASH = re.compile(r"(?<![\d/.])(1[0-2]|0?[1-9])[/.](3[01]|[12]\d|0?[1-9])(?![\d/.万千百元米平吨兆户个台方立%])")
_YEAR = r"(\d{4}|\d{2}|[零〇一二三四五六七八九]{2}(?=年)|[二两][零〇千][零〇一二三四五六七八九十]{0,4}(?=年)|今|明|去|[后前](?=年))"
_FULL = re.compile(rf"(?:{_YEAR}年?[ ,]?(?:的)?)?{_N}月(?:份)?(?:{_N}[日号]?|(底|末|初|中旬))?")
_DAY_ONLY = re.compile(rf"(?:(这个|本|下个?|上个?|当)月)?{_N}[日号]")
_MONTH_END = re.compile(r"(这个月|本月|下个?月|月|年)(底|末)")
_LAST_CENTURY = 70
"""98年 is 1998; nothing is planned so far ahead."""
_BACK = (6, 31, 365)
"""So many days ago a week, a month and a year begin, from which the next such day is the last one."""
_COMING = re.compile(r"[明后]天|[明后][日儿]|下(?!午)|明年|后年|\d{4}")
_VAGUE = ("旬", "这两天", "过两天", "最近", "尽快", "随时", "都行", "不急", "有空")


@dataclass(frozen=True, slots=True)
class Moment:
    """A date with the half-day or time said beside it; `rest` is the text that was not about time."""

    date: dt.date
    half: Half | None = None
    time: dt.time | None = None
    rest: str = ""


def read_moment(text: str, now: dt.datetime, *, past: bool = False) -> Moment | None:
    """The date in the text, or None. A day without month is the next such day; a month without year the next such month.

    `past`: of what has happened; a day without month is the last such day, 周五 the last Friday.
    """
    words = _spelt(text)
    found = _last(words, now.date()) if past else _date(words, now.date())
    if found is None:
        return None
    day, span = found
    rest = words[: span[0]] + words[span[1] :]
    half = next((half for word, half in _HALVES.items() if word in rest), None)
    spoken = next((word for word in _HALVES if word in rest), "")
    time = None
    if match := _TIME.search(rest):
        time = _time(match, half)
        rest = rest.replace(match[0], "", 1)
        half = half or (("上午" if time.hour < 12 else "下午") if time else None)
    rest = re.sub(
        r"(之?前|以前|左右|大概|大约|计划|预计|吧|完成|的|就|可以|行|在|过来|来)+",
        "",
        rest.replace(spoken, "", 1) if spoken else rest,
    )
    return Moment(day, half, time, rest.strip(",。;、."))


def read_half(text: str) -> tuple[Half | None, dt.time | None]:
    """A half-day or a time of day alone: what is missing after a date was given."""
    words = _spelt(text)
    half = next((half for word, half in _HALVES.items() if word in words), None)
    match = _TIME.search(words)
    time = _time(match, half) if match else None
    return half or (("上午" if time.hour < 12 else "下午") if time else None), time


def names_a_day(text: str) -> bool:
    """Whether the text gives a day by its numbers, though there may be no such day (2月30日)."""
    words = _spelt(text)
    return bool(_ISO.search(words) or _SLASH.search(words) or _FULL.search(words) or _DAY_ONLY.search(words))


def vague(text: str) -> bool:
    """Whether the text only says something like 这两天 or 尽快."""
    return any(word in text for word in _VAGUE)


def _spelt(text: str) -> str:
    """The text without blanks, in simple characters, with 今晚 as 今天晚上."""
    words = _HOUR_APART.sub(",", fold(text)).replace(" ", "")
    words = _LATIN_HALF.sub(lambda found: found[0].upper(), words)
    words = _THIS_HALF.sub(lambda found: "天" + {"早": "早上", "晚": "晚上", "晨": "早上"}[found[0][0]], words)
    return plain_halves(_SMALL_HOURS.sub("凌晨", words))


def _int(text: str | None) -> int | None:
    number = read_number(text) if text else None
    return None if number is None else int(number)


def _date(words: str, today: dt.date) -> tuple[dt.date, tuple[int, int]] | None:
    if match := _ISO.search(words) or _SOLID.search(words):
        return _made(int(match[1]), int(match[2]), int(match[3]), match.span())
    if match := _FULL.search(words) or _SLASH.search(words):
        return _full(match, today)
    for word in sorted(_DAYS, key=len, reverse=True):
        if (at := words.find(word)) >= 0:
            return today + dt.timedelta(days=_DAYS[word]), (at, at + len(word))
    if match := re.search(rf"(?:(下下个?|下个?|上上个?|上个?|这个?|本)(?:周的?(?=周|星期|礼拜))?)?{_WEEK}", words):
        return _weekday(match, today), match.span()
    if match := _MONTH_END.search(words):
        return _period_end(match[1], today), match.span()
    if match := _DAY_ONLY.search(words):
        return _day_only(match, today)
    return None


def _last(words: str, today: dt.date) -> tuple[dt.date, tuple[int, int]] | None:
    """The last such day until today, where the words do not name a coming one themselves."""
    found = _date(words, today)
    if found is None or found[0] <= today or _COMING.search(words):
        return found
    earlier = (_date(words, today - dt.timedelta(days=days)) for days in _BACK)
    return next((one for one in earlier if one is not None and one[0] <= today), found)


def _full(match: re.Match[str], today: dt.date) -> tuple[dt.date, tuple[int, int]] | None:
    year_said, month, day, part = match.groups() if match.re is _FULL else (None, match[1], match[2], None)
    months = _int(month)
    if months is None or not 1 <= months <= 12:
        return None
    year = _year(year_said, today)
    guess = year or today.year
    last = calendar.monthrange(guess, months)[1]
    if day and year is None:
        return _next(today.year, months, _int(day) or 0, today, match.span())
    days = _int(day) if day else {"初": 1, "中旬": 15}.get(part or "", last)
    made = _made(guess, months, days or 0, match.span())
    if made and year is None and made[0] < today:
        made = _made(guess + 1, months, days or 0, match.span())
    return made


def _year(said: str | None, today: dt.date) -> int | None:
    if said in (None, ""):
        return None
    near = {"前": -2, "去": -1, "今": 0, "明": 1, "后": 2}
    if said in near:
        return today.year + near[said]
    number = _int(said)
    if number is None or number >= 100:
        return number
    return number + (1900 if number >= _LAST_CENTURY else 2000)


def _next(
    year: int, month: int, day: int, today: dt.date, span: tuple[int, int]
) -> tuple[dt.date, tuple[int, int]] | None:
    """The next such day from today on; 2月29日 may be some years away."""
    made = (_made(year + more, month, day, span) for more in range(9))
    return next((one for one in made if one and one[0] >= today), None)


def _weekday(match: re.Match[str], today: dt.date) -> dt.date:
    """周三 is the next Wednesday from today on; 下周三 the one of next week, 这周三 of this (weeks begin on Monday)."""
    said = match[2]
    weekday = 5 if said == "末" else _WEEKDAYS[said]
    monday = today - dt.timedelta(days=today.weekday())
    weeks = {"下下": 2, "下": 1, "上": -1, "上上": -2}.get((match[1] or "").removesuffix("个"), 0)
    day = monday + dt.timedelta(days=weekday, weeks=weeks)
    return day if match[1] or day >= today else day + dt.timedelta(weeks=1)


def _period_end(period: str, today: dt.date) -> dt.date:
    if period == "年":
        return dt.date(today.year, 12, 31)
    first = today.replace(day=1)
    if period.startswith("下"):
        first = (first + dt.timedelta(days=32)).replace(day=1)
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _day_only(match: re.Match[str], today: dt.date) -> tuple[dt.date, tuple[int, int]] | None:
    days = _int(match[2]) or 0
    first = today.replace(day=1)
    if (match[1] or "").startswith("下") or (not match[1] and days < today.day):
        first = (first + dt.timedelta(days=32)).replace(day=1)
    elif (match[1] or "").startswith("上"):
        first = (first - dt.timedelta(days=1)).replace(day=1)
    if not match[1] and 28 < days <= 31 and calendar.monthrange(first.year, first.month)[1] < days:
        first = (first + dt.timedelta(days=32)).replace(day=1)  # no 29日 in this February: the one of March
    return _made(first.year, first.month, days, match.span())


def _made(year: int, month: int, day: int, span: tuple[int, int]) -> tuple[dt.date, tuple[int, int]] | None:
    try:
        return dt.date(year, month, day), span
    except (ValueError, OverflowError):
        return None


def _time(match: re.Match[str], half: Half | None) -> dt.time | None:
    hour, half_past, quarter, minute = _int(match[1]), match[2], match[3], _int(match[4])
    if hour is None:
        return None
    minutes = 30 if half_past else {"一刻": 15, "三刻": 45}.get(quarter or "", minute or 0)
    if half == "下午" and hour < 12 or half is None and 1 <= hour <= 6:
        hour += 12
    return dt.time(hour, minutes) if hour < 24 and minutes < 60 else None
