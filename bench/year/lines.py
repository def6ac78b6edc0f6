"""What the lines of the table of `bench.year.whom` are made of: whom an event reaches where that is the same for many."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from bench.year.seen import Seen
from model.event import Recorded

Person = tuple[str, str]
"""A kind of recipient and an id."""
Line = Callable[[Seen, Recorded, Any], Iterable[Person]]


def nobody(*_: object) -> Iterator[Person]:
    """It is not told, or what follows from it is."""
    return iter(())


def applicant(seen: Seen, *_: object) -> Iterator[Person]:
    """Whoever applied."""
    yield "applicant", seen.person


def speaker(seen: Seen, _: Recorded, event: Any) -> Iterator[Person]:
    """Who speaks for the order it is about."""
    yield seen.speaks(event.order)


def told(_: Seen, __: Recorded, event: Any) -> Iterator[Person]:
    """Whom the event names itself."""
    return (("window" if one.receiver == "window" else "staff", one.id) for one in event.told)
