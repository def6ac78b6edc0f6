"""Words for what waits for somebody else: why, since when, how long in all, and what comes next (J35)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from handlers.parties import Named
from handlers.wording.catalogue import Catalogue
from handlers.wording.orders import order_name
from model.case import Case
from model.county import County
from model.order import Order
from model.staff import Staff
from routing.paused import Paused


@dataclass(frozen=True, slots=True)
class PausedTold:
    """An order waits; whom to `call` about it, who has it, and whether the `head` of its body asked."""

    case: Case
    order: Order
    pause: Paused
    call: Named | None
    steward: Staff | None
    head: bool


@dataclass(frozen=True, slots=True)
class NotPaused:
    """Nothing of his waits; or not what he has `chosen`."""

    chosen: bool


def told(catalogue: Catalogue, county: County, event: PausedTold | NotPaused) -> str:
    """What is said to whoever asked."""
    if isinstance(event, NotPaused):
        return catalogue.say("paused.over" if event.chosen else "paused.nothing")
    return catalogue.say(
        "paused.one",
        number=event.case.number,
        service=order_name(county, event.case, event.order),
        cause=cause_of(county.messages, event.pause),
        pause=event.pause,
        days=days_of(county.messages, event.pause),
        call=event.call,
        steward=event.steward,
        head=event.head,
    )


def grouped(messages: Mapping[str, str], pauses: Iterable[Paused]) -> str:
    """Why they wait and how many of each, the commonest first: 待申请人补正2项、联系不上申请人1项."""
    counts: dict[str, int] = {}
    for one in pauses:
        cause = cause_of(messages, one)
        counts[cause] = counts.get(cause, 0) + 1
    ranked = sorted(counts.items(), key=lambda one: -one[1])
    return "、".join(f"{cause}{count}项" for cause, count in ranked)


def cause_of(messages: Mapping[str, str], pause: Paused) -> str:
    """Why it waits, in the words of the documents."""
    return messages[f"paused.cause.{pause.cause}"].strip()


def days_of(messages: Mapping[str, str], pause: Paused) -> str:
    """How long it has waited in all: 3天, or 不到1天."""
    days = pause.total.days
    return messages["paused.days"].strip().format(days=days) if days else messages["paused.no_day"].strip()
