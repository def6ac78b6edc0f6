"""Words for the head of a body who ends an order, or goes on with it after all (X160)."""

from dataclasses import dataclass
from typing import Literal

from handlers.wording.catalogue import Catalogue
from handlers.wording.orders import order_name
from model.case import Case
from model.county import County
from model.order import Order


@dataclass(frozen=True, slots=True)
class TerminationTold:
    """The applicant was told of it, the order has ended, or it goes on."""

    case: Case
    order: Order
    how: Literal["announced", "ended", "kept"]


def told(catalogue: Catalogue, county: County, event: TerminationTold) -> str:
    """What is said to the head."""
    service = order_name(county, event.case, event.order)
    return catalogue.say(
        f"termination.{event.how}", number=event.case.number, service=service, announced=event.order.announced
    )
