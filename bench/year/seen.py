"""A case as its log tells it, in as few words as the recount needs; written apart from `routing.evolve`."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from model.event import Event, Recorded
from model.events.contact import ApplicantContacted
from model.events.intake import CaseAccepted, CaseClosed, OrderAssigned, OrderRouted, TaskTaken
from model.events.rating import CalledBack, Rated
from model.events.works import AcceptanceReported, Connected, SchemeGiven, WorksReported


@dataclass
class SeenOrder:
    """Who has an order, and how far its works are."""

    body: str
    steward: str | None
    settled: bool
    introduced: bool = False
    contacted: bool = False
    schemed: bool = False
    inside: bool = False
    works: set[str] = field(default_factory=set)
    connected: bool = False

    @property
    def built(self) -> bool:
        """Whether everything that is to be built is there."""
        return "outside" in self.works and (not self.inside or "inside" in self.works)


@dataclass
class Seen:
    """A case."""

    county: str = ""
    person: str = ""
    lead: str | None = None
    steps: tuple[str, ...] = ()
    orders: dict[str, SeenOrder] = field(default_factory=dict)
    callers: tuple[tuple[str, str], ...] = ()
    called_back: bool = False
    closed: bool = False

    def follow(self, log: Iterable[Recorded]) -> "Seen":
        """The case after these events too."""
        for one in log:
            self._follow(one.event)
        return self

    def _follow(self, event: Event) -> None:
        match event:
            case CaseAccepted():
                self.county, self.person, self.lead, self.steps = event.county, event.person, event.lead, event.steps
            case OrderRouted():
                self.orders[event.order] = SeenOrder(event.body, event.steward, settled=not event.candidates)
            case OrderAssigned():
                order = self.orders[event.order]
                order.body, order.steward, order.settled = event.body, event.steward, True
            case TaskTaken():
                order = self.orders[event.order]
                order.steward, order.introduced = event.steward, True
            case ApplicantContacted():
                self.orders[event.order].contacted = True
            case SchemeGiven():
                order = self.orders[event.order]
                order.schemed, order.inside, order.works = True, event.inside, set()
            case WorksReported():
                for name in event.orders:
                    self.orders[name].works.add(event.part)
            case AcceptanceReported(passes=False):
                self.orders[event.order].works = set()
            case Connected():
                self.orders[event.order].connected = True
            case Rated():
                told = tuple(("window" if one.receiver == "window" else "staff", one.id) for one in event.callers)
                if not event.bad:
                    self.callers = ()
                elif not self.callers:
                    self.callers = told
            case CalledBack():
                self.called_back = True
            case CaseClosed():
                self.closed = True
            case _:
                return
