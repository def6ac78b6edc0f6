"""Words for what ended otherwise than connected (X160, J44)."""

from handlers.wording.catalogue import Catalogue
from handlers.wording.dues import in_words
from handlers.wording.orders import order_name
from handlers.wording.outcomes import EndingAnswered, Withdrawn
from model.county import County
from model.order import Order


def told(catalogue: Catalogue, county: County, event: EndingAnswered | Withdrawn) -> str:
    """What an applicant is told right after he withdrew, took it back, went on or objected."""
    case = event.case
    if isinstance(event, EndingAnswered):
        service = order_name(county, case, event.order) if event.order else ""
        if event.order is None or event.order.ending is None:
            return catalogue.say("ending.kept_on", number=case.number, service=service)
        due = in_words(event.due, catalogue.say) if event.due else ""
        return catalogue.say("ending.objected", number=case.number, service=service, owner=event.owner, due=due)
    if event.reason:
        return catalogue.say("ending.reason", reason=event.reason)
    services = [order_name(county, case, one) for one in event.orders]
    if event.resumed:
        return catalogue.say("ending.resumed", number=case.number, services=services)
    rest = case.closed_at is None
    return catalogue.say("ending.withdrawn", number=case.number, services=services, until=event.until, rest=rest)


def line(catalogue: Catalogue, service: str, order: Order) -> str:
    """One line of 进度 for an order that has ended."""
    return catalogue.say("ending.line", service=service, ending=order.ending)
