"""The reminders of agreed visits as a log has them: each given once, at its time, and none of a time that stands no more (X36)."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from bench.year.running import LATE, SAME
from bench.year.seen import Seen
from model.calendar import CHINA
from model.county import County
from model.event import Recorded

_FREED = ("survey_moved", "survey_released", "survey_proposed", "times_asked", "missed", "visit_explained")
"""After these the time that was agreed stands no more."""


class Reminders:
    """Follows a log and tells which reminder was given too often, too soon or never; they are counted from the agreed time."""

    def __init__(self, county: County) -> None:
        self._county = county
        self._kinds: dict[str, str] = {}
        self._bound: dict[str, set[str]] = {}
        self._due: dict[tuple[str, str], dt.datetime] = {}
        self.given = 0

    def faults(self, log: Iterable[Recorded], end: dt.datetime) -> Iterator[str]:
        """What is wrong up to the end of the simulation."""
        seen = Seen()
        for one in log:
            yield from self._missing(one.at)
            if one.event.event == "reminded":
                yield from self._reminded(one.event, one.at)
            seen.follow([one])
            self._change(one.event, one.at)
            if seen.closed:
                self._due.clear()
        yield from self._missing(end)

    def _missing(self, now: dt.datetime) -> Iterator[str]:
        for name, at in list(self._due.items()):
            if at + LATE < now:
                yield f"{name}: people were to be reminded at {at}, and were not by {now}"
                del self._due[name]

    def _reminded(self, event: Any, at: dt.datetime) -> Iterator[str]:
        self.given += 1
        due = self._due.pop((event.appointment, event.which), None)
        if due is None:
            yield f"{event.appointment}: reminded ({event.which}) at {at}, and nobody was to be"
        elif at + SAME < due:
            yield f"{event.appointment}: reminded ({event.which}) at {at}, before {due}"

    def _change(self, event: Any, now: dt.datetime) -> None:
        match event.event:
            case "survey_agreed" | "time_set":
                self._kinds[event.appointment] = getattr(event, "kind", None) or self._kinds[event.appointment]
                self._bound[event.appointment] = set(event.orders)
                self._agreed(event.appointment, event.at_time, now)
            case "survey_joined":
                self._bound.setdefault(event.appointment, set()).update(event.orders)
            case "opinion_given":
                self._leave({event.order}, "survey")
            case "acceptance_reported":
                self._leave({event.order}, "acceptance")
            case "connected":
                self._leave({event.order})
            case "orders_ended":
                self._leave(set(event.orders))
            case "external_line_cleared":
                self._forget("joint")
            case name if name in _FREED:
                self._kinds[event.appointment] = getattr(event, "kind", None) or self._kinds.get(
                    event.appointment, "survey"
                )
                self._forget(event.appointment)

    def _agreed(self, key: str, at_time: dt.datetime, now: dt.datetime) -> None:
        self._forget(key)
        rule = self._county.process.meets(self._kinds[key]).reminders  # type: ignore[arg-type]
        at = at_time.astimezone(CHINA)
        if rule is not None and rule.day_before is not None:
            day = dt.datetime.combine(at.date() - dt.timedelta(days=1), rule.day_before, CHINA)
            self._due |= {(key, "day"): day} if day > now else {}
        if rule is not None and rule.minutes_before is not None:
            hour = at - dt.timedelta(minutes=rule.minutes_before)
            self._due |= {(key, "hour"): hour} if hour > now else {}

    def _leave(self, orders: set[str], kind: str | None = None) -> None:
        for key, bound in self._bound.items():
            if kind in (None, self._kinds.get(key)):
                bound.difference_update(orders)
                if not bound:
                    self._forget(key)

    def _forget(self, key: str) -> None:
        self._due = {name: at for name, at in self._due.items() if name[0] != key}
