"""What a case still lacks, and whom that keeps waiting (X47, X129)."""

from model.case import Case
from model.county import County
from model.order import Order
from model.process import Step
from model.supplement import Supplement
from routing.transitions import finished


def lacking(case: Case) -> tuple[Supplement, ...]:
    """What the applicant has still to hand in, for orders that are not finished."""
    if case.closed_at is not None:
        return ()
    open_ = {order.id for order in case.orders if not finished(order, case.steps_of(order))}
    return tuple(one for one in case.supplements if one.lacking and open_ & set(one.orders))


def of_order(case: Case, order: Order) -> tuple[Supplement, ...]:
    """All supplements that this order is about."""
    return tuple(one for one in case.supplements if order.id in one.orders)


def unchecked(case: Case, order: Order) -> tuple[Supplement, ...]:
    """What has come in for this order and nobody has looked at."""
    return tuple(one for one in of_order(case, order) if one.state == "received")


def asked_of_applicant(case: Case, order: Order) -> bool:
    """Whether the applicant was asked for more (补正) and has not handed in all of it: the time runs for him, not for the staff."""
    return any(one.asked and one.lacking for one in of_order(case, order))


def lacking_for(case: Case, order: Order, step: Step, county: County) -> tuple[Supplement, ...]:
    """What this step of the order waits for (X129): a copy until it has come in, an original until staff hold it."""
    needs = {
        name
        for gate in county.process.gates
        if (gate.service, gate.step) == (order.service, step)
        for name in gate.needs
    }
    return tuple(one for one in of_order(case, order) if one.id in needs and one.lacking)
