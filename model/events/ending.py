"""Orders that end otherwise than connected, and that go on after all (X160)."""

import datetime as dt
from typing import Literal

from model.calendar import Due
from model.ending import DeclineKind, EndKind
from model.events.clock import Told
from model.frozen import Frozen
from model.process import Timed


class OrdersEnded(Frozen):
    """These orders are over: no limit runs on, no time is kept for them. `by` is a staff id, or nobody's.

    `appointments` are the survey times they were bound to; whoever else is bound by one keeps it.
    """

    event: Literal["orders_ended"] = "orders_ended"
    orders: tuple[str, ...]
    kind: EndKind
    by: str = ""
    reason: str = ""
    alternative: str = ""
    complaints: str = ""
    appointments: tuple[str, ...] = ()


class EndReasonGiven(Frozen):
    """Why the applicant withdrew them."""

    event: Literal["end_reason_given"] = "end_reason_given"
    orders: tuple[str, ...]
    reason: str


class Anew(Frozen):
    """An order goes on, with these limits begun anew."""

    order: str
    dues: dict[Timed, Due] = {}


class OrdersResumed(Frozen):
    """Orders that had ended go on from where they stood."""

    event: Literal["orders_resumed"] = "orders_resumed"
    orders: tuple[Anew, ...]


class EndAnnounced(Frozen):
    """The applicant is told before an order is terminated, and can say until then that he goes on with it."""

    event: Literal["end_announced"] = "end_announced"
    order: str
    reason: str
    until: dt.datetime


class KeptOn(Frozen):
    """He goes on with it, or the head of the body (`by`) does not end it: the announcement is void."""

    event: Literal["kept_on"] = "kept_on"
    order: str
    by: str = ""


class DeclineProposed(Frozen):
    """A body wants to refuse an order; `told` are to confirm it first."""

    event: Literal["decline_proposed"] = "decline_proposed"
    order: str
    kind: DeclineKind
    steward: str
    reason: str
    alternative: str
    complaints: str
    told: tuple[Told, ...]


class DeclineReturned(Frozen):
    """It is not confirmed: the order goes on."""

    event: Literal["decline_returned"] = "decline_returned"
    order: str
    by: str


class Objected(Frozen):
    """申诉: what the applicant says against a refusal (J44)."""

    event: Literal["objected"] = "objected"
    order: str
    words: str
