"""The applicant's time for what is still to come: he is reminded, then it is extended or given back to him (X47, J39)."""

import datetime as dt

from model.case import Case
from model.commands.clock import Warn
from model.county import County
from model.events.supplements import SupplementsOverdue, SupplementsReminded
from model.order import Order
from model.process import Supplementing
from routing.limits import WHOLE, due_of
from routing.refusal import No


def ran(
    case: Case, do: Warn, about: Supplementing, county: County, now: dt.datetime
) -> SupplementsReminded | SupplementsOverdue:
    """What comes of it that so much of the time has passed. Raises `No`: `warn.nothing`, `warn.early`."""
    order = next((one for one in case.orders if _comes_next(one, do)), None)
    if order is None:
        raise No("warn.nothing")
    if do.at > now:
        raise No("warn.early")
    if do.share < WHOLE:
        return SupplementsReminded(order=order.id, about=about, share=do.share)
    rule = county.process.deferred if about == "deferred" else county.process.corrections
    due = None
    if rule is not None and rule.overdue == "extend" and order.clocks[about].extended < rule.extensions:
        due = due_of(rule.limit, county, now, shares=(rule.remind, WHOLE))
    return SupplementsOverdue(order=order.id, about=about, share=do.share, due=due)


def _comes_next(order: Order, do: Warn) -> bool:
    clock = order.clocks.get(do.step)
    coming = clock.next if clock else None
    if clock is None or coming is None:
        return False
    return (clock.due.at, coming.share, coming.at) == (do.due, do.share, do.at)
