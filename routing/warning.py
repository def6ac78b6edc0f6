"""超时预警: a limit that is running out, or has, and who hears of it (X59, J35)."""

import datetime as dt
from collections.abc import Iterator, Sequence

from model.case import Case
from model.commands.clock import Warn
from model.county import County
from model.events.clock import Told, Warned
from model.order import Order
from model.process import Receiver
from model.staff import Staff
from routing.refusal import No


def warn(case: Case, do: Warn, county: County, now: dt.datetime, staff: Sequence[Staff]) -> Warned:
    """One warning of this share of the limit, for every order it is true of.

    Raises `No`: `warn.nothing` if it was given or is not to be given any more, `warn.early`.
    """
    ripe = [order for order in case.orders if _comes_next(order, do)]
    if not ripe:
        raise No("warn.nothing")
    if do.at > now:
        raise No("warn.early")
    rule = next((one for one in county.process.warnings if one.share == do.share), None)
    told = dict.fromkeys(
        one
        for receiver in (rule.tell if rule else ())
        for order in ripe
        for one in _told(case, do, receiver, order, county, staff)
    )
    nobody = (Told(receiver="window", id=county.id),)
    return Warned(
        orders=tuple(order.id for order in ripe),
        step=do.step,
        share=do.share,
        due=ripe[0].clocks[do.step].due.at,
        told=tuple(told) or nobody,
    )


def _comes_next(order: Order, do: Warn) -> bool:
    """Whether this is the order's next warning; one that came later to the same end has another time."""
    clock = order.clocks.get(do.step)
    coming = clock.next if clock else None
    if clock is None or coming is None:
        return False
    # Two orders may be due at once and yet have begun apart: each is warned of at its own time.
    return (clock.due.at, coming.share, coming.at) == (do.due, do.share, do.at)


def _told(
    case: Case, do: Warn, receiver: Receiver, order: Order, county: County, staff: Sequence[Staff]
) -> Iterator[Told]:
    """Of a call that is due hears who is to make it, not who served the applicant."""
    if do.step == "call_back" and receiver in ("steward", "lead"):
        yield from case.rating.callers if case.rating else ()
    else:
        yield from told_of(receiver, order, county, staff)


def told_of(receiver: Receiver, order: Order, county: County, staff: Sequence[Staff]) -> Iterator[Told]:
    """Who this is for an order, nobody if there is none."""
    match receiver:
        case "steward":
            ids = [order.steward] if order.steward and not order.candidates else []
        case "lead":
            ids = [one.id for one in staff if one.duty == "lead" and one.body == order.body and not order.candidates]
        case "supervisor":
            ids = [one.id for one in staff if one.duty == "supervisor"]
        case "window":
            ids = [county.id]
    yield from (Told(receiver=receiver, id=one) for one in ids)
