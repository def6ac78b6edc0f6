"""The first contact, and the number he is called at (X20)."""

from model.case import Case
from model.event import Recorded
from model.events.contact import ApplicantContacted, ContactChanged, ContactConfirmed, ContactDenied
from model.order import Order, OrderState
from routing.folds.appointments import caught_up
from routing.folds.changing import altered, met, on_order, ticking


def fold(
    case: Case, recorded: Recorded, event: ApplicantContacted | ContactConfirmed | ContactDenied | ContactChanged
) -> Case:
    """The case after this event."""
    match event:
        case ApplicantContacted() as reached:
            contacted = caught_up(case, reached.order, OrderState.CONTACTED)
            # Who was reached has been answered too, if he urged.
            return on_order(
                case,
                reached.order,
                lambda order: met(
                    met(
                        altered(order, state=contacted, deniable_until=reached.ask_until, calls=()), "contact", recorded
                    ),
                    "urge",
                    recorded,
                ),
            )
        case ContactChanged():
            return case.model_copy(update={"contact": event.phone})
        case ContactConfirmed():
            return on_order(case, event.order, lambda order: altered(order, deniable_until=None))
        case ContactDenied():
            return on_order(case, event.order, _unreached)


def _unreached(order: Order) -> Order:
    """Nobody has reached the applicant after all: the limit runs on as if it had never been met."""
    order = altered(order, state=OrderState.TAKEN, deniable_until=None)
    return ticking(order, "contact", met_at=None) if "contact" in order.clocks else order
