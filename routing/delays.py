"""A promised day passes: a reason and a new day are asked for, and the applicant hears of it either way (X35, J30)."""

import datetime as dt
from collections.abc import Iterator, Sequence

from model.calendar import CHINA
from model.case import Case
from model.commands.delays import ExplainDelay, TellDelay
from model.county import County
from model.delay_rules import Promised
from model.event import Event
from model.events.clock import Warned
from model.events.delays import DelayAsked, DelayExplained, DelayTold
from model.message import Actor
from model.order import Order
from model.staff import Staff
from routing.allowing import found, own
from routing.limits import WHOLE, due_of
from routing.refusal import No
from routing.warning import told_of


def asked(case: Case, event: Event, county: County, now: dt.datetime) -> Iterator[DelayAsked]:
    """After the warning that a promised limit has ended, whoever has one of its orders is asked for a reason."""
    rule = county.process.delays
    if rule is None or not isinstance(event, Warned) or event.share != WHOLE or event.step not in rule.steps:
        return
    for name in event.orders:
        order = found(case, name)
        if not order.candidates:
            yield _asked(order, event.step, event.due, county, now)


def delays(
    case: Case, do: ExplainDelay | TellDelay, actor: Actor, county: County, now: dt.datetime, staff: Sequence[Staff]
) -> DelayAsked | DelayExplained | DelayTold:
    """What is said of it. Raises `No`: `explain_delay.nothing`, `explain_delay.empty`, `explain_delay.past`; `tell_delay.nothing`."""
    order = found(case, do.order)
    if isinstance(do, TellDelay):
        return _rung(order, do, county, now, staff)
    steward = own(order, actor, ())
    delay = order.late
    if delay is None or delay.reason:
        raise No("explain_delay.nothing")
    reason = do.reason.strip()
    if not reason:
        raise No("explain_delay.empty")
    ends = dt.datetime.combine(do.day, county.process.closes, CHINA)
    if ends <= now:
        raise No("explain_delay.past")
    return DelayExplained(order=order.id, step=delay.step, steward=steward, reason=reason, ends=ends)


def _rung(
    order: Order, do: TellDelay, county: County, now: dt.datetime, staff: Sequence[Staff]
) -> DelayAsked | DelayTold:
    """Nobody has given a reason in time; or the new day has passed as well, and he is asked again."""
    delay = order.late
    if delay is None or delay.rings is None or delay.number != do.number or now < delay.rings:
        raise No("tell_delay.nothing")
    if delay.reason:
        return _asked(order, delay.step, delay.rings, county, now)
    heads = list(told_of("lead", order, county, staff))
    return DelayTold(order=order.id, step=delay.step, lead=heads[0].id if heads else None)


def _asked(order: Order, step: Promised, due: dt.datetime, county: County, now: dt.datetime) -> DelayAsked:
    rule = county.process.delays
    until = due_of(rule.answer, county, now, shares=()).at if rule else now
    return DelayAsked(order=order.id, step=step, due=due, until=until)
