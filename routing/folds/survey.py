"""The survey: times proposed, agreed, moved and released; opinions (X30, X38)."""

from model.case import Appointment, Case
from model.event import Recorded
from model.events.survey import OpinionGiven, SurveyAgreed, SurveyJoined, SurveyMoved, SurveyProposed, SurveyReleased
from model.order import Opinion, OrderState
from routing.folds.appointments import appointed, left
from routing.folds.changing import altered, met, on_order


def fold(
    case: Case,
    recorded: Recorded,
    event: SurveyProposed | SurveyAgreed | SurveyMoved | SurveyReleased | SurveyJoined | OpinionGiven,
) -> Case:
    """The case after this event."""
    match event:
        case SurveyProposed() | SurveyAgreed() | SurveyMoved() | SurveyReleased() | SurveyJoined():
            return appointed(case, event.appointment, _survey(case, event))
        case OpinionGiven():
            return _surveyed(case, recorded, event)


def _survey(
    case: Case, event: SurveyProposed | SurveyAgreed | SurveyMoved | SurveyReleased | SurveyJoined
) -> Appointment:
    old = case.appointments.get(event.appointment)
    match event:
        case SurveyProposed():
            counts = {"moves": old.moves, "missed": old.missed} if old else {}
            new = Appointment(at=event.at_time, by=event.steward, orders=event.orders, sequence=event.sequence)
            return new.model_copy(update={"kind": event.kind, **counts})
        case SurveyAgreed() | SurveyMoved() | SurveyReleased() | SurveyJoined() if old is None:
            raise ValueError(f"no survey {event.appointment} was proposed")
        case SurveyAgreed():
            return old.model_copy(update={"agreed": True, "wish": "", "reminders": event.reminders})
        case SurveyMoved():
            moves = old.moves + old.agreed
            off = {"agreed": False, "wish": event.wish, "moves": moves, "moved_by": event.by, "reminders": ()}
            return old.model_copy(update=off)
        case SurveyJoined(orders=orders):
            return old.model_copy(update={"orders": (*old.orders, *orders)})
        case SurveyReleased():
            return old.model_copy(update={"agreed": False, "wish": "", "released": True, "reminders": ()})


def _surveyed(case: Case, recorded: Recorded, event: OpinionGiven) -> Case:
    opinion = Opinion(
        text=event.opinion, remark=event.remark, passes=event.passes, by=event.steward, at=recorded.at, site=event.site
    )
    state = OrderState.SURVEYED if event.passes else OrderState.CONTACTED
    case = on_order(
        case, event.order, lambda order: met(altered(order, survey=opinion, state=state), "survey", recorded)
    )
    return left(case, "survey", event.order)
