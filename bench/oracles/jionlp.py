"""Cases of JioNLP: lists of text and value in its tests of times and addresses, read from their source."""

import ast
import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bench.oracles import reading
from bench.oracles.cases import Case, Oracle
from bench.oracles.recognizers import LUNAR
from dialogs.numerals import read_number
from model.calendar import CHINA

_LEAST = (1, 1, 1, 0, 0)
"""Year, month, day, hour and minute at their beginning."""
_TERMS = "立春|雨水|惊蛰|春分|清明|谷雨|立夏|小满|芒种|夏至|小暑|大暑|立秋|处暑|白露|秋分|寒露|霜降|立冬|小雪|大雪|冬至|小寒|大寒"
_HOLIDAY = re.compile(rf"节|元旦|国庆|端午|元宵|中秋|^十一$|{_TERMS}")
_MONTH = re.compile(r"([\d一二三四五六七八九十]+)月")
_OFFSET = re.compile(r"(?:天|小时|钟头|刻钟|分钟|半钟|秒)[之以]?[前后]$")
_NTH = re.compile(r"第.+[天个]")
_DAY = re.compile(r"[月日号周]|(?<!白)天|星期|礼拜|[今明昨当]晚|\d{4}|\d[./·-]\d")
"""Something that names a day, and no time of day alone."""
_ELSEWHEN = re.compile(r"\d{4}|年|(?<![早晚])上(?!午)|昨|前|本|当|同|去")
"""A year, or a word that leads into the past or stays in this month."""


def oracles(checkout: Path) -> Iterator[Oracle]:
    """The rows of times and addresses."""
    times = tuple(_times((checkout / "test" / "test_time_parser.py").read_text("utf-8")))
    yield Oracle("JioNLP `test_time_parser`, single days", "read_moment", times, reading.moment, _NOT_A_DAY)
    addresses = tuple(_addresses((checkout / "test" / "test_location_parser.py").read_text("utf-8")))
    name = "JioNLP `test_location_parser`"
    yield Oracle(f"{name}, as a direct answer", "kinds.address", addresses, reading.answered_address, {})
    yield Oracle(f"{name}, found in free text", "places", addresses, reading.address_among_words, _NO_PLACE)


def _lists(tree: ast.Module) -> Iterator[list[ast.expr]]:
    """What stands in the lists of lists, the first the text and the last the value."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.List):
            for item in node.value.elts:
                if isinstance(item, ast.List) and len(item.elts) >= 3:
                    yield item.elts


def _times(source: str) -> Iterator[Case]:
    tree = ast.parse(source)
    known = {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for said, now, *_, value in _lists(tree):
        yield _time(ast.literal_eval(said), _base(now, known), ast.literal_eval(value))


def _base(node: ast.expr, known: Mapping[str, ast.expr]) -> dt.datetime | None:
    """What a case is counted from: a timestamp, parts of a date, or whenever their test is run."""
    if isinstance(node, ast.Name):
        node = known[node.id]
    if isinstance(node, ast.Call):
        given = [ast.literal_eval(one) for one in node.args]
        return _at(given) if given else reading.NOW
    said = ast.literal_eval(node)
    match said:
        case None:
            return None
        case dict():
            parts = ("year", "month", "day", "hour", "minute")
            return _at([said.get(part, least) for part, least in zip(parts, _LEAST, strict=True)])
        case list():
            return _at(said)
    return dt.datetime.fromtimestamp(said, CHINA)


def _at(parts: list[int]) -> dt.datetime:
    """What is not said of a date is at its beginning."""
    year, month, day, hour, minute, *_ = [*parts, *_LEAST[len(parts) :]]
    return dt.datetime(year, month, day, hour, minute, tzinfo=CHINA)


def _time(said: str, now: dt.datetime | None, value: Mapping[str, Any]) -> Case:
    """The day, with hour and minute where they are exact; first and last day of what is longer."""
    if value["type"] != "time_point":
        return Case(said, value["type"], now, value["type"])
    begin, end = (dt.datetime.fromisoformat(one) for one in value["time"])
    exact = value["definition"] == "accurate" and end - begin < dt.timedelta(hours=23)
    want: object = begin.replace(second=0) if exact else begin.date()
    return Case(said, want if begin.date() == end.date() else (begin.date(), end.date()), now, "time_point")


def _is(kind: str) -> Callable[[Case], bool]:
    return lambda case: case.kind == kind


def _lunar(case: Case) -> bool:
    """Said so, or the day lies in another month than the one that is named."""
    month = _MONTH.search(case.said)
    other = month is not None and isinstance(case.want, dt.date) and read_number(month[1]) != case.want.month
    return other or LUNAR.search(case.said) is not None


def _gone(case: Case) -> bool:
    """A day without year or month that they count back to; planned days are to come."""
    if not isinstance(case.want, dt.date) or case.now is None:
        return False
    day = case.want.date() if isinstance(case.want, dt.datetime) else case.want
    return day < case.now.date() and _ELSEWHEN.search(case.said) is None


_NOT_A_DAY: dict[str, Callable[[Case], bool]] = {
    "spans": _is("time_span"),
    "durations": _is("time_delta"),
    "recurring": _is("time_period"),
    "longer than a day": lambda case: isinstance(case.want, tuple),
    "lunar": _lunar,
    "holidays and solar terms by name": lambda case: _HOLIDAY.search(case.said) is not None,
    "offsets (20天后)": lambda case: _OFFSET.search(case.said) is not None,
    "nth of a period": lambda case: _NTH.search(case.said) is not None,
    "time of day alone": lambda case: _DAY.search(case.said) is None,
    "past by default there, to come here": _gone,
}


def _addresses(source: str) -> Iterator[Case]:
    """Each is to be kept as it is written; `kind` is what stands behind province, city and county."""
    for said, *_, value in _lists(ast.parse(source)):
        words = ast.literal_eval(said)
        yield Case(words, words, kind=ast.literal_eval(value)["detail"])


_NO_PLACE: dict[str, Callable[[Case], bool]] = {"nothing behind province, city and county": lambda case: not case.kind}
