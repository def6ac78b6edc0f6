"""Half-days and times as they are offered and said: 12月1日（周二）上午, and, among the next days, 周二上午."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from model.calendar import CHINA
from model.times import Window

_NOON: Final = 12
_WEEKDAYS: Final = "一二三四五六日"


def day_named(at: dt.datetime) -> str:
    """12月1日（周二）, in China."""
    local = at.astimezone(CHINA)
    return f"{local.month}月{local.day}日（周{_WEEKDAYS[local.weekday()]}）"


def time_named(at: dt.datetime) -> str:
    """12月1日（周二）17:30, in China."""
    return f"{day_named(at)}{at.astimezone(CHINA):%H:%M}"


def half_day_named(window: Window) -> str:
    """12月1日（周二）上午."""
    return f"{day_named(window.start)}{_half(window)}"


def half_day_said(window: Window) -> str:
    """周二上午."""
    return f"周{_WEEKDAYS[window.start.astimezone(CHINA).weekday()]}{_half(window)}"


def said(offers: Sequence[Window]) -> str:
    """How somebody may say when he can come, of what he is offered: the first and the last; empty if nothing is."""
    return "、".join(dict.fromkeys(half_day_said(one) for one in (*offers[:1], *offers[-1:])))


def _half(window: Window) -> str:
    return "上午" if window.start.astimezone(CHINA).hour < _NOON else "下午"
