"""The monthly figures (通报) counted again from the log, written apart from `routing.bulletin` (J34, J35)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.year.earlier import done_earlier
from bench.year.hours import Hours
from bench.year.seen import Seen
from model.calendar import CHINA
from model.event import Recorded
from routing.bulletin import Figures

MONTH = tuple[int, int]
_Told = dict[str, dict[str, list[float]]]
Counted = dict[str, Any]
"""The figures of one body in one month, by name."""


@dataclass
class _Clock:
    due: dt.datetime
    met: bool = False
    stands: dt.datetime | None = None


@dataclass
class _Sat:
    """The consultations of a case: who is to come to each, and who agreed to do what by when."""

    invited: dict[str, set[str]] = field(default_factory=dict)
    items: dict[str, tuple[str, dt.date]] = field(default_factory=dict)

    def count(self, tell: "_Told", event: Any, at: dt.datetime) -> None:
        """What a consultation, and what was agreed at it, adds to the figures (X57, J34)."""
        match event.event:
            case "consultation_named":
                self.invited[event.consultation] = {one.body for one in event.invited}
            case "consultation_held":
                for body in self.invited[event.consultation]:
                    _add(tell, body, "consulted", 1)
            case "consultation_item_given":
                self.items[event.item.id] = event.item.body, event.item.day
            case "consultation_item_done":
                body, day = self.items[event.name]
                _add(tell, body, "agreed", int(at.astimezone(CHINA).date() <= day), 1)


def plain(figures: Figures) -> Counted:
    """The program's figures in the form of ours, without what is nothing."""
    told = {
        "opened": figures.opened,
        "closed": figures.closed,
        "overdue": figures.overdue,
        "surveys": tuple(figures.first_surveys),
        "contacts": (len(figures.to_contact), round(sum(one.total_seconds() for one in figures.to_contact), 1)),
        "unreached": figures.unreached,
        "consulted": figures.consulted,
        "agreed": tuple(figures.agreed),
        **{f"on_time {step}": tuple(share) for step, share in figures.on_time.items()},
    }
    return {name: value for name, value in told.items() if value not in (0, (0, 0), (0, 0.0))}


class Recount:
    """Counts one log after the other; the months' ends are those asked for."""

    def __init__(self, hours: Hours, ends: Sequence[dt.datetime]) -> None:
        """`ends`: the ends of the months, in order, the first of them the beginning of the first month."""
        self._hours = hours
        self._ends = ends
        self._counts: list[dict[str, dict[str, list[float]]]] = [
            defaultdict(lambda: defaultdict(lambda: [0, 0])) for _ in ends[1:]
        ]

    def months(self) -> list[dict[str, Counted]]:
        """By month and body; bodies with nothing to tell are left out."""
        return [
            {
                body: {name: _shown(name, pair) for name, pair in named.items() if any(pair)}
                for body, named in one.items()
            }
            for one in self._counts
        ]

    def count(self, log: Sequence[Recorded]) -> None:
        """One case."""
        seen, clocks = Seen(), dict[tuple[str, str], _Clock]()
        came, surveyed, left = dict[str, dt.datetime](), set[str](), set[str]()
        sat, unreached, month, works = _Sat(), set[str](), 0, dict[str, int]()
        done = [done_earlier(log, end) for end in self._ends[1:]]
        for one in log:
            while month < len(self._counts) and one.at >= self._ends[month + 1]:
                self._overdue(month, seen, clocks, unreached)
                month += 1
            if month == len(self._counts):
                return
            event: Any = one.event
            old = {name: (order.body if order.settled else "") for name, order in seen.orders.items()}
            seen.follow([one])
            tell = self._counts[month]
            sat.count(tell, event, one.at)
            _call(unreached, event)
            _decide(clocks, event)
            match event.event:
                case "order_routed" | "order_assigned":
                    order = seen.orders[event.order]
                    if order.settled and old.get(event.order) != order.body:
                        came[event.order] = one.at
                        _add(tell, order.body, "opened", 1)
                    self._begin(event, clocks, anew=old.get(event.order) != event.body)
                case "clock_started" | "clock_paused" | "clock_resumed":
                    built = (works.get(event.order, 0), event.order)
                    clocks[event.order, event.step] = _Clock(
                        event.due.at, stands=_stands(one, done[month].get(built, one.at))
                    )
                case "works_reported":
                    works |= dict.fromkeys(event.orders, one.sequence)
                case "urged":
                    clocks |= {(name, "urge"): _Clock(event.due.at) for name in event.orders}
                case "applicant_contacted":
                    at = done[month].get((one.sequence, event.order), one.at)
                    waited = self._hours.worked(at) - self._hours.worked(came[event.order])
                    _add(tell, seen.orders[event.order].body, "contacts", 1, waited)
                case "opinion_given" if event.order not in surveyed:
                    surveyed.add(event.order)
                    _add(tell, seen.orders[event.order].body, "surveys", int(event.passes), 1)
                case "contact_denied" if (event.order, "contact") in clocks:
                    clocks[event.order, "contact"].met = False
                case "rated" if event.due is not None and not seen.called_back:
                    known = clocks.get((event.order, "call_back"))
                    if known is None or known.met:
                        clocks[event.order, "call_back"] = _Clock(event.due.at)
            for name, step in _done(event, seen, clocks):
                clock = clocks[name, step]
                clock.met = True
                at = done[month].get((one.sequence, name), one.at)
                _add(tell, seen.orders[name].body, f"on_time {step}", int(min(at, clock.stands or at) <= clock.due), 1)
            for name in {name for name, order in seen.orders.items() if order.connected} - left:
                left.add(name)
                _add(tell, seen.orders[name].body, "closed", 1)
        for rest in range(month, len(self._counts)):
            self._overdue(rest, seen, clocks, unreached)

    def _overdue(self, month: int, seen: Seen, clocks: dict[tuple[str, str], _Clock], unreached: set[str]) -> None:
        """Orders that were open at the end of a month with a limit that had ended, or one that waits for the applicant."""
        for name, order in seen.orders.items():
            late = [
                one
                for (of, _), one in clocks.items()
                if of == name and not one.met and one.stands is None and one.due < self._ends[month + 1]
            ]
            if name in unreached and order.settled and not order.connected and not seen.closed:
                _add(self._counts[month], order.body, "unreached", 1)
            if late and order.settled and not order.connected and not seen.closed:
                _add(self._counts[month], order.body, "overdue", 1)

    @staticmethod
    def _begin(event: Any, clocks: dict[tuple[str, str], _Clock], *, anew: bool) -> None:
        for step in ("contact", "survey"):
            due, known = getattr(event, f"{step}_due"), clocks.get((event.order, step))
            if due is not None and (known is None or (anew and not known.met)):
                clocks[event.order, step] = _Clock(due.at)


