"""What was agreed at consultations and is due: on its day, and until it is done after that (X57, J34)."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from model.case import Case
from model.consultation import Item


class Agreed(NamedTuple):
    """What a body took on about a case."""

    case: Case
    item: Item


def due_of_agreed(found: Iterable[tuple[Case, str]], day: dt.date) -> tuple[Agreed, ...]:
    """Of these (case, id) what is to be done on this day or was before, the longest overdue first; not the consultations."""
    items = (Agreed(case, item) for case, name in found if (item := _item(case, name)) is not None)
    return tuple(sorted((one for one in items if one.item.day <= day), key=lambda one: (one.item.day, one.item.id)))


def _item(case: Case, name: str) -> Item | None:
    item = case.agreed(name)
    return item if item is not None and item.done_at is None and case.closed_at is None else None
