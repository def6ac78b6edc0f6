"""The nearest outlets in words, with their hours today (J14)."""

import datetime as dt
from typing import Any

from model.county import County
from model.outlets import Outlet


def told(county: County, outlets: tuple[Outlet, ...], town: str, day: dt.date) -> dict[str, Any]:
    """What the text is filled with; a town that none of them is near to is not named."""
    return {
        "town": town if any(town in one.towns for one in outlets) else "",
        "outlets": [
            {"name": one.name, "address": one.address, "phone": one.phone, "hours": _open(county, one, day)}
            for one in outlets
        ],
    }


def _open(county: County, outlet: Outlet, day: dt.date) -> str:
    """8:30–12:00、14:00–17:30; empty where it is closed that day."""
    if outlet.days == "working" and not county.calendar.is_workday(day):
        return ""
    return "、".join(f"{opens:%-H:%M}–{closes:%-H:%M}" for opens, closes in outlet.hours.spans)
