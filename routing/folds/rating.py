"""评价 and what follows a bad mark (J35)."""

from model.case import Case, Rating
from model.event import Recorded
from model.events.rating import CalledBack, Rated, ReasonGiven
from model.order import Clock
from routing.folds.changing import altered, met, on_order


def fold(case: Case, recorded: Recorded, event: Rated | ReasonGiven | CalledBack) -> Case:
    """The case after this event."""
    match event:
        case Rated():
            return _rated(case, recorded, event)
        case ReasonGiven():
            return _rating(case, reason=event.reason)
        case CalledBack():
            named = case.rating.order if case.rating else ""
            case = on_order(case, named, lambda order: met(order, "call_back", recorded))
            return _rating(case, called_back=event.text)


def _rated(case: Case, recorded: Recorded, event: Rated) -> Case:
    """A bad mark has somebody call; the clock of that runs on through a second bad one, and ends with a good one."""
    old = case.rating
    runs = old is not None and old.bad and not old.called_back
    rating = Rating(
        mark=event.mark,
        bad=event.bad,
        at=recorded.at,
        changed=event.changed,
        reason=old.reason if old and event.bad else "",
        order=event.order,
        callers=old.callers if old and runs and event.bad else event.callers,
        called_back=old.called_back if old else "",
    )
    case = case.model_copy(update={"rating": rating})
    if event.due is None:
        return on_order(case, event.order, lambda order: met(order, "call_back", recorded))
    if runs or rating.called_back:
        return case
    clock = Clock(started_at=recorded.at, due=event.due)
    return on_order(case, event.order, lambda order: altered(order, clocks={**order.clocks, "call_back": clock}))


def _rating(case: Case, **new: object) -> Case:
    if case.rating is None:
        raise ValueError(f"case {case.id} has no rating")
    return case.model_copy(update={"rating": case.rating.model_copy(update=new)})
