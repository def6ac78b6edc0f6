"""What the notices of an end say beside the others: what has ended, what goes on, and what can be answered (X160, J44)."""

from typing import Any

from handlers.titles import applicant_title
from handlers.wording.orders import order_name
from model.case import Case
from model.county import County
from model.delivery import Row
from model.edition import under
from model.event import Recorded
from model.events.ending import DeclineProposed, OrdersEnded
from model.message import Invitation
from model.order import Order
from routing.acts import decline_invitation, ending_invitation
from routing.transitions import finished


def ending_facts(county: County, case: Case, order: Order | None, recorded: Recorded) -> dict[str, Any]:
    """`ended`: the orders that are over by this event, by name; `rest`: others still go on; `survey`: a time they were bound
    to, as it stands now; `can_object`, `undo_days`: what the applicant can do.
    """
    event = recorded.event
    names = event.orders if isinstance(event, OrdersEnded) else ()
    keys = event.appointments if isinstance(event, OrdersEnded) else ()
    process = under(county, case.process_version).process
    return {
        "ended": [order_name(county, case, one) for one in case.orders if one.id in names],
        "rest": [one for one in case.orders if not finished(one, case.steps_of(one))],
        "survey": case.appointments.get(keys[0]) if keys else None,
        "can_object": order is not None and bool(ending_invitation(case, order, county, "").acts),
        "undo_days": process.withdrawal.undo_days,
    }


def ending_asked(
    county: County, case: Case, order: Order, row: Row, recorded: Recorded, title: str
) -> Invitation | None:
    """What is asked of this reader: of the applicant whether he objects or goes on, of a head whether he agrees."""
    if row.recipient.kind == "applicant":
        asked = ending_invitation(case, order, county, applicant_title(county, case, (order.id,)))
    elif isinstance(recorded.event, DeclineProposed):
        asked = decline_invitation(case, order, county, title)
    else:
        return None
    return asked if asked.acts else None


def settled_by(row: Row, recorded: Recorded) -> str:
    """The task that waits no more for who is told of its end."""
    event = recorded.event
    ended = isinstance(event, OrdersEnded) and row.recipient.kind == "staff" and row.order in event.orders
    return row.order or "" if ended else ""
