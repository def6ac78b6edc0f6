"""Which event must reach whom: the table of the design, written apart from `routing.notices` (X36, X55, X162, J35, J93)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from bench.year.lines import Line, Person, applicant, nobody, speaker, told
from bench.year.seen import Seen
from bench.year.whom_beside import BESIDE
from bench.year.whom_consulting import CONSULTING
from bench.year.whom_later import LATER
from bench.year.whom_telephone import TELEPHONE
from model.event import Recorded


class NoLine(Exception):
    """An event that this table does not know: say here whom it must reach."""


def heard(seen: Seen, batch: Sequence[Recorded]) -> dict[int, set[Person]]:
    """Who must hear of each of these events, by its place in the log; `seen` is the case before them, then after them."""
    seen.follow(batch)
    return {one.sequence: set(_line(one)(seen, one, one.event)) for one in batch}


def _line(recorded: Recorded) -> Line:
    try:
        return TABLE[recorded.event.event]
    except KeyError:
        raise NoLine(recorded.event.event) from None


def _all_speakers(seen: Seen, *_: object) -> Iterator[Person]:
    return (seen.speaks(one) for one in seen.orders)


def _asked_of(seen: Seen, _: Recorded, event: Any) -> Iterator[Person]:
    return (seen.speaks(one) for one in event.orders)


def _assigned(seen: Seen, recorded: Recorded, event: Any) -> Iterator[Person]:
    """Who has claimed it himself, or handed it over, knows (J75)."""
    actor = recorded.actor.staff or ""
    yield from (one for one in (seen.speaks(event.order),) if one[1] != actor)
    if event.previous and event.previous not in (event.steward, actor):
        yield "staff", event.previous
    if seen.orders[event.order].introduced and event.steward != actor:
        yield "applicant", seen.person


def _at_the_survey(seen: Seen, event: Any) -> set[Person]:
    return {seen.speaks(one) for one in event.orders} | set(seen.beside(event.appointment))


def _proposed(seen: Seen, _: Recorded, event: Any) -> Iterator[Person]:
    yield "applicant", seen.person
    yield from _at_the_survey(seen, event) - {("staff", event.steward)}


def _agreed(seen: Seen, recorded: Recorded, event: Any) -> Iterator[Person]:
    """Who agreed himself was answered in the conversation."""
    if recorded.actor.role != "applicant":
        yield "applicant", seen.person
    yield from _at_the_survey(seen, event)


def _moved(seen: Seen, _: Recorded, event: Any) -> Iterator[Person]:
    """Where everybody says when he can come, who is asked anew hears it there: only the others hear that it is off."""
    times = seen.times.get(event.appointment)
    if times is None or not times.asked:
        yield from _at_the_survey(seen, event)
    elif not times.settled:
        if event.by and "applicant" in times.known:
            yield "applicant", seen.person
        people = {seen.speaks(one) for one in event.orders} - {("staff", event.by)}
        yield from (one for one in people if one[1] in times.known or one[1] not in times.asked)


def _released(seen: Seen, _: Recorded, event: Any) -> Iterator[Person]:
    """Of a visit that is no survey everybody hears with the question when he can come instead."""
    if not seen.surveys(event.appointment):
        return
    yield "applicant", seen.person
    yield from _at_the_survey(seen, event)


def _joined(seen: Seen, _: Recorded, event: Any) -> Iterator[Person]:
    """The others hear whom they will meet."""
    yield "applicant", seen.person
    yield from _at_the_survey(seen, event)
    yield from (seen.speaks(one) for one in seen.bound.get(event.appointment, ()) if not seen.orders[one].ended)


def _contacted(seen: Seen, _: Recorded, event: Any) -> Iterator[Person]:
    if event.ask_until is not None or event.outline:
        yield "applicant", seen.person


def _called(seen: Seen, _: Recorded, event: Any) -> Iterator[Person]:
    if event.pauses:
        yield "applicant", seen.person


def _all_named(seen: Seen, _: Recorded, event: Any) -> Iterator[Person]:
    return (seen.speaks(one) for one in event.orders)


def _schemed(seen: Seen, _: Recorded, event: Any) -> Iterator[Person]:
    """统一答复 waits for the last of them (J18)."""
    if not event.together or all(one.schemed or one.ended or one.routed for one in seen.orders.values()):
        yield "applicant", seen.person


def _works(seen: Seen, _: Recorded, event: Any) -> Iterator[Person]:
    orders = [seen.orders[one] for one in event.orders]
    if event.part == "inside":
        yield from (seen.speaks(one) for one in event.orders)
    if any(one.built for one in orders):
        yield "applicant", seen.person


def _connected(seen: Seen, *_: object) -> Iterator[Person]:
    """The last one is told with the news that all is connected, or that only something to hand in is left."""
    if not all(one.connected or one.ended for one in seen.orders.values()):
        yield "applicant", seen.person


def _closed(seen: Seen, *_: object) -> Iterator[Person]:
    """Where nothing came of any of it, the news of the end has said so."""
    if any(one.connected for one in seen.orders.values()):
        yield "applicant", seen.person


def _urged(seen: Seen, recorded: Recorded, event: Any) -> Iterator[Person]:
    yield from (seen.speaks(one) for one in event.orders)
    yield from told(seen, recorded, event)


def _rated(seen: Seen, *_: object) -> Iterator[Person]:
    return iter(() if seen.called_back else seen.callers)


def _said_it(_seen: Seen, _: Recorded, event: Any) -> Iterator[Person]:
    yield "staff", event.steward


def _decided(seen: Seen, recorded: Recorded, event: Any) -> Iterator[Person]:
    yield "staff", event.steward
    yield from (one for one in told(seen, recorded, event) if one[0] == "staff" and one[1] != event.by)


def _added(seen: Seen, recorded: Recorded, event: Any) -> Iterator[Person]:
    """He for whom the window did it, and whoever is to survey together, where no time is looked for yet (X30)."""
    if recorded.actor.role == "staff" and ":" not in seen.person:
        yield "applicant", seen.person
    if event.joint and "joint" not in seen.times and "joint" not in seen.bound:
        going = (name for name, one in seen.orders.items() if not (one.ended or one.routed))
        yield from (seen.speaks(name) for name in going if name not in event.orders)


TABLE: Final[Mapping[str, Line]] = {
    "case_accepted": nobody,  # the conversation says it at once
    "order_routed": speaker,
    "order_assigned": _assigned,
    "task_taken": applicant,
    "applicant_contacted": _contacted,
    "contact_confirmed": nobody,
    "contact_denied": speaker,
    "contact_changed": _all_speakers,
    "call_failed": _called,
    "delay_asked": speaker,
    "delay_explained": applicant,
    "delay_told": applicant,
    "applicant_heard": _all_named,
    "visit_unreported": _all_named,
    "visit_late": applicant,
    "visit_explained": applicant,
    "back_dated": nobody,
    "backdating_claimed": _said_it,
    "backdating_asked": told,
    "backdating_decided": _decided,
    "survey_proposed": _proposed,
    "survey_agreed": _agreed,
    "survey_moved": _moved,
    "survey_released": _released,
    "survey_joined": _joined,
    "opinion_given": applicant,
    "scheme_given": _schemed,
    "works_reported": _works,
    "acceptance_reported": applicant,
    "connected": _connected,
    "case_closed": _closed,
    "clock_started": nobody,
    "warned": told,
    "urged": _urged,
    "urge_answered": applicant,
    "amendment_wished": _asked_of,
    "service_added": _added,
    "amendment_answered": applicant,
    "moved": nobody,
    "rated": _rated,
    "reason_given": _rated,
    "called_back": nobody,
    **BESIDE,
    **LATER,
    **CONSULTING,
    **TELEPHONE,
}
