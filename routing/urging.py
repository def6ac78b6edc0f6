"""催办: an applicant who has waited wants to hear something, and hears by when (J35, O)."""

import datetime as dt
from collections.abc import Sequence

from model.case import Case
from model.commands.urging import ReplyToUrge, Urge
from model.county import County
from model.events.urging import UrgeAnswered, Urged
from model.message import Actor
from model.order import Order
from model.staff import Staff
from routing.limits import due_of
from routing.refusal import No
from routing.transitions import finished
from routing.warning import told_of


def urge(case: Case, do: Urge, county: County, now: dt.datetime, staff: Sequence[Staff]) -> Urged:
    """The urging of what is not finished, and does not wait for an answer already.

    Who urges again after the answer is overdue is passed on again, with a new time: the one missed stays in the log.
    Raises `No`: `order.unknown`, `urge.nothing` where all is done, `urge.already` while an answer is still to come.
    """
    if do.order is not None and case.order(do.order) is None:
        raise No("order.unknown")
    left = [one for one in case.orders if do.order in (None, one.id) and not finished(one, case.steps_of(one))]
    if not left:
        raise No("urge.nothing")
    due = due_of(county.process.urging.reply, county, now)
    ripe = [one for one in left if not _waits(one, now)]
    if not ripe:
        raise No("urge.already")
    told = dict.fromkeys(one for order in ripe for one in told_of("lead", order, county, staff))
    return Urged(orders=tuple(one.id for one in ripe), due=due, told=tuple(told))


def reply(order: Order, do: ReplyToUrge, actor: Actor) -> UrgeAnswered:
    """The answer to the one who urged. Raises `No`: `reply_urge.nothing`, `reply_urge.empty`."""
    if order.urged is None:
        raise No("reply_urge.nothing")
    text = do.text.strip()
    if not text:
        raise No("reply_urge.empty")
    return UrgeAnswered(order=order.id, steward=actor.staff or "", text=text)


def _waits(order: Order, now: dt.datetime) -> bool:
    return order.urged is not None and now <= order.urged.due.at
