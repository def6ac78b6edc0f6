"""Times at which people can come, in words (X30, X36)."""

from collections.abc import Sequence
from typing import Final

from handlers.wording.catalogue import Catalogue
from handlers.wording.outcomes import TimesTaken
from handlers.wording.values import date_of
from model.calendar import CHINA, OpeningHours
from model.commands.scheduling import DecideTime, GiveTimes
from model.county import County
from model.times import Window

_SHOWN: Final = 4
_NOON: Final = 12


def told(catalogue: Catalogue, county: County, event: TimesTaken) -> str:
    """What was understood, and what comes next."""
    match event.do:
        case GiveTimes(appointment=key, party=party):
            gathering = event.case.gatherings[key]
            windows = gathering.times.get(party, ())
            waits = gathering.state == "asking"
            named = windows_named(windows, county.process.hours)
            return catalogue.say("times.taken", times=named, waits=waits, more=event.following is not None)
        case DecideTime(at=at):
            return catalogue.say("times.decided", at=at, number=event.case.number)
        case _:
            return catalogue.say("times.missed", number=event.case.number)


def windows_named(windows: Sequence[Window], hours: OpeningHours) -> str:
    """The windows, the first few: 11月25日（周三）上午、11月27日（周五）全天, or with hours where they are no half-day."""
    days = dict[str, list[str]]()
    for one in windows:
        start, end = one.start.astimezone(CHINA), one.end.astimezone(CHINA)
        whole = any((start.time(), end.time()) == span for span in hours.spans)
        half = "上午" if start.hour < _NOON else "下午"
        days.setdefault(date_of(start), []).append(half if whole else f"{start:%H:%M}到{end:%H:%M}")
    named = [day + ("全天" if parts == ["上午", "下午"] else "和".join(parts)) for day, parts in days.items()]
    return "、".join(named[:_SHOWN]) + ("等" if len(named) > _SHOWN else "")
