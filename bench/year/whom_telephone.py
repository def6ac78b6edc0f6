"""The rest of the table: whom a form that was left open on the telephone must reach (X26)."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from bench.year.lines import Line, Person
from bench.year.seen import Seen
from model.event import Recorded


def _in_chat(seen: Seen, _: Recorded, event: Any) -> Iterator[Person]:
    """The applicant, if he is there: that something is empty, or what was written for him. Others are called anyway."""
    said = event.lacking if event.event == "form_left_open" else event.read_back or event.declares
    if said and ":" not in seen.person:
        yield "applicant", seen.person
    for name in event.mended if event.event == "form_filled" else ():
        if seen.orders[name].taken and seen.speaks(name)[0] == "staff":
            yield seen.speaks(name)


def _decided(seen: Seen, recorded: Recorded, event: Any) -> Iterator[Person]:
    """Who has an order of which something follows otherwise now; of works outside the red line only who filled it in."""
    for one in event.changed:
        for order in one.orders:
            who = seen.speaks(order)
            if one.stands or one.what not in ("led", "unled") or who[1] == recorded.actor.staff:
                yield who
        if one.what in ("joint", "single", "route", "usual") and not one.stands and ":" not in seen.person:
            yield "applicant", seen.person


def _going_on(seen: Seen, recorded: Recorded, event: Any) -> Iterator[Person]:
    """Who has an order in hand, once the form is declared to be true; whoever took that himself knows."""
    for name, order in seen.orders.items():
        if event.declared and order.taken and not order.connected and not order.ended:
            yield from (one for one in (seen.speaks(name),) if one[0] == "staff" and one[1] != recorded.actor.staff)


def _handed_over(seen: Seen, *_: object) -> Iterator[Person]:
    """Whoever took it over is told at once in chat, but for what is to be done about the form."""
    if not seen.closed and (seen.empty or seen.to_confirm):
        yield "applicant", seen.person


TELEPHONE: Final[Mapping[str, Line]] = {
    "form_left_open": _in_chat,
    "form_filled": _in_chat,
    "form_confirmed": _going_on,
    "decided_anew": _decided,
    "case_handed_over": _handed_over,
}
