"""Words for the papers of an order: which there are, which are on their way, which cannot come this way."""

from collections.abc import Iterator
from dataclasses import dataclass

from handlers.papers import PDF, Paper
from handlers.wording.catalogue import Catalogue
from handlers.wording.orders import order_name
from model.case import Case
from model.county import County
from model.message import Invitation
from model.order import Order


@dataclass(frozen=True, slots=True)
class PapersTold:
    """All papers of an order; of the `wanted` (by place) those at the places `brought` follow as messages of their own.

    `further`: more come if he goes on. `following` is his task.
    """

    case: Case
    order: Order
    papers: tuple[Paper, ...]
    wanted: tuple[tuple[int, Paper], ...]
    brought: frozenset[int]
    further: bool
    following: Invitation | None


def told(catalogue: Catalogue, county: County, event: PapersTold) -> Iterator[str]:
    """What is said to whoever asked."""
    number, service = event.case.number, order_name(county, event.case, event.order)
    if not event.papers:
        yield catalogue.say("papers.none", number=number, service=service)
        return
    coming = [(place, one.name) for place, one in event.wanted if place in event.brought]
    if coming:
        yield catalogue.say(
            "papers.coming",
            number=number,
            service=service,
            total=len(event.papers),
            coming=coming,
            further=event.further,
        )
    for place, one in event.wanted:
        if place not in event.brought:
            kind = "pdf" if one.file.media_type == PDF else "other"
            facts = {"name": one.name, "number": number, "size": _size(one.file.size)}
            yield catalogue.say(f"papers.not_here.{kind}", place=place, **facts)


def _size(size: int) -> str:
    return f"{size / 1_048_576:.1f}MB" if size >= 1_048_576 else f"{max(1, size // 1024)}KB"
