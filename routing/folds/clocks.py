"""Limits that begin, stand still and are warned of (R27, J35)."""

from model.case import Case
from model.event import Recorded
from model.events.clock import ClockPaused, ClockStarted, Warned
from model.order import Clock, Order, Pause
from routing.folds.changing import altered, on_order, ticking


def fold(case: Case, recorded: Recorded, event: ClockStarted | ClockPaused | Warned) -> Case:
    """The case after this event."""
    match event:
        case ClockStarted() as began:
            return on_order(case, began.order, lambda order: _clocked(order, recorded, began))
        case ClockPaused() as paused:
            return on_order(case, paused.order, lambda order: _paused(order, recorded, paused))
        case Warned() as warned:
            for name in warned.orders:
                case = on_order(case, name, lambda order: _warned(order, warned))
            return case


def _clocked(order: Order, recorded: Recorded, event: ClockStarted) -> Order:
    clock = Clock(started_at=recorded.at, due=event.due)
    return altered(order, clocks={**order.clocks, event.step: clock})


def _paused(order: Order, recorded: Recorded, event: ClockPaused) -> Order:
    pause = Pause(cause=event.cause, since=recorded.at, until=event.until)
    return ticking(order, event.step, due=event.due, pauses=(*order.clocks[event.step].pauses, pause))


def _warned(order: Order, event: Warned) -> Order:
    return ticking(order, event.step, warned=event.share)
