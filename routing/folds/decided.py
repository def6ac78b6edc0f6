"""What follows from a form that was filled in later: limits, ways, joint or single (X26)."""

from functools import partial

from model.case import Case
from model.event import Recorded
from model.events.clock import Recounted
from model.events.decided import DecidedAnew
from model.order import Order, OrderState
from model.process import Step
from model.route import Route
from routing.folds.appointments import left
from routing.folds.changing import altered, on_order, recounted, ticking


def fold(case: Case, recorded: Recorded, event: DecidedAnew) -> Case:
    """The case after this event."""
    now = event.model_dump(include={"joint", "possible_permits", "departments"})
    case = case.model_copy(update={**now, "limits": event.limits, "promises": event.promises})
    for name, route in event.routes.items():
        case = left(case, "survey", name) if route is not None else case
        case = on_order(case, name, partial(_sent, recorded=recorded, route=route))
    for one in event.dues:
        case = on_order(case, one.order, partial(_counted, recorded=recorded, limit=one))
    return case


def _counted(order: Order, recorded: Recorded, limit: Recounted) -> Order:
    clock = recounted(order.clocks[limit.step], limit.due, recorded.at)
    return ticking(order, limit.step, due=clock.due, warned=clock.warned)


def _sent(order: Order, recorded: Recorded, route: Route | None) -> Order:
    """The order on its way: nobody comes to look at one for which nothing is built, and its limit is not that of the other."""
    over: Step = "survey" if route is not None else "connection"
    clock = order.clocks.get(over)
    if clock is not None and clock.waits:
        order = ticking(order, over, stopped_at=recorded.at)
    state = OrderState.CONTACTED if order.state is OrderState.SURVEY_AGREED else order.state
    return altered(order, route=route, state=state)
