"""Whom a consultation must reach (X57, J34)."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from bench.year.lines import Line, Person, nobody, told
from bench.year.seen import Seen, of_body
from model.event import Recorded


def _asked(seen: Seen, _: Recorded, event: Any) -> Iterator[Person]:
    yield of_body(event.convener, event.officer) if event.convener else ("window", seen.county)


def _others(seen: Seen, recorded: Recorded, event: Any) -> Iterator[Person]:
    """Who comes, but whoever did this."""
    return (one for one in seen.consulting[event.consultation][1] if one != ("staff", recorded.actor.staff))


def _named(seen: Seen, recorded: Recorded, event: Any) -> Iterator[Person]:
    yield from _others(seen, recorded, event)
    if event.sequence == 1:
        yield "applicant", seen.person


def _declined(seen: Seen, recorded: Recorded, event: Any) -> Iterator[Person]:
    yield seen.consulting[event.consultation][0]
    yield from _others(seen, recorded, event)
    if seen.consulting[event.consultation][1] and not seen.closed:
        yield "applicant", seen.person


def _near(_: Seen, __: Recorded, event: Any) -> Iterator[Person]:
    """Of a body that nobody of is reached the telephone has told; it is not called up again."""
    return (("staff", one.staff) for one in event.invited if one.staff is not None)


def _held(seen: Seen, recorded: Recorded, event: Any) -> Iterator[Person]:
    yield from _others(seen, recorded, event)
    yield "applicant", seen.person


def _item(_: Seen, __: Recorded, event: Any) -> Iterator[Person]:
    yield of_body(event.item.body, event.item.staff)


def _item_due(_: Seen, __: Recorded, event: Any) -> Iterator[Person]:
    yield of_body(event.body, event.staff)


CONSULTING: Final[Mapping[str, Line]] = {
    "consultation_asked": _asked,
    "consultation_named": _named,
    "consultation_declined": _declined,
    "consultation_near": _near,
    "consultation_late": told,
    "consultation_held": _held,
    "consultation_item_given": _item,
    "consultation_settled": nobody,
    "consultation_item_due": _item_due,
    "consultation_item_late": told,
    "consultation_item_done": nobody,
}
