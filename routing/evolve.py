"""A case as the fold of its events (design §2.3)."""

from collections.abc import Callable, Iterable

from model.calendar import Due
from model.case import (
    AcceptanceReported,
    AmendmentWished,
    ApplicantContacted,
    Appointment,
    CalledBack,
    Case,
    CaseAccepted,
    CaseClosed,
    Clock,
    ClockPaused,
    ClockStarted,
    Connected,
    ContactChanged,
    ContactConfirmed,
    ContactDenied,
    Moved,
    Opinion,
    OpinionGiven,
    Order,
    OrderAssigned,
    OrderRouted,
    OrderState,
    Part,
    Pause,
    Rated,
    Rating,
    ReasonGiven,
    Recorded,
    Scheme,
    SchemeGiven,
    SurveyAgreed,
    SurveyMoved,
    SurveyProposed,
    SurveyReleased,
    TaskTaken,
    UrgeAnswered,
    Urged,
    Warned,
    WorksReported,
)
from model.process import Timed
from routing.transitions import precedes, standing
from routing.works import complete


def fold(recorded: Iterable[Recorded]) -> Case:
    """The case that these events, in the order of their sequence from 1, make. Raises `ValueError` for another log."""
    case: Case | None = None
    for one in recorded:
        case = evolve(case, one)
    if case is None:
        raise ValueError("a case has at least one event")
    return case


def evolve(case: Case | None, recorded: Recorded) -> Case:
    """The case after one more event. Raises `ValueError` when the event is not the next one of this case."""
    event = recorded.event
    if case is None:
        if not isinstance(event, CaseAccepted) or recorded.sequence != 1:
            raise ValueError("a case begins with its acceptance")
        return _accepted(recorded, event)
    if recorded.sequence != case.version + 1 or recorded.case != case.id:
        raise ValueError(f"event {recorded.sequence} of {recorded.case} does not follow {case.version} of {case.id}")
    return _changed(case, recorded).model_copy(update={"version": recorded.sequence})


def _accepted(recorded: Recorded, event: CaseAccepted) -> Case:
    return Case(
        id=recorded.case,
        number=event.number,
        county=event.county,
        process_version=event.process_version,
        submission=event.submission,
        account=event.account,
        person=event.person,
        accepted_at=recorded.at,
        services=event.services,
        joint=event.joint,
        lead=event.lead,
        steps=event.steps,
        limits=event.limits,
        orders=(),
        version=recorded.sequence,
    )


def _changed(case: Case, recorded: Recorded) -> Case:
    match recorded.event:
        case OrderRouted() as event:
            order = Order(
                id=event.order,
                service=event.service,
                body=event.body,
                steward=event.steward,
                clocks=_begun(recorded, event),
                candidates=event.candidates,
            )
            return case.model_copy(update={"orders": (*case.orders, order)})
        case OrderAssigned() as given:
            case = _order(case, given.order, lambda order: _assigned(order, recorded, given))
            return case.model_copy(update={"appointments": _handed_over(case, given)})
        case TaskTaken() as task:
            taken = _caught_up(case, task.order, OrderState.TAKEN)
            return _order(
                case, task.order, lambda order: _with(order, state=taken, steward=task.steward, introduced=True)
            )
        case ApplicantContacted() as reached:
            contacted = _caught_up(case, reached.order, OrderState.CONTACTED)
            # Who was reached has been answered too, if he urged.
            return _order(
                case,
                reached.order,
                lambda order: _met(
                    _met(_with(order, state=contacted, deniable_until=reached.ask_until), "contact", recorded),
                    "urge",
                    recorded,
                ),
            )
        case ContactChanged() as event:
            return case.model_copy(update={"contact": event.phone})
        case ContactConfirmed() as event:
            return _order(case, event.order, lambda order: _with(order, deniable_until=None))
        case ContactDenied() as event:
            return _order(case, event.order, _unreached)
        case SurveyProposed() | SurveyAgreed() | SurveyMoved() | SurveyReleased() as event:
            return _survey(case, event)
        case OpinionGiven() as event:
            return _surveyed(case, recorded, event)
        case SchemeGiven() as given_scheme:
            return _order(case, given_scheme.order, lambda order: _schemed(order, recorded, given_scheme))
        case WorksReported() as works:
            for name in works.orders:
                case = _order(case, name, lambda order: _built(order, works.part, recorded))
            return case
        case ClockStarted() as began:
            return _order(case, began.order, lambda order: _clocked(order, recorded, began))
        case AcceptanceReported() as tested:
            return _order(case, tested.order, lambda order: _tested(case, order, recorded, tested))
        case Connected() as event:
            return _order(case, event.order, lambda order: _connected(order, recorded))
        case Moved() as event:
            return case.model_copy(update={"process_version": event.process_version, "steps": event.steps})
        case AmendmentWished() as event:
            return case.model_copy(update={"amendments": (*case.amendments, event.wish)})  # what was signed stays
        case ClockPaused() as paused:
            return _order(case, paused.order, lambda order: _paused(order, recorded, paused))
        case Warned() as warned:
            for name in warned.orders:
                case = _order(case, name, lambda order: _warned(order, warned))
            return case
        case Urged() as urged:
            clock = Clock(started_at=recorded.at, due=urged.due)
            for name in urged.orders:
                case = _order(case, name, lambda order: _with(order, clocks={**order.clocks, "urge": clock}))
            return case
        case UrgeAnswered() as event:
            return _order(case, event.order, lambda order: _met(order, "urge", recorded))
        case Rated() as event:
            return _rated(case, recorded, event)
        case ReasonGiven() as event:
            return _rating(case, reason=event.reason)
        case CalledBack() as event:
            named = case.rating.order if case.rating else ""
            case = _order(case, named, lambda order: _met(order, "call_back", recorded))
            return _rating(case, called_back=event.text)
        case CaseClosed():
            return case.model_copy(update={"closed_at": recorded.at})
        case CaseAccepted():
            raise ValueError("a case is accepted once")


