"""What a clerk may see of a case: of his county; where he serves one body, cases in which it has a part, and there its own orders."""

from bot.console.visit import Clerk
from model.case import Case
from model.login import Role
from model.order import Order

_WHOLE_COUNTY = frozenset({Role.WINDOW, Role.SUPERVISOR, Role.ADMIN})


def may_open(clerk: Clerk, case: Case) -> bool:
    """Whether he may open it."""
    if case.county != clerk.county.id:
        return False
    return clerk.everywhere or clerk.staff.body in _bodies_of(case)


def only_for_a_caller(clerk: Clerk, case: Case) -> bool:
    """Whether he has no other business with it than to tell its caller, who shows first that it is his (X14)."""
    others = clerk.roles - {Role.HOTLINE}
    return not (others & _WHOLE_COUNTY or (others and clerk.staff.body in _bodies_of(case)))


def visible_orders(clerk: Clerk, case: Case) -> tuple[Order, ...]:
    """The orders that he sees: all of them where he sees the county, or his body leads the survey; else those of his body, and those
    that it may claim.
    """
    body = clerk.staff.body
    if clerk.everywhere or case.lead == body:
        return case.orders
    return tuple(one for one in case.orders if body in (one.candidates or (one.body,)))


def _bodies_of(case: Case) -> frozenset[str]:
    found = {body for one in case.orders for body in one.candidates or (one.body,)}
    found |= {one.body for one in case.parts} | {one.body for one in case.approvals}
    return frozenset(found | {item.body for one in case.consultations for item in one.invited})
