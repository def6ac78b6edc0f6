"""The clocks of a case as its log lets them run: which warning must be given when, and no other (J35, R7, R27, R33)."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bench.year.hours import Hours
from bench.year.limits import Limit, limit, run_on
from bench.year.seen import Seen
from model.calendar import Length
from model.county import County
from model.event import Recorded

LATE = dt.timedelta(seconds=1)
"""The clock jumps from one instant at which something is due to the next: nothing is ever later."""
SAME = dt.timedelta(milliseconds=1)
_MET = {
    "applicant_contacted": ("contact", "urge"),
    "opinion_given": ("survey",),
    "scheme_given": ("scheme",),
    "acceptance_reported": ("acceptance",),
    "connected": ("connection", "urge"),
    "urge_answered": ("urge",),
}
_BEGUN_BY_EVENTS = ("contact", "survey")


@dataclass
class Runs:
    """A limit of an order; `since` is when its next warning could first be given."""

    limit: Limit
    since: dt.datetime
    length: Length
    start: dt.datetime
    stood: list[tuple[dt.datetime, dt.datetime]] = field(default_factory=list)
    until: dt.datetime | None = None
    stands: dt.datetime | None = None
    """Since when it stands still, nobody knows how long."""
    warned: int = 0
    met: bool = False

    @property
    def next(self) -> tuple[int, dt.datetime] | None:
        """The share that comes next, and when it must be warned of."""
        coming = next(((share, at) for share, at in self.limit.warnings if share > self.warned), None)
        return (
            None if coming is None or self.met or self.stands is not None else (coming[0], max(coming[1], self.since))
        )


class Running:
    """Follows a log and tells what is wrong with its warnings."""

    def __init__(self, county: County, hours: Hours) -> None:
        self._county = county
        self._hours = hours
        self._shares = tuple(sorted({one.share for one in county.process.warnings}))
        self._clocks: dict[tuple[str, str], Runs] = {}
        self._with: dict[str, str] = {}
        """The body that each order is with, once it is settled which."""
        self._seen = Seen()
        self.warnings = 0

    def faults(self, log: Iterable[Recorded], end: dt.datetime) -> Iterator[str]:
        """What is wrong up to the end of the simulation."""
        for one in log:
            yield from self._missing(one.at)
            if one.event.event == "warned":
                yield from self._warned(one, one.event)
            else:
                self._seen.follow([one])
                yield from self._change(one, one.event)
        yield from self._missing(end)

    def _missing(self, now: dt.datetime) -> Iterator[str]:
        for (order, step), clock in self._clocks.items():
            coming = clock.next
            if coming is not None and coming[1] + LATE < now and (step == "call_back" or not self._seen.closed):
                yield f"{order} {step}: {coming[0]} % was to be warned of at {coming[1]}, and was not by {now}"
                clock.warned = coming[0]

    def _warned(self, one: Recorded, event: Any) -> Iterator[str]:
        for order in event.orders:
            self.warnings += 1
            clock = self._clocks.get((order, event.step))
            coming = clock.next if clock else None
            if (
                clock is None
                or coming is None
                or coming[0] != event.share
                or (self._seen.closed and event.step != "call_back")
            ):
                yield f"{order} {event.step}: {event.share} % warned of at {one.at}, and nothing was to be"
                continue
            if one.at + SAME < coming[1]:
                yield f"{order} {event.step}: {event.share} % warned of at {one.at}, before {coming[1]}"
            if abs(event.due - clock.limit.at) > SAME:
                yield f"{order} {event.step}: said to end at {event.due}, and ends at {clock.limit.at}"
            clock.warned, clock.since = event.share, one.at

    def _change(self, one: Recorded, event: Any) -> Iterator[str]:
        match event.event:
            case "order_routed":
                self._with[event.order] = event.body if not event.candidates else ""
                for step in _BEGUN_BY_EVENTS:
                    yield from self._begin(event.order, step, getattr(event, f"{step}_due"), one.at)
            case "order_assigned":
                yield from self._handed_over(one, event)
            case "clock_paused" if event.cause == "visit":  # it begins anew with the visit
                self._meet(event.order, event.step)
            case "clock_paused" | "clock_resumed" if (event.order, event.step) not in self._clocks:
                yield f"{event.order} {event.step}: {event.event} at {one.at}, and no limit runs"
            case "clock_paused" if event.until is None:
                self._clocks[event.order, event.step].stands = one.at
            case "clock_resumed":
                yield from self._run_on(event, one.at)
            case "clock_paused":
                yield from self._begin(event.order, event.step, event.due, event.until, known=one.at)
                self._clocks[event.order, event.step].until = event.until
            case "clock_started" if event.step == "acceptance" and event.order in self._seen.visits:
                yield from self._begin(event.order, event.step, event.due, self._seen.visits[event.order], known=one.at)
            case "clock_started" if event.since is not None:  # what came before it was done earlier than entered
                old = self._clocks.get((event.order, event.step))
                yield from self._begin(event.order, event.step, event.due, event.since, known=one.at)
                if old is not None and not old.met:
                    self._clocks[event.order, event.step].warned = old.warned
            case "clock_started":
                yield from self._begin(event.order, event.step, event.due, one.at)
            case "urged":
                for order in event.orders:
                    yield from self._begin(order, "urge", event.due, one.at)
            case "rated" if event.due is not None:
                clock = self._clocks.get((event.order, "call_back"))
                if not self._seen.called_back and (clock is None or clock.met):
                    yield from self._begin(event.order, "call_back", event.due, one.at)
            case "rated" | "called_back":
                for (_, step), clock in self._clocks.items():
                    clock.met |= step == "call_back"
            case "contact_denied" if (event.order, "contact") in self._clocks:
                clock = self._clocks[event.order, "contact"]
                clock.met, clock.since = False, one.at
            case "decided_anew":
                yield from self._decided(event, one.at)
            case "works_reported":
                for order in event.orders:
                    if self._seen.orders[order].built:
                        self._meet(order, "construction")
        for step in _MET.get(event.event, ()):
            self._meet(event.order, step)

    def _handed_over(self, one: Recorded, event: Any) -> Iterator[str]:
        """Another body begins anew with what is not done (R33), but not before the applicant's planned time (R27)."""
        before, self._with[event.order] = self._with[event.order], event.body
        for step in _BEGUN_BY_EVENTS if before != event.body else ():
            clock, due = self._clocks.get((event.order, step)), getattr(event, f"{step}_due")
            if clock is None or due is None or clock.met:
                continue
            start = max(one.at, clock.until or one.at)
            yield from self._begin(event.order, step, due, start, known=one.at)
            self._clocks[event.order, step].until = clock.until

    def _begin(
        self, order: str, step: str, due: Any, start: dt.datetime, known: dt.datetime | None = None
    ) -> Iterator[str]:
        if due is None:
            return
        length = Length(**due.model_dump(include=set(Length.model_fields)))
        counted = limit(length, self._hours, self._shares, start)
        if abs(counted.at - due.at) > SAME:
            yield f"{order} {step}: from {start} it ends at {counted.at}, and the log says {due.at}"
        self._clocks[order, step] = Runs(counted, known or start, length, start)

    def _run_on(self, event: Any, now: dt.datetime) -> Iterator[str]:
        """What was left of it when it began to stand still is left now (X20)."""
        clock = self._clocks[event.order, event.step]
        stood = max(clock.stands or now, clock.until or clock.stands or now)
        clock.limit = run_on(clock.limit, clock.length, self._hours, stood, max(now, stood))
        clock.stands, clock.since = None, now
        clock.stood.append((stood, max(now, stood)))
        if abs(clock.limit.at - event.due.at) > SAME:
            yield f"{event.order} {event.step}: run on it ends at {clock.limit.at}, and the log says {event.due.at}"

    def _decided(self, event: Any, now: dt.datetime) -> Iterator[str]:
        """The form is filled in: a limit that runs is of another length from its beginning on, or there is none any more (X26)."""
        for name, route in event.routes.items():
            self._meet(name, "survey" if route is not None else "connection")
        for one in event.dues:
            clock = self._clocks[one.order, one.step]
            clock.length = Length(**one.due.model_dump(include=set(Length.model_fields)))
            clock.limit = limit(clock.length, self._hours, self._shares, clock.start)
            for stood, ended in clock.stood:
                clock.limit = run_on(clock.limit, clock.length, self._hours, stood, ended)
            if abs(clock.limit.at - one.due.at) > SAME:
                yield f"{one.order} {one.step}: decided anew it ends at {clock.limit.at}, and the log says {one.due.at}"
            reached = max((share for share, at in clock.limit.warnings if at <= now), default=0)
            clock.warned, clock.since = min(clock.warned, reached), now

    def _meet(self, order: str, step: str) -> None:
        if (order, step) in self._clocks:
            self._clocks[order, step].met = True
