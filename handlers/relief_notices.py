"""What the head of a body is asked beside a warning, or when a steward would be relieved: to whom it goes (R33)."""

from handlers.steward import task_title
from model.case import Case
from model.county import County
from model.delivery import Row
from model.event import Event
from model.events.clock import Warned
from model.events.relief import ReliefAsked
from model.message import Invitation
from model.order import Order
from model.staff import Staff
from model.submission import Submission
from routing.acts import reassign_invitation


def of_his_body(row: Row, case: Case, event: Event, staff: Staff | None) -> Row:
    """What the head of a body is told is about an order of his own body, where the event is about several."""
    about = getattr(event, "orders", ())
    if staff is None or not row.template.startswith("lead.") or not isinstance(about, tuple):
        return row
    own = next((one.id for one in case.orders if one.id in about and one.body == staff.body), row.order)
    return row.model_copy(update={"order": own})


def reassign_asked(
    county: County, case: Case, order: Order | None, row: Row, event: Event, submission: Submission
) -> Invitation | None:
    """转派 beside what a lead is told; a call that is due (回访) is nothing to give away."""
    about = isinstance(event, ReliefAsked) or (isinstance(event, Warned) and event.step != "call_back")
    if order is None or not about or row.template not in ("lead.warning", "lead.relief"):
        return None
    asked = reassign_invitation(case, order, county, task_title(county, case, order, submission))
    return asked if asked.acts else None
