"""请转给别人 and 转派: a steward asks to be relieved, the head of his body gives the order to another, or leaves it (R33)."""

import datetime as dt
from collections.abc import Sequence

from model.calendar import CHINA
from model.case import Case
from model.commands.relief import AskRelief, RefuseRelief
from model.county import County
from model.events.clock import Told
from model.events.relief import ReliefAsked, ReliefRefused
from model.message import Actor
from model.order import Order
from model.staff import Staff
from routing.allowing import allowed, found, heads, own
from routing.refusal import No
from routing.warning import told_of


def relief(
    case: Case, do: AskRelief | RefuseRelief, actor: Actor, county: County, staff: Sequence[Staff]
) -> ReliefAsked | ReliefRefused:
    """Raises `No`: `ask_relief.already`, `ask_relief.empty`, `refuse_relief.already` where nobody asks, `not.yours`."""
    order = found(case, do.order)
    allowed(case, do.do, order)
    if isinstance(do, RefuseRelief):
        heads(order, actor, staff)
        if not order.relief_asked:
            raise No("refuse_relief.already")
        return ReliefRefused(order=order.id, by=actor.staff or "")
    steward = own(order, actor, ())
    if order.relief_asked:
        raise No("ask_relief.already")
    if not do.reason.strip():
        raise No("ask_relief.empty")
    leads = tuple(told_of("lead", order, county, [one for one in staff if one.reachable]))
    window = (Told(receiver="window", id=county.id),)
    return ReliefAsked(order=order.id, steward=steward, reason=do.reason.strip(), told=leads or window)


def relievers(order: Order, colleagues: Sequence[Staff], now: dt.datetime) -> tuple[Staff, ...]:
    """Who could do it in his place, those with the fewest open tasks first: there, and reached in chat."""
    return takers(order.body, order.steward, colleagues, now)


def takers(body: str, instead_of: str | None, colleagues: Sequence[Staff], now: dt.datetime) -> tuple[Staff, ...]:
    """Who of a body could take over what somebody has."""
    day = now.astimezone(CHINA).date()
    able = [
        one
        for one in colleagues
        if one.body == body
        and one.duty == "steward"
        and one.reachable
        and not one.is_away(day)
        and one.id != instead_of
    ]
    return tuple(sorted(able, key=lambda one: (one.open_tasks, one.id)))
