"""Small forms that a rule of the process speaks of are there: what a steward or an applicant is asked (O, J35, J44)."""

from collections.abc import Iterator

from config.mistakes import Mistake
from config.nearest import nearest
from config.parts import Parts
from model.process import Process


def small_forms(parts: Parts) -> Iterator[Mistake]:
    """Every rule that names a form by itself; those of steps, sheets, permits, papers, cells, routes have checks of their own."""
    rules = parts.process.value
    if rules is None:
        return
    forms = [one.id for one in rules.forms]
    for rule, key, name in _named(rules):
        if name is not None and name not in forms and name not in parts.process.broken:
            yield parts.process.mistake((rule, key), f"没有叫“{name}”的小表", nearest(name, forms))


def _named(rules: Process) -> Iterator[tuple[str, str, str | None]]:
    yield "urging", "form", rules.urging.form
    if rules.amending is not None:
        yield "amending", "form", rules.amending.form
    if rules.rating is not None:
        yield "rating", "form", rules.rating.form
        yield "rating", "call_back_form", rules.rating.call_back_form
    if rules.declining is not None:
        yield "declining", "form", rules.declining.form
        yield "declining", "objection_form", rules.declining.objection_form
    if rules.delays is not None:
        yield "delays", "form", rules.delays.form
        yield "delays", "visits", rules.delays.visits.form if rules.delays.visits is not None else None
    if rules.backdating is not None:
        yield "backdating", "time_form", rules.backdating.time_form
        yield "backdating", "reason_form", rules.backdating.reason_form
    if rules.booking is not None:
        yield "booking", "form", rules.booking.form
