"""The survey: times proposed, agreed, moved and released; opinions (X30, X38)."""

from model.case import Appointment, Case
from model.event import Recorded
from model.events.survey import OpinionGiven, SurveyAgreed, SurveyMoved, SurveyProposed, SurveyReleased
from model.order import Opinion, Order, OrderState
from routing.folds.changing import altered, met, on_order
from routing.transitions import standing


def fold(
    case: Case, recorded: Recorded, event: SurveyProposed | SurveyAgreed | SurveyMoved | SurveyReleased | OpinionGiven
) -> Case:
    """The case after this event."""
    match event:
        case SurveyProposed() | SurveyAgreed() | SurveyMoved() | SurveyReleased():
            return _survey(case, event)
        case OpinionGiven():
            return _surveyed(case, recorded, event)


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
    orders = tuple(altered(order, state=_bound(case, order, new)) for order in case.orders)
    return case.model_copy(update={"orders": orders})


def _bound(case: Case, order: Order, appointment: Appointment) -> OrderState:
    """An order ready for its survey goes along with the appointment; one not ready yet catches up when it is."""
    if order.id not in appointment.orders:
        return order.state
    if appointment.agreed:
        return OrderState.SURVEY_AGREED if ready(case, order.state) else order.state
    return OrderState.CONTACTED if order.state == OrderState.SURVEY_AGREED else order.state


def _surveyed(case: Case, recorded: Recorded, event: OpinionGiven) -> Case:
    opinion = Opinion(text=event.opinion, remark=event.remark, passes=event.passes, by=event.steward, at=recorded.at)
    state = OrderState.SURVEYED if event.passes else OrderState.CONTACTED
    case = on_order(
        case, event.order, lambda order: met(altered(order, survey=opinion, state=state), "survey", recorded)
    )
    appointments = {
        key: one.model_copy(update={"orders": tuple(order for order in one.orders if order != event.order)})
        for key, one in case.appointments.items()
    }
    return case.model_copy(update={"appointments": appointments})


def caught_up(case: Case, order: str, state: OrderState) -> OrderState:
    """The state an order comes to: one whose survey is agreed already goes along at once."""
    agreed = any(one.agreed and order in one.orders for one in case.appointments.values())
    return OrderState.SURVEY_AGREED if agreed and ready(case, state) else state


def ready(case: Case, state: OrderState) -> bool:
    """Whether an order in this state has only its survey before it."""
    return standing(state, case.steps) == standing(OrderState.CONTACTED, case.steps)
