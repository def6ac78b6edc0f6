"""容缺: what is still to come when a case begins, for which of its orders, and by when (X26, X47, X129)."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from model.county import County
from model.draft import Agreement, Answer
from model.events.supplements import SupplementsDeferred
from model.fields import AttachmentField, CodeField
from model.supplement import Supplement
from routing.limits import due_of


class Bound(NamedTuple):
    """An order, and the service that it is for."""

    order: str
    service: str


class Given(NamedTuple):
    """The form as it was handed in: its answers, what is `missing`, what was agreed to."""

    answers: Mapping[str, Answer]
    missing: Collection[str]
    agreements: Mapping[str, Agreement]


def deferred(given: Given, county: County, orders: Sequence[Bound], now: dt.datetime) -> Iterator[SupplementsDeferred]:
    """What was left open, and the stamped originals of what was photographed; `county` is on the form that it was given on."""
    found = tuple(_supplements(given, county, orders))
    if not found:
        return
    rule = county.process.deferred
    lacking = any(one.state == "open" for one in found)
    due = due_of(rule.limit, county, now, shares=(rule.remind, 100)) if rule is not None and lacking else None
    yield SupplementsDeferred(order=found[0].orders[0], supplements=found, due=due)


def _supplements(given: Given, county: County, bound: Sequence[Bound]) -> Iterator[Supplement]:
    gated = {name for gate in county.process.gates for name in gate.needs}
    for name, field in county.form.fields.items():
        original = isinstance(field, AttachmentField) and field.paper == "original" and name in gated
        here = name in given.answers and given.answers[name].value is not None
        if isinstance(field, CodeField) and _refused(field.consent, given):
            continue  # checked in person
        orders = orders_of(name, county, bound)
        if orders and name in given.missing:
            yield Supplement(id=name, orders=orders, original=original)
        elif orders and here and original:
            yield Supplement(id=name, orders=orders, original=True, state="received")


def _refused(consent: str | None, form: Given) -> bool:
    """Whether the separate consent for a number was refused: nobody asks for it again."""
    given = form.agreements.get(consent or "")
    return given is not None and not given.agreed


def orders_of(name: str, county: County, bound: Sequence[Bound]) -> tuple[str, ...]:
    """The orders that a field of the form is about: those of its section's service, else all."""
    services = county.services_of(name)
    return tuple(one.order for one in bound if not services or one.service in services)