def _decide(clocks: dict[tuple[str, str], _Clock], event: Any) -> None:
    """What the form decides anew about limits, once it is filled in (X26)."""
    if event.event != "decided_anew":
        return
    for name, route in event.routes.items():
        if (over := clocks.get((name, "survey" if route is not None else "connection"))) is not None:
            over.met = True
    for one in event.dues:
        clocks[one.order, one.step].due = one.due.at


def _call(unreached: set[str], event: Any) -> None:
    """Which orders wait for an applicant whom nobody has reached (X20)."""
    match event.event:
        case "call_failed" if event.pauses:
            unreached.add(event.order)
        case "applicant_heard":
            unreached.difference_update(event.orders)
        case "applicant_contacted":
            unreached.discard(event.order)


_ENDS = {
    "applicant_contacted": ("contact", "urge"),
    "opinion_given": ("survey",),
    "scheme_given": ("scheme",),
    "acceptance_reported": ("acceptance",),
    "connected": ("connection", "urge"),
    "urge_answered": ("urge",),
    "called_back": ("call_back",),
}


def _done(event: Any, seen: Seen, clocks: dict[tuple[str, str], _Clock]) -> list[tuple[str, str]]:
    """The limits that this event ends."""
    if event.event == "works_reported":
        ended = [(name, "construction") for name in event.orders if seen.orders[name].built]
    elif event.event == "called_back" or (event.event == "rated" and event.due is None):
        ended = [one for one in clocks if one[1] == "call_back"]
    else:
        ended = [(event.order, step) for step in _ENDS.get(event.event, ())]
    return [one for one in ended if one in clocks and not clocks[one].met]


def _add(tell: dict[str, dict[str, list[float]]], body: str, name: str, first: float, second: float = 0) -> None:
    pair = tell[body][name]
    pair[0] += first
    pair[1] += second


def _stands(one: Recorded, built: dt.datetime) -> dt.datetime | None:
    """Since when a limit stands still by this event: where the user's works are waited for, since the body's were done."""
    event: Any = one.event
    if event.event != "clock_paused" or event.until is not None:
        return None
    return built if event.cause == "inside" else one.at


def _shown(name: str, pair: list[float]) -> Any:
    if name in ("opened", "closed", "overdue", "unreached", "consulted"):
        return int(pair[0])
    return (int(pair[0]), round(pair[1], 1)) if name == "contacts" else (int(pair[0]), int(pair[1]))
