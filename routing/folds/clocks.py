"""Limits that begin, stand still and are warned of (R27, J35)."""

from functools import partial

from model.case import Case
from model.event import Recorded
from model.events.clock import ClockPaused, ClockResumed, ClocksRecounted, ClockStarted, Recounted, Warned
from model.order import Clock, Order, Pause
from routing.folds.changing import altered, on_order, recounted, ticking


def fold(
    case: Case, recorded: Recorded, event: ClockStarted | ClockPaused | ClockResumed | ClocksRecounted | Warned
) -> Case:
    """The case after this event."""
    match event:
        case ClockStarted() as began:
            return on_order(case, began.order, lambda order: _clocked(order, recorded, began))
        case ClockPaused() as paused:
            return on_order(case, paused.order, lambda order: _paused(order, recorded, paused))
        case ClocksRecounted():
            for one in event.limits:
                case = on_order(case, one.order, partial(_recounted, recorded=recorded, limit=one))
            return case
        case ClockResumed() as resumed:
            return on_order(case, resumed.order, lambda order: _resumed(order, recorded, resumed))
        case Warned() as warned:
            for name in warned.orders:
                case = on_order(case, name, lambda order: _warned(order, warned))
            return case


def _clocked(order: Order, recorded: Recorded, event: ClockStarted) -> Order:
    old = order.clocks.get(event.step)
    again = event.since is not None and old is not None and old.waits  # the same limit, found to have begun earlier
    warned = old.warned if again and old else 0
    clock = Clock(started_at=event.since or recorded.at, due=event.due, warned=warned)
    return altered(order, clocks={**order.clocks, event.step: clock})


def _paused(order: Order, recorded: Recorded, event: ClockPaused) -> Order:
    pause = Pause(cause=event.cause, since=recorded.at, until=event.until)
    return ticking(order, event.step, due=event.due, pauses=(*order.clocks[event.step].pauses, pause))


def _recounted(order: Order, recorded: Recorded, limit: Recounted) -> Order:
    clock = recounted(order.clocks[limit.step], limit.due, recorded.at)
    return ticking(order, limit.step, due=clock.due, warned=clock.warned)


def _resumed(order: Order, recorded: Recorded, event: ClockResumed) -> Order:
    *before, last = order.clocks[event.step].pauses
    pauses = (*before, last.model_copy(update={"until": recorded.at}))
    return ticking(order, event.step, due=event.due, pauses=pauses)


def _warned(order: Order, event: Warned) -> Order:
    return ticking(order, event.step, warned=event.share)
