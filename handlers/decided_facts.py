"""What follows otherwise from a form that was filled in later, in words (X26)."""

from collections.abc import Iterator, Mapping
from typing import Any

from handlers.wording.catalogue import Catalogue
from handlers.wording.orders import order_name
from model.case import Case
from model.county import County
from model.delivery import Row
from model.event import Event
from model.events.decided import Change, DecidedAnew
from model.order import Order


def decided_facts(county: County, catalogue: Catalogue, case: Case, row: Row, event: Event) -> Mapping[str, Any]:
    """The changes that are the reader's business (X19): those of his own orders; to the applicant, all that are told to him."""
    if not isinstance(event, DecidedAnew):
        return {}
    lines = [line for one in event.changed for line in _lines(county, catalogue, case, row, event, one)]
    return {"decided": list(dict.fromkeys(lines))}


def _lines(
    county: County, catalogue: Catalogue, case: Case, row: Row, event: DecidedAnew, change: Change
) -> Iterator[str]:
    applicant = row.recipient.kind == "applicant"
    if applicant and not change.for_applicant:
        return
    for order in (one for name in change.orders if (one := case.order(name)) is not None):
        if not applicant and not _same(order, case, row):
            continue
        key = f"decided.{'stands' if change.stands else 'told'}.{change.what}"
        dues = [(one.step, one.due.at) for one in event.dues if one.order == order.id]
        steps = {rule.step: rule.name for rule in county.process.steps}
        yield catalogue.say(
            key,
            service=order_name(county, case, order),
            given_up=event.given_up,
            lead=county.body[case.lead].short if case.lead else "",
            limits=[{"step": steps[step], "at": at} for step, at in dues if step in steps],
        )


def _same(order: Order, case: Case, row: Row) -> bool:
    """Whether whoever reads it speaks for this order."""
    his = case.order(row.order) if row.order else None
    return his is not None and (order.body, order.steward) == (his.body, his.steward)
