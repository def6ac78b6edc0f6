"""What a notice about 补正 or 容缺 says: what is lacking, by when, what came in."""

from collections.abc import Mapping
from typing import Final

from handlers.wording.dues import Say, in_words
from handlers.wording.orders import order_name
from handlers.wording.supplements import originals, told
from handlers.wording.values import show
from model.calendar import Due
from model.case import Case
from model.county import County
from model.event import Recorded
from model.events.clock import ClockPaused
from model.events.supplements import (
    SupplementReturned,
    SupplementsHandedIn,
    SupplementsOverdue,
    SupplementsReminded,
    SupplementWaived,
)
from model.order import Order
from model.supplement import Supplement
from routing.lacking import lacking, lacking_for, of_order
from routing.supplement_acts import supplement_name

SUPPLEMENTS: Final = frozenset(
    f"applicant.{name}"
    for name in (
        "papers",
        "supplements_asked",
        "supplement_returned",
        "supplements_reminded",
        "supplements_extended",
        "supplements_returned",
        "waits",
    )
)
"""The notices below which the applicant is offered to hand in what is lacking."""


def supplement_facts(
    county: County, case: Case, order: Order | None, recorded: Recorded, say: Say
) -> Mapping[str, object]:
    """For any notice; `county` is on the form of the submission, under the process of the case."""
    event = recorded.event
    missing = _missing(county, case, order, recorded)
    due = _due(order, recorded)
    one = case.supplement(event.supplement) if isinstance(event, SupplementReturned | SupplementWaived) else None
    field = county.form.fields.get(one.id) if one else None
    handed = [case.supplement(name) for name in _handed(recorded)]
    return {
        "lacking": told(county, missing),
        "originals": originals(county, missing),
        "by": in_words(due, say) if due else "",
        "supplement": {"name": supplement_name(county, one), "help": field.help if field else ""} if one else None,
        "handed": [_came(county, each) for each in handed if each],
        "returned": [
            order_name(county, case, each)
            for each in case.orders
            if each.correction is not None and each.correction.returned_at is not None
        ],
    }


def _came(county: County, one: Supplement) -> str:
    """The name of what came, and the answer if it is one."""
    said = show(one.value, county.form.fields.get(one.id)) if one.value else ""
    name = supplement_name(county, one)
    return f"{name}（{said}）" if said else name


def _handed(recorded: Recorded) -> tuple[str, ...]:
    event = recorded.event
    return tuple(each.supplement for each in event.handed) if isinstance(event, SupplementsHandedIn) else ()


def _missing(county: County, case: Case, order: Order | None, recorded: Recorded) -> tuple[Supplement, ...]:
    """What is lacking of that which the notice is about: all of the case, of the order, or of a step of it."""
    event = recorded.event
    if isinstance(event, ClockPaused) and order is not None:
        return lacking_for(case, order, event.step, county)
    whole = isinstance(event, SupplementsReminded | SupplementsOverdue) and event.about == "deferred"
    if whole or order is None:
        return lacking(case)
    return tuple(one for one in of_order(case, order) if one.lacking)


def _due(order: Order | None, recorded: Recorded) -> Due | None:
    event = recorded.event
    given = getattr(event, "due", None)
    if isinstance(given, Due):
        return given
    about = event.about if isinstance(event, SupplementsReminded | SupplementsOverdue) else "correction"
    return order.due(about) if order else None
