"""One field, two different values in one message and no word of correction: neither is taken, both are shown."""

from collections.abc import Iterator

from dialogs.reading import Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.cues import CUE
from dialogs.understanding.understand import Understanding
from model.fields import ChoiceField, CodeField, DateField, NumberField, PhoneField
from model.form import Form

_ONE_VALUE = ChoiceField | CodeField | DateField | NumberField | PhoneField
_AS_GOOD = 6
"""Scores that differ by less speak for both readings."""


def contradictions(form: Form, understood: Understanding) -> Iterator[tuple[Candidate, ...]]:
    """Groups of candidates of one field; the one that was taken is among them."""
    for one in understood.taken:
        field = form.fields[one.field]
        if not isinstance(field, _ONE_VALUE) or (isinstance(field, ChoiceField) and field.several):
            continue
        against = [other for other in understood.considered if _contradicts(one, other, understood)]
        values = {other.reading.value: other for other in (one, *against) if isinstance(other.reading, Understood)}
        if len(values) > 1:
            yield tuple(sorted(values.values(), key=lambda other: other.start))


def _contradicts(one: Candidate, other: Candidate, understood: Understanding) -> bool:
    if one.field != other.field or not (isinstance(one.reading, Understood) and isinstance(other.reading, Understood)):
        return False
    if one.reading.value == other.reading.value or abs(one.score - other.score) > _AS_GOOD or other.group != one.group:
        return False
    if any(other.start < done.end and done.start < other.end for done in understood.taken):
        return False
    first, second = sorted((one, other), key=lambda candidate: candidate.start)
    return not CUE.search(understood.marked.said(first.end, second.end))
