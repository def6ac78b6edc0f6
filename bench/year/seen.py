"""A case as its log tells it, in as few words as the recount needs; written apart from `routing.evolve`."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from model.event import Event, Recorded
from model.events.approvals import (
    ApprovalAccepted,
    ApprovalApplied,
    ApprovalDecided,
    ApprovalJoined,
    ApprovalPassed,
    ApprovalReturned,
)
from model.events.checks import RouteTaken
from model.events.consultations import ConsultationAsked, ConsultationNamed
from model.events.contact import ApplicantContacted, ContactDenied
from model.events.decided import DecidedAnew
from model.events.ending import OrdersEnded, OrdersResumed
from model.events.external import ExternalLineCleared, ExternalLineSet
from model.events.follow_up import FollowUpOpened, FollowUpSettled
from model.events.handover import CaseHandedOver
from model.events.intake import CaseAccepted, CaseClosed, OrderAssigned, OrderRouted, TaskTaken
from model.events.rating import CalledBack, Rated
from model.events.scheduling import TimesAsked, TimeSet, TimesGiven
from model.events.sheet import Department, DepartmentsChosen, OfficerReplaced, RowGiven, SheetOpened
from model.events.supplements import (
    OriginalReceived,
    SupplementAccepted,
    SupplementReturned,
    SupplementsAsked,
    SupplementsDeferred,
    SupplementsHandedIn,
    SupplementsOverdue,
    SupplementWaived,
)
from model.events.survey import OpinionGiven, SurveyAgreed, SurveyJoined, SurveyProposed
from model.events.telephone import FormFilled, FormLeftOpen
from model.events.works import AcceptanceReported, Connected, SchemeGiven, WorksReported


@dataclass
class SeenOrder:
    """Who has an order, and how far its works are."""

    body: str
    steward: str | None
    settled: bool
    introduced: bool = False
    taken: bool = False
    """Whether he who has it has taken it."""
    denied: bool = False
    contacted: bool = False
    schemed: bool = False
    inside: bool = False
    works: set[str] = field(default_factory=set)
    connected: bool = False
    ended: bool = False
    together: bool = False
    digs: bool = False
    routed: bool = False
    """Whether nothing is built for it."""

    def given(self, body: str, steward: str | None) -> None:
        """Somebody else has it; until the applicant was reached he must take it himself."""
        self.body, self.steward, self.settled = body, steward, True
        self.taken = self.taken and self.contacted and not self.denied

    def took(self, steward: str) -> None:
        """He has it in hand, and the applicant hears of him."""
        self.steward, self.introduced, self.taken = steward, True, True

    def reached(self, *, denied: bool) -> None:
        """The applicant was spoken to, or says that he was not."""
        self.contacted, self.denied = True, denied

    @property
    def built(self) -> bool:
        """Whether everything that is to be built is there."""
        return "outside" in self.works and (not self.inside or "inside" in self.works)


@dataclass
class SeenTimes:
    """When people can come to an appointment: who is asked, and who has said it."""

    asked: tuple[str, ...] = ()
    known: set[str] = field(default_factory=set)
    settled: bool = False


@dataclass
class SeenSupplement:
    """What is still to come from the applicant, or has come; `original`: the paper is, and nobody holds it yet."""

    orders: tuple[str, ...]
    asked: bool
    original: bool
    state: str = "open"

    @property
    def lacking(self) -> bool:
        """Whether the applicant has still to bring it."""
        return self.state == "open" or (self.original and self.state != "waived")

    @property
    def done(self) -> bool:
        """Whether it is neither to be brought nor to be looked at."""
        return not self.lacking and self.state != "received"


@dataclass
class Seen:
    """A case."""

    county: str = ""
    person: str = ""
    lead: str | None = None
    steps: tuple[str, ...] = ()
    empty: bool = False
    """Something of a form that was left open on the telephone."""
    to_confirm: bool = False
    """Something was written there for the applicant that he has been, or is to be, asked about."""
    orders: dict[str, SeenOrder] = field(default_factory=dict)
    callers: tuple[tuple[str, str], ...] = ()
    called_back: bool = False
    closed: bool = False
    organiser: str | None = None
    """Who of the leading body has the sheet; it has none while `rows` is None."""
    rows: dict[str, tuple[str | None, bool]] | None = None
    """The departments of the sheet: who of each, and whether it has found it good."""
    times: dict[str, SeenTimes] = field(default_factory=dict)
    permits: dict[str, tuple[str, str | None, list[str]]] = field(default_factory=dict)
    """Of each application the body, its officer, and the orders that need it."""
    owed: dict[str, str] = field(default_factory=dict)
    """What is still to be handed in after a survey, and which body owes it."""
    owed_of: dict[str, str] = field(default_factory=dict)
    """The order that such an item is about, if it is about one."""
    wanted: dict[str, SeenSupplement] = field(default_factory=dict)
    given_back: tuple[str, ...] = ()
    """The orders that were given back to the applicant last, because nothing came."""
    bound: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The orders of each appointment."""
    consulting: dict[str, tuple[tuple[str, str], list[tuple[str, str]]]] = field(default_factory=dict)
    """Of each consultation who asked for it, and who is to come."""
    visits: dict[str, dt.datetime] = field(default_factory=dict)
    """When people meet for the acceptance of an order."""

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
                self.orders[event.order].given(event.body, event.steward)
            case RouteTaken() | DecidedAnew():
                self._sent(event)
            case TaskTaken():
                self.orders[event.order].took(event.steward)
            case ApplicantContacted() | ContactDenied():
                self.orders[event.order].reached(denied=isinstance(event, ContactDenied))
            case SchemeGiven():
                order = self.orders[event.order]
                order.schemed, order.inside, order.works = True, event.inside, set()
                order.together, order.digs = event.together, bool(event.digs)
            case WorksReported():
                for name in event.orders:
                    self.orders[name].works.add(event.part)
            case AcceptanceReported(passes=False, mend=mend):
                order = self.orders[event.order]
                order.inside |= order.schemed and "inside" in mend
                order.works = order.works - set(mend) if mend else set()
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
            case OrdersEnded():
                for name in event.orders:
                    self.orders[name].ended = True
                self._unbind(event.orders)
            case OrdersResumed():
                for one in event.orders:
                    self.orders[one.order].ended = False
                self.closed = False
            case ApprovalApplied():
                self.permits[event.approval] = event.body, event.officer, [event.order]
            case ApprovalJoined():
                self.permits[event.approval][2].append(event.order)
            case ApprovalAccepted() | ApprovalReturned() | ApprovalDecided() | ApprovalPassed():
                body, _, orders = self.permits[event.approval]
                self.permits[event.approval] = body, event.officer, orders
            case _:
                self._meet(event)

    def _telephoned(self, event: CaseHandedOver | FormLeftOpen | FormFilled) -> None:
        if isinstance(event, CaseHandedOver):
            self.person = event.person
            return
        self.empty = bool(event.lacking)
        self.to_confirm |= isinstance(event, FormFilled) and bool(event.read_back or event.declares)

    def _sent(self, event: RouteTaken | DecidedAnew) -> None:
        routes = {event.order: event.route} if isinstance(event, RouteTaken) else event.routes
        for name, route in routes.items():
            self.orders[name].routed = route is not None

    def _meet(self, event: Event) -> None:
        match event:
            case CaseHandedOver() | FormLeftOpen() | FormFilled():
                self._telephoned(event)
            case TimesAsked():
                self.times[event.appointment] = SeenTimes(event.asked, set(event.kept))
            case TimesGiven():
                self.times[event.appointment].known.add(event.party)
            case OpinionGiven():
                self._unbind((event.order,))
            case FollowUpOpened():
                self.owed[event.item] = event.body
                if event.order is not None:
                    self.owed_of[event.item] = event.order
            case FollowUpSettled():
                self.owed.pop(event.item, None)
            case SurveyAgreed(appointment=key, orders=orders, at_time=at):
                self.visits |= dict.fromkeys(orders, at) if key.startswith("acceptance") else {}
            case TimeSet() | SurveyProposed():
                if event.kind == "acceptance" and isinstance(event, TimeSet):
                    self.visits |= dict.fromkeys(event.orders, event.at_time)
                self.bound[event.appointment] = event.orders
                self.times.setdefault(event.appointment, SeenTimes()).settled = True
            case SurveyJoined(appointment=key):
                self.bound[key] = (*self.bound.get(key, ()), *event.orders)
            case ExternalLineSet():
                self.lead = event.lead
            case ExternalLineCleared():
                if not event.joint:  # nobody goes together any more: no time is looked for, none stands
                    self.times.pop("joint", None)
                    self.bound.pop("joint", None)
                self.lead, self.organiser, self.rows = None, None, None
            case SheetOpened():
                self.lead, self.organiser = event.lead, event.organiser
                self.rows = {one.body: (one.officer, False) for one in event.departments}
            case DepartmentsChosen():
                known = self.rows or {}
                self.rows = {one.body: known.get(one.body, (one.officer, False)) for one in event.departments}
            case RowGiven() if self.rows is not None:
                self.rows[event.body] = self.rows[event.body][0], event.passes
            case OfficerReplaced() if self.rows is not None:
                if self.rows.get(event.body, ("", False))[0] == event.previous:
                    self.rows[event.body] = event.officer, self.rows[event.body][1]
                if event.body == self.lead and self.organiser == event.previous:
                    self.organiser = event.officer
            case _:
                self._bring(event)

    def _bring(self, event: Event) -> None:
        match event:
            case SupplementsDeferred() | SupplementsAsked():
                for one in event.supplements:
                    self.wanted[one.id] = SeenSupplement(one.orders, one.asked, one.original, one.state)
            case SupplementsHandedIn():
                for handed in event.handed:
                    self.wanted[handed.supplement].state = "received"
            case SupplementAccepted():
                self.wanted[event.supplement].state = "accepted"
            case SupplementReturned():
                self.wanted[event.supplement].state, self.wanted[event.supplement].asked = "open", True
            case SupplementWaived():
                self.wanted[event.supplement].state = "waived"
            case OriginalReceived():
                self.wanted[event.supplement].state, self.wanted[event.supplement].original = "accepted", False
            case SupplementsOverdue(due=None, about="deferred"):
                late = [one for one in self.wanted.values() if one.lacking and not one.asked]
                self.given_back = tuple({name for one in late for name in one.orders})
                for one in late:
                    one.asked = True
            case SupplementsOverdue(due=None):
                self.given_back = (event.order,)
            case ConsultationAsked(consultation=name):
                self.consulting[name] = ("window", self.county) if event.window else ("staff", event.by), []
            case ConsultationNamed(consultation=name):
                comes = [of_body(one.body, one.staff) for one in event.invited]
                self.consulting[name] = self.consulting[name][0], comes
            case _:
                return

    def _unbind(self, gone: tuple[str, ...]) -> None:
        self.bound = {key: tuple(one for one in orders if one not in gone) for key, orders in self.bound.items()}

    def speaks(self, order: str) -> tuple[str, str]:
        """Who speaks for an order: its steward, else its body, else the window."""
        one = self.orders[order]
        if not one.settled:
            return "window", self.county
        return ("body", one.body) if one.steward is None else ("staff", one.steward)

    def surveys(self, appointment: str) -> bool:
        """Whether people meet for a survey; the other visits are called by what they are for."""
        return appointment == "joint" or appointment in self.orders

    def beside(self, appointment: str = "joint") -> list[tuple[str, str]]:
        """Who comes to a survey beside the units: who leads, and the departments that have not found it good (X31)."""
        if self.lead is None or not self.surveys(appointment):
            return []
        if self.rows is None:
            return [("body", self.lead)]
        left = [(body, officer) for body, (officer, good) in self.rows.items() if not good and body != self.lead]
        return [of_body(self.lead, self.organiser), *(of_body(*one) for one in left)]

    def departments(self) -> list[Department]:
        """The departments of the sheet."""
        return [Department(body=body, officer=officer) for body, (officer, _) in (self.rows or {}).items()]


def of_body(body: str, officer: str | None) -> tuple[str, str]:
    """Who of a body is told; the body itself where nobody of it can be reached."""
    return ("body", body) if officer is None else ("staff", officer)
