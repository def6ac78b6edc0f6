"""What was done to each order when, and what comes next: the applicant's timeline, read from the log (design §2.3)."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from model.case import Case
from model.event import Event, Recorded
from model.events.contact import ApplicantContacted
from model.events.intake import TaskTaken
from model.events.survey import OpinionGiven
from model.events.works import AcceptanceReported, Connected, SchemeGiven, WorksReported
from model.order import Order, OrderState
from model.process import Step
from routing.happened import happened
from routing.transitions import PATH, finished, reached_by


class Milestone(NamedTuple):
    """An order came into this state at this time."""

    state: OrderState
    at: dt.datetime


def timeline(case: Case, log: Iterable[Recorded]) -> Mapping[str, tuple[Milestone, ...]]:
    """By order, what was done and still holds, in the order of the steps: a contact that was denied is none (X20).

    What was entered later than it was done stands with the time at which it was done (X59).
    """
    reached: dict[str, dict[OrderState, dt.datetime]] = {order.id: {} for order in case.orders}
    known = tuple(log)
    earlier = happened(known)
    for one in known:
        for order, state in _done(one.event):
            reached[order][state] = earlier.get((one.sequence, order), one.at)
    return {
        order.id: tuple(
            Milestone(state, reached[order.id][state])
            for state in PATH[: PATH.index(order.state) + 1]
            if state in reached[order.id]
        )
        for order in case.orders
    }


def next_step(case: Case, order: Order) -> Step | None:
    """The step that an order waits for; None once nothing is left to do."""
    if finished(order, case.steps_of(order)):
        return None
    ahead = PATH[PATH.index(order.state) + 1 :]
    return next((step for state in ahead if (step := reached_by(state)) in case.steps_of(order)), None)


def _done(event: Event) -> Iterator[tuple[str, OrderState]]:
    match event:
        case TaskTaken(order=order):
            yield order, OrderState.TAKEN
        case ApplicantContacted(order=order):
            yield order, OrderState.CONTACTED
        case OpinionGiven(order=order, passes=True):
            yield order, OrderState.SURVEYED
        case SchemeGiven(order=order):
            yield order, OrderState.SCHEMED
        case WorksReported(orders=orders):
            yield from ((order, OrderState.BUILT) for order in orders)
        case AcceptanceReported(order=order, passes=True):
            yield order, OrderState.ACCEPTED
        case Connected(order=order):
            yield order, OrderState.CONNECTED
        case _:
            return
