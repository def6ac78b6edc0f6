"""外线工程, set or taken back: who leads, and the survey times that do not stand any more (X31)."""

from model.case import JOINT, Appointment, Case
from model.event import Recorded
from model.events.external import ExternalLineCleared, ExternalLineSet
from model.order import Order, OrderState
from routing.folds.changing import altered


def fold(case: Case, _: Recorded, event: ExternalLineSet | ExternalLineCleared) -> Case:
    """The case after this event."""
    set_now = isinstance(event, ExternalLineSet)
    led = {
        "lead": event.lead if set_now else None,
        "joint": set_now or (isinstance(event, ExternalLineCleared) and event.joint),
    }
    return case.model_copy(
        update={
            **led,
            "sheet": case.sheet if set_now else None,
            "appointments": {
                key: _given_up(key, one, joint=bool(led["joint"])) for key, one in case.appointments.items()
            },
            "gatherings": {key: one for key, one in case.gatherings.items() if led["joint"] and key == JOINT},
            "orders": tuple(_waiting(order) for order in case.orders),
        }
    )


def _given_up(key: str, one: Appointment, *, joint: bool) -> Appointment:
    """One that is kept under another key from now on binds nobody any more."""
    kept = (key == JOINT) == joint
    return one.model_copy(
        update={"agreed": False, "wish": "", "released": True, "reminders": (), "orders": one.orders if kept else ()}
    )


def _waiting(order: Order) -> Order:
    """Whoever had a time needs another one."""
    return altered(order, state=OrderState.CONTACTED) if order.state is OrderState.SURVEY_AGREED else order
