"""The rest of the table: whom meetings, sheets, permits, what is handed in later and endings must reach (X31–X50, X129, X160)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from bench.year.lines import Line, Person, applicant, nobody, speaker, told
from bench.year.seen import Seen, of_body
from model.event import Recorded


def _himself(seen: Seen, recorded: Recorded) -> bool:
    """Whether the applicant did it: he was answered in the conversation."""
    return recorded.actor.role == "applicant" and recorded.actor.person == seen.person


# --- when people can come ---


def _asked(seen: Seen, _: Recorded, event: Any) -> Iterator[Person]:
    for one in set(event.asked) - set(event.kept):
        yield ("applicant", seen.person) if one == "applicant" else ("staff", one)


def _unmet(seen: Seen, _: Recorded, event: Any) -> Iterator[Person]:
    yield ("window" if event.decider == seen.county else "staff"), event.decider


def _time_set(seen: Seen, _: Recorded, event: Any) -> Iterator[Person]:
    yield "applicant", seen.person
    yield from (seen.speaks(one) for one in event.orders)
    yield from seen.beside(event.appointment)


def _reminded(seen: Seen, _: Recorded, event: Any) -> Iterator[Person]:
    """A body that nobody of is reached was told of the time by telephone; it is not called up again."""
    yield "applicant", seen.person
    yield from (seen.speaks(one) for one in event.orders)
    yield from (one for one in seen.beside(event.appointment) if one[0] == "staff")


# --- works outside the red line, and the sheet ---


def _units(seen: Seen) -> Iterator[Person]:
    return (one for order in seen.orders if (one := seen.speaks(order))[0] == "staff")


def _lead(seen: Seen) -> Person:
    return of_body(seen.lead or "", seen.organiser)


def _but_himself(line: Callable[[Seen, Any], Iterable[Person]]) -> Line:
    def told(seen: Seen, recorded: Recorded, event: Any) -> Iterator[Person]:
        return (one for one in line(seen, event) if one[1] != (recorded.actor.staff or ""))

    return told


def _external(seen: Seen, _: Any) -> Iterator[Person]:
    yield "applicant", seen.person
    yield from _units(seen)


def _no_external(seen: Seen, event: Any) -> Iterator[Person]:
    yield from _external(seen, event)
    yield from (("staff", one) for one in (event.organiser, *event.officers) if one)


def _sheet_opened(seen: Seen, event: Any) -> Iterator[Person]:
    yield _lead(seen)
    yield from (of_body(one.body, one.officer) for one in event.departments)
    yield "window", seen.county


def _chosen(_: Seen, event: Any) -> Iterator[Person]:
    yield from (of_body(one.body, one.officer) for one in event.departments if one.body in event.added)
    yield from (of_body(one.body, one.officer) for one in event.dropped)


def _row(seen: Seen, event: Any) -> Iterator[Person]:
    yield _lead(seen)
    if not event.passes:
        yield "applicant", seen.person


def _departments(_: Seen, event: Any) -> Iterator[Person]:
    return (of_body(one.body, one.officer) for one in event.departments)


def _concluded(seen: Seen, event: Any) -> Iterator[Person]:
    yield _lead(seen)
    if event.passed:
        yield "applicant", seen.person
        yield from _units(seen)
        yield from (of_body(one.body, one.officer) for one in seen.departments())


def _again(seen: Seen, event: Any) -> Iterator[Person]:
    yield "applicant", seen.person
    yield from _departments(seen, event)


def _leads(seen: Seen, _: Any) -> Iterator[Person]:
    yield _lead(seen)


def _held(seen: Seen, event: Any) -> Iterator[Person]:
    """He has all he applied for; who still owes something hears of it, who leads, and who supervises."""
    yield "applicant", seen.person
    owing = set(seen.owed.values())
    yield from (of_body(one.body, one.officer) for one in seen.departments() if one.body in owing)
    yield from (("staff", one.steward) for one in seen.orders.values() if one.body in owing and one.steward)
    yield _lead(seen)
    yield from (("staff", one.id) for one in event.told)


def _owing(seen: Seen, item: str) -> Person:
    body, order = seen.owed[item], seen.owed_of.get(item)
    return seen.speaks(order) if order in seen.orders else of_body(body, (seen.rows or {}).get(body, (None, False))[0])


def _owed(seen: Seen, _: Recorded, event: Any) -> Iterator[Person]:
    """Who owes it; once it is over who leads as well, if somebody of them can be reached."""
    owing = _owing(seen, event.item)
    yield owing
    if getattr(event, "over", False) and seen.lead not in (None, seen.owed[event.item]):
        lead = _lead(seen)
        if lead[0] == "staff" and lead != owing:
            yield lead


def _replaced(_: Seen, __: Recorded, event: Any) -> Iterator[Person]:
    yield of_body(event.body, event.officer)


# --- an order that a body has to claim, and the cells of the form that it fills in ---


def _offered(_: Seen, __: Recorded, event: Any) -> Iterator[Person]:
    return (("staff", one.staff) for one in event.offers if one.staff)


def _claimed(_: Seen, __: Recorded, event: Any) -> Iterator[Person]:
    return (("staff", one.staff) for one in event.others if one.staff)


def _cells(seen: Seen, _: Recorded, event: Any) -> Iterator[Person]:
    if event.tell:
        yield "applicant", seen.person


# --- permits, and works that are done together ---


def _officer(seen: Seen, _: Recorded, event: Any) -> Iterator[Person]:
    body, officer, _orders = seen.permits[event.approval]
    yield of_body(body, officer)


def _recounted_permit(seen: Seen, recorded: Recorded, event: Any) -> Iterator[Person]:
    yield from (_who_applied if event.items else _officer_in_chat)(seen, recorded, event)


def _passed_on(seen: Seen, _: Recorded, event: Any) -> Iterator[Person]:
    """Whoever has it now; where nobody is there the heads, else the body by telephone."""
    if event.officer not in (None, event.previous):
        yield "staff", event.officer
    elif event.told:
        yield from (("staff", one.id) for one in event.told)
    else:
        yield "body", seen.permits[event.approval][0]


def _officer_in_chat(seen: Seen, recorded: Recorded, event: Any) -> Iterator[Person]:
    return (one for one in _officer(seen, recorded, event) if one[0] == "staff") if event.approval else iter(())


def _who_applied(seen: Seen, _: Recorded, event: Any) -> Iterator[Person]:
    return (seen.speaks(one) for one in seen.permits[event.approval][2])


def _decided(seen: Seen, recorded: Recorded, event: Any) -> Iterator[Person]:
    yield from _who_applied(seen, recorded, event)
    yield "applicant", seen.person


def _joint(_: Seen, __: Recorded, event: Any) -> Iterator[Person]:
    yield of_body(event.works.body, event.works.officer)


def _diggers(seen: Seen, *_: object) -> Iterator[Person]:
    return (seen.speaks(name) for name, one in seen.orders.items() if one.digs)


# --- what is handed in later ---


def _paused(seen: Seen, _: Recorded, event: Any) -> Iterator[Person]:
    """For what a step waits he hears (X129); his own planned time he knows."""
    if event.cause == "materials":
        yield "applicant", seen.person


def _in_service(seen: Seen, _: Recorded, event: Any) -> Iterator[Person]:
    return (one for name in event.orders if (one := seen.speaks(name))[0] == "staff")


def _recounted(seen: Seen, _: Recorded, event: Any) -> Iterator[Person]:
    return (one for limit in event.limits if (one := seen.speaks(limit.order))[0] == "staff")


def _replanned(seen: Seen, recorded: Recorded, event: Any) -> Iterator[Person]:
    yield from (one for name in event.orders if (one := seen.speaks(name))[0] != "window")
    if not _himself(seen, recorded):
        yield "applicant", seen.person


def _near(seen: Seen, _: Recorded, event: Any) -> Iterator[Person]:
    yield "applicant", seen.person
    yield from (one for name in event.orders if (one := seen.speaks(name))[0] == "staff")


# --- endings ---


def _ended(seen: Seen, recorded: Recorded, event: Any) -> Iterator[Person]:
    """Who had the orders, and whoever would have come to their survey; the last to give his scheme may be one of them (J18)."""
    for name in event.orders:
        steward = seen.orders[name].steward
        if steward is None or steward != recorded.actor.staff:
            yield seen.speaks(name)
    if not _himself(seen, recorded):
        yield "applicant", seen.person
    for key in event.appointments:
        yield from (seen.speaks(name) for name in seen.bound.get(key, ()) if not seen.orders[name].ended)
        yield from seen.beside(key)
    left = [one for one in seen.orders.values() if not one.ended and not one.routed]
    waited = any(not seen.orders[name].schemed for name in event.orders)
    if waited and any(one.together for one in left) and all(one.schemed for one in left):
        yield "applicant", seen.person


def _resumed(seen: Seen, recorded: Recorded, event: Any) -> Iterator[Person]:
    yield from (seen.speaks(one.order) for one in event.orders)
    if not _himself(seen, recorded):
        yield "applicant", seen.person


def _kept_on(seen: Seen, _: Recorded, event: Any) -> Iterator[Person]:
    yield seen.speaks(event.order)
    if event.by:  # else he has said so himself
        yield "applicant", seen.person


def _papers(seen: Seen, recorded: Recorded, event: Any) -> Iterator[Person]:
    """The receipt says it, but for what a form needs that was filled in later."""
    return applicant(seen) if event.later else nobody(seen, recorded, event)


BESIDE: Final[Mapping[str, Line]] = {
    "times_asked": _asked,
    "times_given": nobody,  # what follows from it is told
    "others_awaited": nobody,
    "times_closed": nobody,
    "times_unmet": _unmet,
    "time_set": _time_set,
    "reminded": _reminded,
    "missed": nobody,  # everybody is asked for another time
    "external_line_set": _but_himself(_external),
    "external_line_cleared": _but_himself(_no_external),
    "sheet_opened": _but_himself(_sheet_opened),
    "departments_chosen": _but_himself(_chosen),
    "row_given": _but_himself(_row),
    "rows_reminded": _but_himself(_departments),
    "sheet_concluded": _but_himself(_concluded),
    "survey_repeated": _but_himself(_again),
    "completion_promised": _but_himself(_external),
    "copy_kept": nobody,
    "copy_returned": nobody,
    "follow_up_opened": nobody,
    "closing_held": _but_himself(_held),
    "follow_up_settled": _but_himself(_leads),
    "follow_up_reminded": _owed,
    "follow_up_ready": _owed,
    "sheet_alarm_set": nobody,
    "officer_replaced": _replaced,
    "claim_offered": _offered,
    "claim_settled": _claimed,
    "cells_filled": _cells,
    "route_taken": nobody,  # the receipt says it
    "check_passed": nobody,  # that it is done is told
    "check_failed": nobody,  # what he is asked for, or refused, is told
    "approval_applied": _officer,
    "approval_joined": nobody,
    "approval_passed": _passed_on,
    "approval_accepted": nobody,
    "approval_returned": _who_applied,
    "approval_handed_in": _officer_in_chat,
    "commitment_signed": _officer_in_chat,
    "approval_dropped": _officer_in_chat,
    "approval_decided": _decided,
    "approval_warned": told,
    "approval_recounted": _recounted_permit,
    "joint_proposed": _joint,
    "joint_declined": nobody,
    "joint_accepted": _diggers,
    "joint_shared": _diggers,
    "clock_paused": _paused,
    "clock_resumed": nobody,
    "clocks_recounted": _recounted,
    "supplements_deferred": _papers,
    "supplements_asked": applicant,
    "supplement_returned": applicant,
    "supplement_waived": applicant,
    "supplements_reminded": applicant,
    "orders_ended": _ended,
    "end_reason_given": nobody,
    "objected": nobody,
    "questions_ended": _in_service,
    "orders_resumed": _resumed,
    "end_announced": applicant,
    "kept_on": _kept_on,
    "decline_proposed": told,
    "decline_returned": speaker,
    "time_planned": applicant,
    "plan_moved": _replanned,
    "plan_reminded": _near,
    "relief_asked": told,
    "relief_refused": speaker,
}
