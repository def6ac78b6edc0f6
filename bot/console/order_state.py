"""How far an order has come, for whoever serves: an applicant is told some of it otherwise ("等您答复")."""

from typing import Final

from bot.console.visit import Visit
from handlers.wording.orders import Standing
from model.order import Order

_OF_STAFF: Final = frozenset({"routed", "contacted", "survey_proposed", "acceptance_proposed", "connection_proposed"})


def state_said(visit: Visit, order: Order, found: Standing) -> str:
    """In the words of the clerk's county. `found` is where the order stands."""
    body, at = visit.clerk.county.body[order.body], found.survey.at if found.survey else None
    key = f"console.tasks.at.{found.state}" if found.state in _OF_STAFF else f"states.{found.state}"
    return visit.catalogue.say(key, body=body, at=at)
