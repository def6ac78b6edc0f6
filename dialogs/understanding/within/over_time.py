"""Amounts in a time that is not the field's own: 每小时2吨 for 吨/日, 每天200方 for 方/小时, 每人每天150升 of one head."""

import re
from dataclasses import replace
from decimal import Decimal

from dialogs.kinds.number import check
from dialogs.numerals import NUMBER, read_number
from dialogs.reading import Understood
from dialogs.understanding.atoms import Atom
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.within.finding import Finding
from model.fields import NumberField
from model.values import Amount

_HOUR, _DAY = r"(?:个?小时|个?钟头|个?钟|时|h)", r"(?:天|日)"
_USES = r"(?:就|也|大概|大约|要|得|需要?|用水?|用气|耗气?|烧)*\s?"
_HOURLY_BEFORE = re.compile(rf"(?:每|[一1](?=个|小))(?:{_HOUR})[\s,]?{_USES}$", re.IGNORECASE)
_HOURLY_BEHIND = re.compile(rf"\s?(?:水|气)?(?:/|每|[一1](?=个|小)){_HOUR}", re.IGNORECASE)
_DAILY_BEFORE = re.compile(rf"(?:每|[一1]){_DAY}[\s,]?{_USES}$")
_DAILY_BEHIND = re.compile(rf"\s?(?:水|气)?(?:/|每|[一1]){_DAY}(?![^\d,。;\n]{{0,6}}{NUMBER}\s?{_HOUR})")
_HOURS = re.compile(
    rf"(?:每|[一1]){_DAY}[^\d,。;\n]{{0,6}}?(?P<hours>{NUMBER})\s?个?(?:小时|钟头|钟|h)(?![\d方吨立])", re.IGNORECASE
)
"""一天开十个钟头."""
_HEAD = re.compile(rf"(?:每个?人|人均|[一1]个人|每头|每只)(?:口|均)?(?:(?:每|[一1]){_DAY})?{_USES}$")
_FAR = 12


def over_time(marked: Marked, field: NumberField, atom: Atom, found: Finding) -> Finding | None:
    """The same in the field's time; None if it is another's and nothing says how often."""
    day = field.unit.endswith("/日")
    if not day and not field.unit.endswith("/小时"):
        return found
    if _of_a_head(marked, atom.start):
        return None
    if not day:
        daily = _is_daily(marked, atom.start, atom.end) and not _is_hourly(marked, atom.start, atom.end)
        return None if daily else found
    if not _is_hourly(marked, atom.start, atom.end):
        return found
    hours = _hours(marked)
    value = found.reading.value if isinstance(found.reading, Understood) else None
    if hours is None or not isinstance(value, Amount):
        return None
    total = check(value.number * hours, value.unit, field)
    return replace(found, reading=total, unsure=True, certainty="derived", why="每小时的量乘每天的小时数")


@once
def _of_a_head(marked: Marked, start: int) -> bool:
    return bool(_HEAD.search(marked.said(max(0, start - _FAR), start)))


@once
def _is_hourly(marked: Marked, start: int, end: int) -> bool:
    return bool(
        _HOURLY_BEFORE.search(marked.said(max(0, start - _FAR), start)) or _HOURLY_BEHIND.match(marked.text, end)
    )


@once
def _is_daily(marked: Marked, start: int, end: int) -> bool:
    return bool(_DAILY_BEFORE.search(marked.said(max(0, start - _FAR), start)) or _DAILY_BEHIND.match(marked.text, end))


@once
def _hours(marked: Marked) -> Decimal | None:
    told = {read_number(one["hours"]) for one in _HOURS.finditer(marked.text)}
    return told.pop() if len(told) == 1 else None
