"""Whom a warning must reach by the county's table of shares, found from who served then (X59, J35)."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from bench.year.people import NEW
from bench.year.seen import Seen
from model.county import County
from model.event import Recorded
from model.events.clock import Warned
from model.staff import Staff


class Receivers:
    """Who serves when, and whom a log's warnings told; `gone`: since when somebody serves no more."""

    def __init__(self, county: County, staff: Mapping[str, Staff], gone: Mapping[str, dt.datetime]) -> None:
        self._county = county
        self._staff = staff
        self._gone = gone
        self._steps = {one.step for one in county.process.steps} | {"urge"}
        self._tell = {one.share: one.tell for one in county.process.warnings}

    def faults(self, log: Iterable[Recorded]) -> Iterator[str]:
        """Warnings that told others than they had to."""
        seen = Seen()
        for one in log:
            event = one.event
            if isinstance(event, Warned) and event.step in self._steps:
                told, due = {each.id for each in event.told}, self._due(event, seen, one.at)
                if told != due:
                    yield f"{event.orders} {event.step}: {event.share} % told {sorted(told)}, and had to tell {sorted(due)}"
            seen.follow([one])

    def _due(self, event: Warned, seen: Seen, at: dt.datetime) -> set[str]:
        orders = [seen.orders[name] for name in event.orders if seen.orders[name].settled]
        bodies = {one.body for one in orders}
        found = set[str]()
        for receiver in self._tell.get(event.share, ()):
            match receiver:
                case "steward":
                    found |= {one.steward for one in orders if one.steward is not None}
                case "lead":
                    found |= {one.id for one in self._serving("lead", at) if one.body in bodies}
                case "supervisor":
                    found |= {one.id for one in self._serving("supervisor", at)}
                case "window":
                    found.add(self._county.id)
        return found or {self._county.id}

    def _serving(self, duty: str, at: dt.datetime) -> Iterator[Staff]:
        for one in self._staff.values():
            before = one.id.removesuffix(NEW)
            came = before == one.id or self._gone[before] <= at
            if one.duty == duty and came and not (one.id in self._gone and self._gone[one.id] <= at):
                yield one