def _unreached(order: Order) -> Order:
    """Nobody has reached the applicant after all: the limit runs on as if it had never been met."""
    order = _with(order, state=OrderState.TAKEN, deniable_until=None)
    return _ticking(order, "contact", met_at=None) if "contact" in order.clocks else order


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
        return _order(case, event.order, lambda order: _met(order, "call_back", recorded))
    if runs or rating.called_back:
        return case
    clock = Clock(started_at=recorded.at, due=event.due)
    return _order(case, event.order, lambda order: _with(order, clocks={**order.clocks, "call_back": clock}))


def _rating(case: Case, **new: object) -> Case:
    if case.rating is None:
        raise ValueError(f"case {case.id} has no rating")
    return case.model_copy(update={"rating": case.rating.model_copy(update=new)})


def _begun(recorded: Recorded, event: OrderRouted | OrderAssigned) -> dict[Timed, Clock]:
    """The limits that run from the push (R33)."""
    dues: tuple[tuple[Timed, Due | None], ...] = (("contact", event.contact_due), ("survey", event.survey_due))
    return {step: Clock(started_at=recorded.at, due=due) for step, due in dues if due is not None}


def _begun_anew(order: Order, recorded: Recorded, event: OrderAssigned) -> dict[Timed, Clock]:
    """For another body the limits that are not met begin again; a pause that is not over goes on (R27, R33)."""
    if event.body == order.body and not order.candidates:
        return {}
    anew: dict[Timed, Clock] = {}
    for step, clock in _begun(recorded, event).items():
        old = order.clocks.get(step)
        if old is None or old.met_at is None:
            pauses = tuple(one for one in old.pauses if one.until > recorded.at) if old else ()
            anew[step] = clock.model_copy(update={"pauses": pauses})
    return anew


def _schemed(order: Order, recorded: Recorded, event: SchemeGiven) -> Order:
    scheme = Scheme(text=event.scheme, days=event.days, inside=event.inside, by=event.steward, at=recorded.at)
    order = _with(order, scheme=scheme, works=frozenset[Part](), state=OrderState.SCHEMED)
    return _met(order, "scheme", recorded)


def _clocked(order: Order, recorded: Recorded, event: ClockStarted) -> Order:
    clock = Clock(started_at=recorded.at, due=event.due)
    return _with(order, clocks={**order.clocks, event.step: clock})


def _built(order: Order, part: Part, recorded: Recorded) -> Order:
    order = _with(order, works=order.works | {part})
    return _met(_with(order, state=OrderState.BUILT), "construction", recorded) if complete(order) else order


def _tested(case: Case, order: Order, recorded: Recorded, event: AcceptanceReported) -> Order:
    """A failed acceptance returns to the works, and is repeated after them (X55)."""
    opinion = Opinion(text=event.result, remark=event.remark, passes=event.passes, by=event.steward, at=recorded.at)
    order = _met(_with(order, acceptance=opinion), "acceptance", recorded)
    if event.passes:
        return _with(order, state=OrderState.ACCEPTED)
    again = precedes("construction", case.steps) if "construction" in case.steps else order.state
    return _with(order, state=again, works=frozenset[Part]())


