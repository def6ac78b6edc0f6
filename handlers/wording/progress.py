"""进度 in words: what was done when, how it stands, what comes next and by when, and whom to call (X162, J93)."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from handlers.wording import endings
from handlers.wording.catalogue import Catalogue
from handlers.wording.dues import Say, contact_due, in_words
from handlers.wording.orders import order_name, standing_of
from model.calendar import CHINA, Due
from model.case import Case
from model.county import County
from model.edition import under
from model.order import Order, OrderState
from model.staff import Staff
from routing.declaring import owed
from routing.leading import led
from routing.open_form import lacking_of
from routing.timeline import Milestone, next_step
from routing.works import waits_for_user

_FULL: Final = 3
"""With so many groups each has its own timeline; with more one line each, so that all of it is read at a glance."""


class Person(NamedTuple):
    """Whom to call about an order: its steward, or his body where nobody has it."""

    name: str
    body: str
    phone: str


class Done(NamedTuple):
    """What was done on one day, in words."""

    day: dt.date
    whats: tuple[str, ...]


class Stands(NamedTuple):
    """How an order stands; those for which all of it is the same are told together."""

    state: str
    reason: str
    next: str
    due: str
    late: bool
    days: tuple[Done, ...]

    @property
    def done(self) -> str:
        """11月23日交申请、接单，11月24日联系."""
        return "，".join(f"{one.day.month}月{one.day.day}日{'、'.join(one.whats)}" for one in self.days)


class Group(NamedTuple):
    """Services that stand alike, and whom to call about them."""

    stands: Stands
    services: tuple[str, ...]
    people: tuple[Person, ...]
    orders: tuple[Order, ...]


def groups(
    catalogue: Catalogue,
    county: County,
    case: Case,
    stewards: Mapping[str, Staff],
    done: Mapping[str, Sequence[Milestone]],
    now: dt.datetime | None,
) -> tuple[Group, ...]:
    """The services of a case that have not ended by themselves, those that stand alike together."""
    found: dict[Stands, list[Order]] = {}
    for order in case.orders:
        if order.ending is None:
            found.setdefault(_stands(catalogue, county, case, order, done.get(order.id, ()), now), []).append(order)
    return tuple(
        Group(
            stands,
            tuple(order_name(county, case, one) for one in orders),
            tuple(_people(county, orders, stewards)),
            tuple(orders),
        )
        for stands, orders in found.items()
    )


def lines(
    catalogue: Catalogue,
    county: County,
    case: Case,
    stewards: Mapping[str, Staff],
    done: Mapping[str, Sequence[Milestone]],
    now: dt.datetime | None,
) -> Iterator[str]:
    """A few lines for a case: services that stand alike together, those that have ended by themselves."""
    told = groups(catalogue, county, case, stewards, done, now)
    for stands, services, people, orders in told:
        facts = {**stands._asdict(), "done": stands.done, "services": services, "people": people}
        alone = len(told) == 1 and len(orders) == len(case.orders)
        kind = "alone" if alone else "full" if len(told) <= _FULL else "short"
        yield catalogue.say(f"progress.{kind}", **facts)
    yield from others(catalogue, county, case)


def others(catalogue: Catalogue, county: County, case: Case) -> Iterator[str]:
    """What is to be said of a case beside how its services stand."""
    if (lacking := lacking_of(case, None, county)) and case.closed_at is None:
        yield catalogue.say("progress.open_form", count=len(lacking), chat=case.in_chat)
    elif case.closed_at is None and (oath := owed(case, county)) is not None:
        yield catalogue.say("progress.undeclared", text=oath.text, chat=case.in_chat)
    yield from _to_put_right(catalogue, county, case)
    for order in case.orders:
        if order.ending is not None:
            yield endings.line(catalogue, order_name(county, case, order), order)
    if case.closed_at is None:
        yield from _together(catalogue, under(county, case.process_version), case)


def _to_put_right(catalogue: Catalogue, county: County, case: Case) -> Iterator[str]:
    """What the survey passed with and the applicant has to put right (待整改, X39), until it is inspected. Of a led survey the
    units do it themselves (X40).
    """
    for order in case.orders:
        done = order.ending is not None or order.acceptance is not None or order.state is OrderState.CONNECTED
        if case.lead is None and not done and order.survey is not None and order.survey.passes and order.survey.remark:
            service = order_name(county, case, order)
            yield catalogue.say("progress.put_right", service=service, remark=order.survey.remark)


def _together(catalogue: Catalogue, county: County, case: Case) -> Iterator[str]:
    """Which unit leads where there are several (X22), and that they sit together, once their time is named (X57)."""
    if case.consulting is not None and case.consulting.state == "named":
        yield catalogue.say("progress.consulting")
    if (lead := led(case, county)) is not None:
        yield catalogue.say("progress.lead", body=county.body[lead])


def _stands(
    catalogue: Catalogue, county: County, case: Case, order: Order, done: Sequence[Milestone], now: dt.datetime | None
) -> Stands:
    found, say = standing_of(case, order), catalogue.say
    at = found.survey.at if found.survey else None
    reason = say("ending.announced", until=order.announced.until) if order.announced is not None else found.reason
    if order.unreached:
        reason = say("unreached.stands").strip()
    state = say(f"states.{found.state}", body=county.body[order.body], at=at)
    coming, due = _comes(say, case, order, found.state)
    late = due is not None and now is not None and due.at < now
    return Stands(state, reason, coming, _by(catalogue, due), late, _told(catalogue, case, order, done))


def upcoming(say: Say, case: Case, order: Order) -> tuple[str, Due | None]:
    """What comes next for an order (联系您), and by when; "" while a time that is agreed says it, or nothing is left to come."""
    return _comes(say, case, order, standing_of(case, order).state)


def _comes(say: Say, case: Case, order: Order, state: str) -> tuple[str, Due | None]:
    step = next_step(case, order)
    if state.endswith("_proposed"):
        return say("progress.next.answer"), None
    if state == "permits":
        return say("progress.next.permits"), None
    if step == "construction" and waits_for_user(case, order):
        return say("progress.next.inside"), None
    if step is None or order.candidates or state.endswith("_agreed"):
        return "", None  # the time that is agreed says it
    clock = order.clocks.get(step)
    due = clock.due if clock is not None and clock.runs else None
    if step == "contact" and clock is None and not order.unreached:
        due = contact_due(order)
    handled = order.route and step == "connection"
    return say("progress.next.handling" if handled else f"progress.next.{step}"), due


def _by(catalogue: Catalogue, due: Due | None) -> str:
    return "" if due is None else in_words(due, catalogue.say)


def _told(catalogue: Catalogue, case: Case, order: Order, done: Sequence[Milestone]) -> tuple[Done, ...]:
    """What was done, day by day."""
    by_day: dict[dt.date, list[str]] = {}
    made = [("handed_in", case.accepted_at), *((_milestone(order, one.state), one.at) for one in done)]
    for what, at in made:
        by_day.setdefault(at.astimezone(CHINA).date(), []).append(catalogue.say(f"progress.done.{what}"))
    return tuple(Done(day, tuple(whats)) for day, whats in by_day.items())


def _milestone(order: Order, state: OrderState) -> str:
    return "handled" if order.route and state is OrderState.CONNECTED else state.value


def _people(county: County, orders: Sequence[Order], stewards: Mapping[str, Staff]) -> list[Person]:
    found: dict[Person, None] = {}
    for order in orders:
        if order.candidates:
            continue
        body, steward = county.body[order.body], stewards.get(order.steward or "")
        one = Person(steward.name, body.short, steward.phone) if steward else Person(body.short, "", body.phone)
        found[one] = None
    return list(found)
