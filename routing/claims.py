"""供应企业由燃气公司勾选: where the district does not tell whose an order is, the body that claims it has it (J75, R23)."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from model.calendar import CHINA
from model.case import Case
from model.commands.claims import Claim, PassOrder
from model.commands.intake import Assign
from model.county import County
from model.events.claims import ClaimOffered, ClaimSettled, Offer
from model.events.intake import OrderAssigned, OrderRouted, TaskTaken
from model.message import Actor
from model.order import Order
from model.staff import Staff
from routing.allowing import allowed, found, own
from routing.assign import assign
from routing.assigning import handed
from routing.refusal import No


def claimants(service: str, county: County) -> Mapping[str, str]:
    """The boxes of the form by which bodies say that an order of this service is theirs, with the bodies."""
    rules = (one for rule in county.process.cells if rule.service == service for one in rule.cells)
    return next((one.options for one in rules if one.claims), {})


def offered(
    routed: Iterable[OrderRouted], county: County, staff: Sequence[Staff], now: dt.datetime
) -> Iterator[ClaimOffered]:
    """The orders that their possible bodies may claim, each told to one member of each; the window may still decide."""
    day = now.astimezone(CHINA).date()
    for one in routed:
        able = [body for body in one.candidates if body in claimants(one.service, county).values()]
        if able:
            offers = tuple(Offer(body=body, staff=assign(staff, body, None, day)) for body in able)
            yield ClaimOffered(order=one.order, offers=offers)


def claiming(
    case: Case, do: Claim | PassOrder, actor: Actor, county: County, now: dt.datetime, staff: Sequence[Staff]
) -> tuple[OrderAssigned, ...] | tuple[OrderAssigned, TaskTaken]:
    """What a steward says of whose the order is. Raises `No`: those of `claim` and `pass_order`, and of `routing.allowing`."""
    if isinstance(do, Claim):
        return claim(case, do, actor, county, now, staff)
    return (pass_order(case, do, actor, county, now, staff),)


def claim(
    case: Case, do: Claim, actor: Actor, county: County, now: dt.datetime, staff: Sequence[Staff]
) -> tuple[OrderAssigned, TaskTaken]:
    """The order goes to the body of whoever claims it, and is taken by him.

    Raises `No`: `claim.gone` once it has a body, `not.yours` for anybody but a steward of those it is offered to.
    """
    order = found(case, do.order)
    if not order.candidates or not order.offers:
        raise No("claim.gone", body=county.body[order.body].short)
    allowed(case, do.do, order)
    bodies = {one.body for one in order.offers}
    who = next((one for one in staff if one.id == actor.staff and one.duty == "steward"), None)
    if who is None or who.body not in bodies:
        raise No("not.yours")
    given = handed(order, Assign(order=order.id, body=who.body, steward=who.id), county, now, staff)
    return given, TaskTaken(order=order.id, steward=who.id)


def pass_order(
    case: Case, do: PassOrder, actor: Actor, county: County, now: dt.datetime, staff: Sequence[Staff]
) -> OrderAssigned:
    """The order goes to the other body, whose limits begin anew (R33). Raises `No`: `pass_order.unknown`."""
    order = found(case, do.order)
    own(order, actor, ())
    allowed(case, do.do, order)
    if do.to not in others(order, county):
        raise No("pass_order.unknown")
    return handed(order, Assign(order=order.id, body=do.to), county, now, staff)


def others(order: Order, county: County) -> tuple[str, ...]:
    """The bodies whose the order might be instead."""
    bodies = tuple(claimants(order.service, county).values())
    return tuple(one for one in bodies if one != order.body) if order.body in bodies else ()


def settled(before: Case, event: OrderAssigned) -> ClaimSettled | None:
    """What those are told that might have claimed it; None where nobody was asked."""
    order = before.order(event.order)
    if order is None or not order.offers:
        return None
    left = tuple(one for one in order.offers if one.body != event.body)
    return ClaimSettled(order=order.id, body=event.body, others=left)
