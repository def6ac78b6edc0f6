"""A case on the desk of a test: commands go in, it evolves, and what happened can be asked."""

import datetime as dt
from functools import reduce

from model.case import Case
from model.command import Command, Do
from model.county import County
from model.decision import Refused
from model.event import Event, Recorded
from model.message import Actor
from model.order import Order, OrderState
from model.staff import Staff
from model.submission import Submission
from routing.accept import accept
from routing.decide import decide
from routing.evolve import evolve, fold
from routing.record import record
from tests.routing.county import NOW, everybody

APPLICANT = Actor(person="applicant")
WINDOW = Actor(person="window", role="staff", staff="window-1")


class Desk:
    """One case; `stewards` are the county's (one for every body unless given)."""

    def __init__(self, county: County, made: Submission, stewards: tuple[Staff, ...] | None = None) -> None:
        self.county = county
        self.stewards = everybody(county) if stewards is None else stewards
        events = accept(made, county, "case", "2026-0001", self.stewards, NOW)
        assert not isinstance(events, Refused)
        self.log: list[Recorded] = []
        self.case = fold(self._record(events, APPLICANT, NOW))

    def do(self, actor: Actor, do: Do, now: dt.datetime = NOW) -> Refused | list[str]:
        """Carry a command out; its events by name, or the refusal."""
        command = Command(id=f"c{len(self.log)}", case=self.case.id, actor=actor, do=do)
        events = decide(self.case, command, self.county, now, self.stewards)
        if isinstance(events, Refused):
            return events
        before = self.case
        self.case = reduce(evolve, self._record(events, actor, now), before)
        return [event.event for event in events]

    def order(self, place: int = 1) -> Order:
        """An order by its place, from 1."""
        return self.case.orders[place - 1]

    def states(self) -> list[OrderState]:
        """The states of all orders."""
        return [order.state for order in self.case.orders]

    def steward(self, place: int = 1) -> Actor:
        """The steward of an order."""
        order = self.order(place)
        return Actor(person=f"person-{order.steward}", role="steward", staff=order.steward)

    def _record(self, events: tuple[Event, ...], actor: Actor, now: dt.datetime) -> list[Recorded]:
        recorded = record(events, case_id="case", after=len(self.log), actor=actor, county=self.county, now=now)
        self.log += recorded
        return list(recorded)


def replayed(desk: Desk) -> Case:
    """The case made anew from its log as it would be read back."""
    return fold(Recorded.model_validate_json(one.model_dump_json()) for one in desk.log)
