"""容缺 and 补正: what is still to come, and what came of it (X47, X127, J39)."""

from collections.abc import Callable, Sequence
from functools import partial

from model.case import Case
from model.commands.supplements import Handed
from model.event import Recorded
from model.events.supplements import (
    OriginalReceived,
    SupplementAccepted,
    SupplementReturned,
    SupplementsAsked,
    SupplementsDeferred,
    SupplementsHandedIn,
    SupplementsOverdue,
    SupplementsReminded,
    SupplementWaived,
)
from model.order import Clock, Order
from model.process import Supplementing
from model.supplement import Correction, Supplement
from routing.folds.changing import altered, met, on_order, ticking

SupplementEvent = (
    SupplementsDeferred
    | SupplementsAsked
    | SupplementsHandedIn
    | SupplementAccepted
    | SupplementReturned
    | SupplementWaived
    | OriginalReceived
    | SupplementsReminded
    | SupplementsOverdue
)


def fold(case: Case, recorded: Recorded, event: SupplementEvent) -> Case:
    """The case after this event."""
    match event:
        case SupplementsDeferred():
            case = _put(case, event.supplements)
            if event.due is None:
                return case
            clock = Clock(started_at=recorded.at, due=event.due)
            return on_order(case, event.order, lambda order: _clocked(order, "deferred", clock))
        case SupplementsAsked(due=due):
            case, asked = _put(case, event.supplements), Clock(started_at=recorded.at, due=due)
            return on_order(case, event.order, lambda order: _asked(order, asked))
        case SupplementsHandedIn():
            for one in event.handed:
                case = _on(case, one.supplement, partial(_received, handed=one, recorded=recorded))
        case SupplementAccepted():
            case = _on(case, event.supplement, lambda known: _with(known, state="accepted", wrong=""))
        case SupplementReturned(wrong=wrong):
            case = _on(case, event.supplement, lambda known: _with(known, state="open", asked=True, wrong=wrong))
            again = Clock(started_at=recorded.at, due=event.due)
            return on_order(case, event.order, lambda order: _clocked(order, "correction", again))
        case SupplementWaived():
            case = _on(case, event.supplement, lambda known: _with(known, state="waived", wrong=""))
        case OriginalReceived():
            now = recorded.at
            case = _on(case, event.supplement, lambda known: _with(known, state="accepted", wrong="", original_at=now))
        case SupplementsReminded():
            return on_order(case, event.order, lambda order: ticking(order, event.about, warned=event.share))
        case SupplementsOverdue():
            return _overdue(case, recorded, event)
    return _complete(case, recorded)


def _asked(order: Order, clock: Clock) -> Order:
    before = order.correction or Correction()
    correction = before.model_copy(update={"times": before.times + 1, "returned_at": None})
    return altered(_clocked(order, "correction", clock), correction=correction)


def _received(known: Supplement, handed: Handed, recorded: Recorded) -> Supplement:
    kept = known.files if known.state == "received" else ()
    files, value = (*kept, *handed.files), handed.value or known.value
    return _with(known, state="received", files=files, value=value, wrong="", received_at=recorded.at)


def _overdue(case: Case, recorded: Recorded, event: SupplementsOverdue) -> Case:
    """More time; or it is given back: what is lacking is the applicant's to bring, and everything for it waits for him."""
    if event.due is not None:
        due, times = event.due, _extended(case, event) + 1
        clock = Clock(started_at=recorded.at, due=due, extended=times)
        return on_order(case, event.order, lambda order: _clocked(order, event.about, clock))
    case = on_order(case, event.order, lambda order: ticking(order, event.about, warned=event.share))
    late = {
        one.id: one.orders
        for one in case.supplements
        if one.lacking and (not one.asked if event.about == "deferred" else event.order in one.orders and one.asked)
    }
    for name in late:
        case = _on(case, name, lambda known: _with(known, asked=True))
    concerned = {name for orders in late.values() for name in orders} if event.about == "deferred" else {event.order}
    for name in sorted(concerned):
        case = on_order(case, name, lambda order: _returned(order, recorded))
    return case


def _returned(order: Order, recorded: Recorded) -> Order:
    before = order.correction or Correction()
    return altered(order, correction=before.model_copy(update={"returned_at": recorded.at}))


def _extended(case: Case, event: SupplementsOverdue) -> int:
    order = case.order(event.order)
    return order.clocks[event.about].extended if order else 0


def _complete(case: Case, recorded: Recorded) -> Case:
    """Where nothing is lacking any more the applicant's time is over, and what was given back goes on."""
    for order in case.orders:
        asked = any(one.asked and one.lacking and order.id in one.orders for one in case.supplements)
        if not asked:
            case = on_order(case, order.id, lambda order: _goes_on(order, recorded))
        if not any(one.lacking and not one.asked for one in case.supplements):
            case = on_order(case, order.id, lambda order: met(order, "deferred", recorded))
    return case


def _goes_on(order: Order, recorded: Recorded) -> Order:
    order = met(order, "correction", recorded)
    if order.correction is None or order.correction.returned_at is None:
        return order
    return altered(order, correction=order.correction.model_copy(update={"returned_at": None}))


def _put(case: Case, fresh: Sequence[Supplement]) -> Case:
    """The case with these supplements, in the place of those of the same id."""
    names = {one.id for one in fresh}
    kept = tuple(one for one in case.supplements if one.id not in names)
    return case.model_copy(update={"supplements": (*kept, *fresh)})


def _on(case: Case, name: str, change: Callable[[Supplement], Supplement]) -> Case:
    changed = tuple(change(one) if one.id == name else one for one in case.supplements)
    return case.model_copy(update={"supplements": changed})


def _with(known: Supplement, **new: object) -> Supplement:
    return known.model_copy(update=new)


def _clocked(order: Order, about: Supplementing, clock: Clock) -> Order:
    return altered(order, clocks={**order.clocks, about: clock})
