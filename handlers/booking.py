"""The time an applicant has planned, in chat: what he is asked beside it, and what he sees once he has moved it (X21)."""

from model.case import Case
from model.conversation import Conversation
from model.county import County
from model.delivery import Row
from model.event import Event
from model.events.booking import PlanMoved, PlanReminded, TimePlanned
from model.message import Invitation
from routing.booking_acts import plan_invitation


def plan_asked(county: County, case: Case, row: Row, event: Event) -> Invitation | None:
    """What the applicant can answer to a notice about his planned time."""
    if row.recipient.kind != "applicant" or not isinstance(event, TimePlanned | PlanMoved | PlanReminded):
        return None
    asked = plan_invitation(case, county, case.number)
    return asked if asked.acts else None


def replanned(county: County, conversation: Conversation, meant: Invitation, case: Case) -> Conversation:
    """He can move the time again, as long as it is his to move."""
    left = tuple(one for one in conversation.invitations if one.id != meant.id)
    again = plan_invitation(case, county, meant.title)
    kept = (*left, again) if again.acts else left
    return conversation.model_copy(update={"invitations": kept, "floor": None, "pushed": False})
