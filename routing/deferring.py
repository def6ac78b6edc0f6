"""容缺: what is still to come when a case begins, for which of its orders, and by when (X26, X47, X129)."""

import datetime as dt
from collections.abc import Iterator, Sequence

from model.county import County
from model.events.intake import OrderRouted
from model.events.supplements import SupplementsDeferred
from model.fields import AttachmentField, CodeField
from model.submission import Submission
from model.supplement import Supplement
from routing.limits import due_of


def deferred(
    submission: Submission, county: County, routed: Sequence[OrderRouted], now: dt.datetime
) -> Iterator[SupplementsDeferred]:
    """What was left open, and the stamped originals of what was photographed; `county` is on the form of the submission."""
    found = tuple(_supplements(submission, county, routed))
    if not found:
        return
    rule = county.process.deferred
    lacking = any(one.state == "open" for one in found)
    due = due_of(rule.limit, county, now, shares=(rule.remind, 100)) if rule is not None and lacking else None
    yield SupplementsDeferred(order=found[0].orders[0], supplements=found, due=due)


def _supplements(submission: Submission, county: County, routed: Sequence[OrderRouted]) -> Iterator[Supplement]:
    gated = {name for gate in county.process.gates for name in gate.needs}
    for name, field in county.form.fields.items():
        original = isinstance(field, AttachmentField) and field.paper == "original" and name in gated
        here = name in submission.answers and submission.answers[name].value is not None
        if isinstance(field, CodeField) and _refused(field.consent, submission):
            continue  # checked in person
        orders = orders_of(name, county, routed)
        if orders and name in submission.missing:
            yield Supplement(id=name, orders=orders, original=original)
        elif orders and here and original:
            yield Supplement(id=name, orders=orders, original=True, state="received")


def _refused(consent: str | None, submission: Submission) -> bool:
    """Whether the separate consent for a number was refused: nobody asks for it again."""
    given = submission.agreements.get(consent or "")
    return given is not None and not given.agreed


def orders_of(name: str, county: County, routed: Sequence[OrderRouted]) -> tuple[str, ...]:
    """The orders that a field of the form is about: those of its section's service, else all."""
    services = county.services_of(name)
    return tuple(one.order for one in routed if not services or one.service in services)
