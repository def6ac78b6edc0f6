"""The rest of the table: whom what comes in later, or does not come, must reach (X47, X127, J39)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from bench.year.lines import Line, Person
from bench.year.seen import Seen
from model.event import Recorded


def _stewards(seen: Seen, recorded: Recorded, orders: Iterable[str]) -> Iterator[Person]:
    """Whoever in chat speaks for these orders, but who did it himself."""
    for name in orders:
        if (one := seen.speaks(name))[0] == "staff" and one[1] != recorded.actor.staff:
            yield one


def _handed_in(seen: Seen, recorded: Recorded, event: Any) -> Iterator[Person]:
    for one in event.handed:
        yield from _stewards(seen, recorded, seen.wanted[one.supplement].orders)


def _checked(seen: Seen, _: Recorded, event: Any) -> Iterator[Person]:
    """Once, when nothing of the order is left to bring or to look at (J93)."""
    if all(one.done for one in seen.wanted.values() if event.order in one.orders):
        yield "applicant", seen.person


def _overdue(seen: Seen, recorded: Recorded, event: Any) -> Iterator[Person]:
    yield "applicant", seen.person
    if event.due is None:
        yield from _stewards(seen, recorded, seen.given_back)


LATER: Final[Mapping[str, Line]] = {
    "supplements_handed_in": _handed_in,
    "supplement_accepted": _checked,
    "original_received": _checked,
    "supplements_overdue": _overdue,
}
