"""Who may claim an order (J75)."""

from model.case import Case
from model.events.claims import ClaimOffered, ClaimSettled
from routing.folds.changing import altered, on_order


def fold(case: Case, event: ClaimOffered | ClaimSettled) -> Case:
    """The case after this event."""
    offers = event.offers if isinstance(event, ClaimOffered) else ()
    return on_order(case, event.order, lambda order: altered(order, offers=offers))
