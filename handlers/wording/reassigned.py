"""Words for who has an order from now on, and for what a steward asked of the head of his body (R33)."""

from dataclasses import dataclass

from handlers.wording.catalogue import Catalogue
from handlers.wording.orders import order_name
from model.case import Case
from model.county import County
from model.order import Order
from model.staff import Staff


@dataclass(frozen=True, slots=True)
class Reassigned:
    """The order is `staff`'s now, and was `former`'s."""

    case: Case
    order: Order
    staff: Staff
    former: Staff | None


@dataclass(frozen=True, slots=True)
class ReliefTold:
    """The head of the body was asked to give it to another, `head` by name (None: the window); or (`refused`) it stays."""

    case: Case
    order: Order
    head: Staff | None = None
    refused: bool = False


def told(catalogue: Catalogue, county: County, event: Reassigned | ReliefTold) -> str:
    """What is said to whoever did it."""
    facts = {"number": event.case.number, "service": order_name(county, event.case, event.order), "order": event.order}
    if isinstance(event, Reassigned):
        return catalogue.say("reassign.done", **facts, staff=event.staff, former=event.former)
    return catalogue.say("relief.refused" if event.refused else "relief.asked", **facts, head=event.head)