def _connected(order: Order, recorded: Recorded) -> Order:
    """Nothing is waited for any more."""
    return _met(_met(_with(order, state=OrderState.CONNECTED), "connection", recorded), "urge", recorded)


def _ticking(order: Order, step: Timed, **new: object) -> Order:
    return _with(order, clocks={**order.clocks, step: order.clocks[step].model_copy(update=new)})


def _met(order: Order, step: Timed, recorded: Recorded) -> Order:
    """The step is done: its limit runs no more; one that was met stays met."""
    clock = order.clocks.get(step)
    return order if clock is None or clock.met_at else _ticking(order, step, met_at=recorded.at)


def _paused(order: Order, recorded: Recorded, event: ClockPaused) -> Order:
    pause = Pause(cause=event.cause, since=recorded.at, until=event.until)
    return _ticking(order, event.step, due=event.due, pauses=(*order.clocks[event.step].pauses, pause))


def _warned(order: Order, event: Warned) -> Order:
    return _ticking(order, event.step, warned=event.share)


def _assigned(order: Order, recorded: Recorded, event: OrderAssigned) -> Order:
    # Somebody new must take it himself; what was agreed with the applicant stays.
    state = OrderState.ROUTED if order.state == OrderState.TAKEN else order.state
    return _with(
        order,
        body=event.body,
        steward=event.steward,
        clocks=order.clocks | _begun_anew(order, recorded, event),
        candidates=(),
        state=state,
    )


def _handed_over(case: Case, event: OrderAssigned) -> dict[str, Appointment]:
    """The times that the former steward had proposed for the order stand; the new one speaks for them."""
    return {
        key: one.model_copy(update={"by": event.steward})
        if event.steward and event.order in one.orders and one.by == event.previous
        else one
        for key, one in case.appointments.items()
    }


def _survey(case: Case, event: SurveyProposed | SurveyAgreed | SurveyMoved | SurveyReleased) -> Case:
    old = case.appointments.get(event.appointment)
    match event:
        case SurveyProposed():
            new = Appointment(at=event.at_time, by=event.steward, orders=event.orders, sequence=event.sequence)
        case SurveyAgreed() | SurveyMoved() | SurveyReleased() if old is None:
            raise ValueError(f"no survey {event.appointment} was proposed")
        case SurveyAgreed():
            new = old.model_copy(update={"agreed": True, "wish": ""})
        case SurveyMoved():
            new = old.model_copy(update={"agreed": False, "wish": event.wish})
        case SurveyReleased():
            new = old.model_copy(update={"agreed": False, "wish": "", "released": True})
    case = case.model_copy(update={"appointments": {**case.appointments, event.appointment: new}})
    orders = tuple(_with(order, state=_bound(case, order, new)) for order in case.orders)
    return case.model_copy(update={"orders": orders})


def _bound(case: Case, order: Order, appointment: Appointment) -> OrderState:
    """An order ready for its survey goes along with the appointment; one not ready yet catches up when it is."""
    if order.id not in appointment.orders:
        return order.state
    if appointment.agreed:
        return OrderState.SURVEY_AGREED if _ready(case, order.state) else order.state
    return OrderState.CONTACTED if order.state == OrderState.SURVEY_AGREED else order.state


def _surveyed(case: Case, recorded: Recorded, event: OpinionGiven) -> Case:
    opinion = Opinion(text=event.opinion, remark=event.remark, passes=event.passes, by=event.steward, at=recorded.at)
    state = OrderState.SURVEYED if event.passes else OrderState.CONTACTED
    case = _order(case, event.order, lambda order: _met(_with(order, survey=opinion, state=state), "survey", recorded))
    appointments = {
        key: one.model_copy(update={"orders": tuple(order for order in one.orders if order != event.order)})
        for key, one in case.appointments.items()
    }
    return case.model_copy(update={"appointments": appointments})


def _caught_up(case: Case, order: str, state: OrderState) -> OrderState:
    agreed = any(one.agreed and order in one.orders for one in case.appointments.values())
    return OrderState.SURVEY_AGREED if agreed and _ready(case, state) else state


def _ready(case: Case, state: OrderState) -> bool:
    return standing(state, case.steps) == standing(OrderState.CONTACTED, case.steps)


def _order(case: Case, order_id: str, change: Callable[[Order], Order]) -> Case:
    if case.order(order_id) is None:
        raise ValueError(f"no order {order_id} in case {case.id}")
    orders = tuple(change(order) if order.id == order_id else order for order in case.orders)
    return case.model_copy(update={"orders": orders})


def _with(order: Order, **new: object) -> Order:
    return order.model_copy(update=new)
