"""更正, decided: whom a change concerns, and what each of them says to it (R27 leaves the limits as they are)."""

import datetime as dt
from collections.abc import Sequence

from model.amendment import Amendment
from model.case import Case
from model.commands.adding import AddService
from model.commands.intake import Amend, AnswerAmendment
from model.county import County
from model.event import Event
from model.events.intake import AmendmentAnswered, AmendmentWished
from model.message import Actor
from model.order import Order
from model.staff import Staff
from routing.adding import add_service
from routing.allowing import found, own
from routing.refusal import No
from routing.transitions import finished


def amending(
    case: Case,
    do: Amend | AnswerAmendment | AddService,
    actor: Actor,
    county: County,
    now: dt.datetime,
    staff: Sequence[Staff],
) -> AmendmentWished | AmendmentAnswered | tuple[Event, ...]:
    """What is wanted otherwise, or beside it, or what is said to it. Raises `No`: those of each."""
    if isinstance(do, AddService):
        return add_service(case, do, county, now, staff)
    if isinstance(do, Amend):
        return amended(case, do, county)
    order = found(case, do.order)
    if actor.role == "steward":
        own(order, actor, ())
    return answered(case, order, do)


def amended(case: Case, do: Amend, county: County) -> AmendmentWished:
    """The wish, for those it concerns; where all that is connected, for all. `county` is on the form of the submission.

    Allowed until the case is closed: then it is an archive. Raises `No`: `amend.empty`.
    """
    wish = do.wish.strip()
    if not wish:
        raise No("amend.empty")
    left = [one for one in case.orders if not finished(one, case.steps)] or list(case.orders)
    services = county.services_of(do.field) if do.field in county.form.fields else frozenset[str]()
    asked = [one for one in left if one.service in services] or left
    return AmendmentWished(wish=wish, field=do.field, orders=tuple(one.id for one in asked))


def answered(case: Case, order: Order, do: AnswerAmendment) -> AmendmentAnswered:
    """Raises `No`: `answer_amendment.unknown`, `answer_amendment.already`, `answer_amendment.empty`."""
    if not 0 < do.amendment <= len(case.amendments):
        raise No("answer_amendment.unknown")
    amendment = case.amendments[do.amendment - 1]
    if order.id not in amendment.orders:
        raise No("answer_amendment.unknown")
    if not amendment.waits_for(order.id):
        raise No("answer_amendment.already")
    words = do.words.strip()
    if not do.agrees and not words:
        raise No("answer_amendment.empty")
    return AmendmentAnswered(order=order.id, amendment=do.amendment, agrees=do.agrees, words=words)


def unanswered(case: Case, order: Order) -> list[tuple[int, Amendment]]:
    """What the order has still to say something to, with its number."""
    return [(number, one) for number, one in enumerate(case.amendments, 1) if one.waits_for(order.id)]
