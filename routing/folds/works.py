"""From the scheme to the connection (X35, X44, X51–X55)."""

from model.case import Case
from model.event import Recorded
from model.events.works import AcceptanceReported, Connected, Part, SchemeGiven, WorksReported
from model.order import Opinion, Order, OrderState, Scheme
from routing.folds.appointments import left
from routing.folds.changing import altered, met, on_order
from routing.folds.stopping import passed_on, stopped
from routing.transitions import precedes
from routing.works import complete


def fold(case: Case, recorded: Recorded, event: SchemeGiven | WorksReported | AcceptanceReported | Connected) -> Case:
    """The case after this event."""
    match event:
        case SchemeGiven() as given_scheme:
            return on_order(case, given_scheme.order, lambda order: _schemed(order, recorded, given_scheme))
        case WorksReported() as works:
            for name in works.orders:
                case = on_order(case, name, lambda order: _built(order, works.part, recorded))
            return case
        case AcceptanceReported() as tested:
            case = left(case, "acceptance", tested.order)
            return on_order(case, tested.order, lambda order: _tested(case, order, recorded, tested))
        case Connected():
            case = passed_on(left(case, "connection", event.order), event.order)
            return on_order(case, event.order, lambda order: _connected(order, recorded))


def _schemed(order: Order, recorded: Recorded, event: SchemeGiven) -> Order:
    scheme = Scheme(
        text=event.scheme,
        days=event.days,
        inside=event.inside,
        together=event.together,
        digs=event.digs,
        by=event.steward,
        at=recorded.at,
    )
    order = altered(order, scheme=scheme, permits=event.permits, works=frozenset[Part](), state=OrderState.SCHEMED)
    return met(order, "scheme", recorded)


def _built(order: Order, part: Part, recorded: Recorded) -> Order:
    order = altered(order, works=order.works | {part})
    return met(altered(order, state=OrderState.BUILT), "construction", recorded) if complete(order) else order


def _tested(case: Case, order: Order, recorded: Recorded, event: AcceptanceReported) -> Order:
    """A failed acceptance returns to the works that did not pass, and is repeated after them (X55)."""
    opinion = Opinion(text=event.result, remark=event.remark, passes=event.passes, by=event.steward, at=recorded.at)
    order = met(altered(order, acceptance=opinion), "acceptance", recorded)
    if event.passes:
        return altered(order, state=OrderState.ACCEPTED)
    again = precedes("construction", case.steps) if "construction" in case.steps else order.state
    scheme = order.scheme
    if scheme is not None and "inside" in event.mend:
        # The user has to build now, even where the scheme left it to the body.
        scheme = scheme.model_copy(update={"inside": True})
    parts = scheme.parts if scheme is not None else frozenset[Part]()
    return altered(order, state=again, scheme=scheme, works=parts - event.mend_of(parts))


def _connected(order: Order, recorded: Recorded) -> Order:
    """Nothing is waited for any more: papers that could follow (容缺) and did not are not asked for again."""
    order = met(met(altered(order, state=OrderState.CONNECTED), "connection", recorded), "urge", recorded)
    return stopped(order, recorded)
