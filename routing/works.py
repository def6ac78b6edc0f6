"""Schemes and works: what is to be built, outside the red line and inside, and when that is done (X35, X43, X44, X51)."""

from model.case import Case
from model.commands.works import GiveScheme, ReportBuilt, ReportInside
from model.county import County
from model.events.works import SchemeGiven, WorksReported
from model.order import Order
from routing.permits import gate, needed
from routing.refusal import No
from routing.transitions import verdict


def give_scheme(case: Case, do: GiveScheme, order: Order, steward: str, county: County) -> SchemeGiven:
    """The scheme as it stands in the log. Raises `No`: `scheme.empty`, `scheme.days`."""
    if not do.scheme.strip():
        raise No("scheme.empty")
    if do.days is not None and do.days < 1:
        raise No("scheme.days")
    rule = county.process.rule("scheme")
    return SchemeGiven(
        order=order.id,
        steward=steward,
        scheme=do.scheme.strip(),
        days=do.days,
        inside=do.inside,
        together=rule is not None and rule.together,
        digs=do.digs,
        permits=needed(case, do.digs, county.process.approvals),
    )


def built(case: Case, do: ReportBuilt, order: Order, county: County) -> WorksReported:
    """The body's own works are done. Raises `No`: `built.already`, `built.permits` (X45)."""
    if "outside" in order.works:
        raise No("built.already")
    gate(case, order, county.process.approvals)
    return WorksReported(orders=(do.order,), part="outside")


def built_inside(case: Case, do: ReportInside) -> WorksReported:
    """The user's works are done, of this order or of all that wait for them. Raises `No`: `built_inside.nothing`."""
    waiting = tuple(order.id for order in case.orders if do.order in (None, order.id) and waits_for_inside(case, order))
    if not waiting:
        raise No("built_inside.nothing")
    return WorksReported(orders=waiting, part="inside")


def waits_for_inside(case: Case, order: Order) -> bool:
    """Whether the user still has to say that his own works are done."""
    allowed = verdict("built_inside", order.state, case.steps_of(order)) == "allowed"
    return (
        allowed
        and order.ending is None
        and order.scheme is not None
        and order.scheme.inside
        and "inside" not in order.works
    )


def waits_for_user(case: Case, order: Order) -> bool:
    """Whether nothing is left to be built but the user's own works."""
    return "outside" in order.works and waits_for_inside(case, order)


def waits_for_body(case: Case, order: Order) -> bool:
    """Whether the body's own works are to be built, or built again."""
    allowed = verdict("built", order.state, case.steps_of(order)) == "allowed"
    return allowed and order.ending is None and "outside" not in order.works


def complete(order: Order) -> bool:
    """Whether everything that is to be built is there; without a scheme, what the body builds."""
    return order.works >= (order.scheme.parts if order.scheme else frozenset({"outside"}))
