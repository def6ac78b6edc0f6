"""The rest of the table: whom a form that was left open on the telephone must reach (X26)."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from bench.year.lines import Line, Person, nobody
from bench.year.seen import Seen
from model.event import Recorded


def _in_chat(seen: Seen, _: Recorded, event: Any) -> Iterator[Person]:
    """The applicant, if he is there: that something is empty, or what was written for him. Others are called anyway."""
    said = event.lacking if event.event == "form_left_open" else event.read_back
    if said and ":" not in seen.person:
        yield "applicant", seen.person


def _decided(seen: Seen, recorded: Recorded, event: Any) -> Iterator[Person]:
    """Who has an order of which something follows otherwise now; of works outside the red line only who filled it in."""
    for one in event.changed:
        for order in one.orders:
            who = seen.speaks(order)
            if one.stands or one.what not in ("led", "unled") or who[1] == recorded.actor.staff:
                yield who
        if one.what in ("joint", "single", "route", "usual") and not one.stands and ":" not in seen.person:
            yield "applicant", seen.person


TELEPHONE: Final[Mapping[str, Line]] = {
    "form_left_open": _in_chat,
    "form_filled": _in_chat,
    "form_confirmed": nobody,
    "decided_anew": _decided,
}
