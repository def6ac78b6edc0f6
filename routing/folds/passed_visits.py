"""A visit whose hour has passed, as its appointment keeps it (X36)."""

from model.case import Case
from model.events.passed_visits import VisitExplained, VisitLate, VisitUnreported
from routing.folds.appointments import appointed


def fold(case: Case, event: VisitUnreported | VisitLate | VisitExplained) -> Case:
    """The case after this event."""
    one = case.appointments[event.appointment]
    if isinstance(event, VisitExplained):  # it is given up, and nobody was missed
        off = {"agreed": False, "released": True, "wish": "", "reminders": (), "late": "explained"}
        return appointed(case, event.appointment, one.model_copy(update=off))
    late = one.model_copy(update={"late": "asked" if isinstance(event, VisitUnreported) else "told"})
    return case.model_copy(update={"appointments": {**case.appointments, event.appointment: late}})
