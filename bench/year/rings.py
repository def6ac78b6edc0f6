"""What the clock must ring for in a case as its log has it: consultations and times said afterwards, each once (X57, X59, J34)."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from bench.year.hours import Hours
from bench.year.limits import limit
from bench.year.running import LATE, SAME
from model.calendar import CHINA, Length
from model.county import County
from model.event import Recorded

Ring = tuple[str, str, int]
"""What it is about, what is rung for, and which time of it."""


class Rings:
    """Follows a log and tells what rang too often, too soon or never."""

    def __init__(self, county: County, hours: Hours) -> None:
        self._county = county
        self._hours = hours
        self._due: dict[Ring, dt.datetime] = {}
        self._sequence: dict[str, int] = {}
        self.rung = 0

    def faults(self, log: Iterable[Recorded], end: dt.datetime) -> Iterator[str]:
        """What is wrong up to the end of the simulation."""
        for one in log:
            yield from self._missing(one.at)
            ring = self._rings(one.event)
            if ring is not None:
                yield from self._rung(ring, one.at)
            self._change(one.event, one.at)
        yield from self._missing(end)

    def _missing(self, now: dt.datetime) -> Iterator[str]:
        for ring, at in list(self._due.items()):
            if at + LATE < now:
                yield f"{ring}: was to ring at {at}, and did not by {now}"
                del self._due[ring]

    def _rung(self, ring: Ring, at: dt.datetime) -> Iterator[str]:
        self.rung += 1
        due = self._due.pop(ring, None)
        if due is None:
            yield f"{ring}: rang at {at}, and nothing was to"
        elif at + SAME < due:
            yield f"{ring}: rang at {at}, before {due}"

    def _rings(self, event: Any) -> Ring | None:
        match event.event:
            case "consultation_late":
                return event.consultation, event.what, 0
            case "consultation_near":
                return event.consultation, event.which, self._sequence[event.consultation]
            case "consultation_item_due":
                return event.name, "due", 0
            case "consultation_item_late":
                return event.name, "late", 0
            case "backdating_decided" if event.by is None and event.fell_with is None:
                return event.order, "backdating", event.entry
        return None

    def _change(self, event: Any, now: dt.datetime) -> None:
        rule = self._county.process.consultation
        match event.event:
            case "consultation_asked" if rule is not None:
                self._due[event.consultation, "reply", 0] = self._ends(rule.reply_within, now)
                self._due[event.consultation, "hold", 0] = self._ends(rule.within, now)
            case "consultation_named" if rule is not None:
                self._sequence[event.consultation] = event.sequence
                self._forget(event.consultation, but=("hold",))
                at = event.at_time.astimezone(CHINA)
                before = dt.datetime.combine(at.date() - dt.timedelta(days=1), rule.reminders.day_before, CHINA)
                hour = at - dt.timedelta(minutes=rule.reminders.minutes_before)
                for which, when in (("day", before), ("hour", hour)):
                    if when > now:
                        self._due[event.consultation, which, event.sequence] = when
            case "consultation_declined" | "consultation_held":
                self._forget(event.consultation)
            case "consultation_item_given" if rule is not None:
                day = dt.datetime.combine(event.item.day, rule.items_at, CHINA)
                if day > now:
                    self._due[event.item.id, "due", 0] = day
                self._due[event.item.id, "late", 0] = day + dt.timedelta(days=1)
            case "consultation_item_done":
                self._forget(event.name)
            case "backdating_claimed" | "backdating_asked":
                within = self._county.process.backdating
                if within is not None:
                    self._due[event.order, "backdating", event.entry] = self._ends(within.within, now)
            case "backdating_decided":
                self._due.pop((event.order, "backdating", event.entry), None)
            case "case_closed":  # only of the last step somebody may still say when it was done
                self._due = {ring: at for ring, at in self._due.items() if ring[1] == "backdating"}

    def _ends(self, length: Length, start: dt.datetime) -> dt.datetime:
        return limit(length, self._hours, (), start).at

    def _forget(self, name: str, but: tuple[str, ...] = ()) -> None:
        self._due = {ring: at for ring, at in self._due.items() if ring[0] != name or ring[1] in but}
