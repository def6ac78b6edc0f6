"""定期通报 (J34, J35): the figures of the bodies for a month, counted over recorded events and nothing else."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from model.calendar import WorkingTime
from model.case import Case
from model.consultation import Consultation
from model.county import County
from model.event import Recorded
from model.events.backdating import BackDated, BackdatingDecided
from model.events.consultations import ConsultationHeld, ItemDone
from model.events.contact import ApplicantContacted
from model.events.intake import OrderAssigned, OrderRouted
from model.events.survey import OpinionGiven
from model.order import Order
from model.process import Timed, is_staffs
from routing.evolve import evolve
from routing.happened import happened
from routing.limits import working_time
from routing.transitions import finished


class Share(NamedTuple):
    """So many of so many."""

    good: int
    of: int

    @property
    def percent(self) -> int:
        """In percent, rounded to the nearest; only where there is something to divide by."""
        return (200 * self.good + self.of) // (2 * self.of)


NONE = Share(0, 0)


@dataclass
class Figures:
    """One body in one month.

    `opened`: orders that came to it, by the push or by the window. `closed`: orders with which nothing is left to do.
    `on_time`: of the limits met in the month, those met before they ended, by step; what is not met yet is not counted
    here but in `overdue`. `to_contact`: working time from the push to each first contact of the month. `first_surveys`:
    orders surveyed for the first time in the month, and how many of them passed. `overdue`: orders open at the end of the
    month, or now, with a limit that had ended; `unreached`: those whose limit stands still since the applicant was called in vain.
    `consulted`: consultations (会商) held with it; `agreed`: what it had taken on there and did, and how much of it by its day.
    """

    opened: int = 0
    closed: int = 0
    on_time: dict[Timed, Share] = field(default_factory=dict)
    to_contact: list[dt.timedelta] = field(default_factory=list)
    first_surveys: Share = NONE
    overdue: int = 0
    unreached: int = 0
    consulted: int = 0
    agreed: Share = NONE

    @property
    def mean_to_contact(self) -> dt.timedelta | None:
        """Their mean; None without any."""
        return sum(self.to_contact, dt.timedelta()) / len(self.to_contact) if self.to_contact else None


def bulletin(
    logs: Iterable[Iterable[Recorded]], county: County, since: dt.datetime, until: dt.datetime
) -> dict[str, Figures]:
    """The figures by body of what happened from `since` until before `until`; bodies with nothing to tell are left out.

    `logs` are the whole logs of all cases open at some time between: what a body did is counted for the body that had the
    order then. An order is counted only once the window has said which body acts. A step that was done before it was entered
    counts in the month of its entry, judged by when it was done, once that stands (X59).
    """
    found = defaultdict[str, Figures](Figures)
    time = working_time(county)
    for one_log in logs:
        log = tuple(one_log)
        earlier = happened(log)
        case: Case | None = None
        received = dict[str, dt.datetime]()
        for one in log:
            if one.at >= until:
                break
            before, case = case, evolve(case, one)
            _receive(received, before, one)
            if before is not None and one.at >= since:
                _count(found, before, case, one, received, time, earlier)
        if case is not None and case.closed_at is None:
            for order in case.orders:
                if not finished(order, case.steps_of(order)) and not order.candidates:
                    found[order.body].unreached += order.unreached
                    found[order.body].overdue += any(
                        clock.runs and clock.due.at < until for step, clock in order.clocks.items() if is_staffs(step)
                    )
    told = {body: figures for body, figures in found.items() if figures != Figures()}
    return dict(sorted(told.items(), key=lambda one: _place(county, one[0])))


def _receive(received: dict[str, dt.datetime], before: Case | None, one: Recorded) -> None:
    """When each order came to the body that has it."""
    match one.event:
        case OrderRouted(order=order, candidates=()):
            received[order] = one.at
        case OrderAssigned(order=order, body=body):
            old = before.order(order) if before else None
            if old is None or old.candidates or old.body != body:
                received[order] = one.at


def _count(
    found: Mapping[str, Figures],
    before: Case,
    after: Case,
    one: Recorded,
    received: Mapping[str, dt.datetime],
    time: WorkingTime,
    earlier: Mapping[tuple[int, str], dt.datetime],
) -> None:
    if isinstance(one.event, BackDated | BackdatingDecided):
        return  # its step is counted where it was entered

    match one.event:
        case (OrderRouted() | OrderAssigned()) as event if received.get(event.order) == one.at:
            found[event.body].opened += 1
        case ApplicantContacted(order=name):
            found[_body(after, name)].to_contact.append(
                time.between(received[name], earlier.get((one.sequence, name), one.at))
            )
        case OpinionGiven(order=name, passes=passes):
            order = before.order(name)
            if order is not None and order.survey is None:
                figures = found[order.body]
                figures.first_surveys = _more(figures.first_surveys, good=passes)
        case ConsultationHeld(consultation=name):
            for body in {invited.body for invited in _consultation(after, name).invited}:
                found[body].consulted += 1
        case ItemDone(name=name):
            item = _consultation(after, name).item(name)
            if item is not None:
                found[item.body].agreed = _more(found[item.body].agreed, good=bool(item.kept))
    for order in after.orders:
        old = before.order(order.id)
        if old is None:
            continue
        for step in _met(old, order):
            figures = found[order.body]
            clock = order.clocks[step]
            if (done := earlier.get((one.sequence, order.id))) is not None:
                clock = clock.model_copy(update={"met_at": done})
            figures.on_time[step] = _more(figures.on_time.get(step, NONE), good=clock.kept)
        if finished(order, after.steps_of(order)) and not finished(old, before.steps_of(old)):
            found[order.body].closed += 1


def _met(old: Order, order: Order) -> list[Timed]:
    """The steps whose limits this event met."""
    return [
        step
        for step, clock in order.clocks.items()
        if is_staffs(step)
        and clock.met_at is not None
        and (step not in old.clocks or old.clocks[step].met_at != clock.met_at)
    ]


def _more(share: Share, *, good: bool) -> Share:
    return Share(share.good + good, share.of + 1)


def _body(case: Case, order_id: str) -> str:
    order = case.order(order_id)
    if order is None:
        raise ValueError(f"no order {order_id} in case {case.id}")
    return order.body


def _consultation(case: Case, name: str) -> Consultation:
    found = case.consultation(name)
    if found is None:
        raise ValueError(f"no consultation {name} in case {case.id}")
    return found


def _place(county: County, body: str) -> int:
    listed = [one.id for one in county.bodies]
    return listed.index(body) if body in listed else len(listed)
