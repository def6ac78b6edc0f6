"""Whose business a field of the form is: that of all, or of those who have an order of its service (X19)."""

from collections.abc import Mapping

from model.case import Case
from model.county import County
from model.draft import Answer
from model.message import Actor
from model.order import Order
from model.telephone import OpenForm
from routing.transitions import finished


def is_of(name: str, order: Order | None, case: Case, county: County) -> bool:
    """Whether a field is the order's business: a common one, or one of its service (X19); None: of any that is not over."""
    services = county.services_of(name)
    bound = (order,) if order is not None else tuple(one for one in case.orders if one.ending is None)
    return not services or any(one.service in services for one in bound)


def mended(
    case: Case, form: OpenForm, anew: Mapping[str, Answer], actor: Actor, county: County
) -> dict[str, tuple[str, ...]]:
    """What the applicant changed of what others had typed, for those who have an order that it is about (X19)."""
    if actor.role != "applicant":
        return {}
    changed = [name for name in anew if name in form.answers and form.answers[name].role != "applicant"]
    going = [one for one in case.orders if not finished(one, case.steps_of(one))]
    found_ = {one.id: tuple(name for name in changed if is_of(name, one, case, county)) for one in going}
    return {name: names for name, names in found_.items() if names}
