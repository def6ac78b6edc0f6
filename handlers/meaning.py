"""Which invitation a command answers, and who of the roles of a person answers it."""

from typing import Final

from handlers.approving import OFFICERS, application, as_officer
from handlers.backdating import as_judge
from handlers.claiming import as_claimant, claim_title
from handlers.consulting import as_attending, asked_by_head, consult_meant
from handlers.meeting import meeting_invitation, meeting_subject
from handlers.papers import task_of
from handlers.ports import RoutingCore
from handlers.sheet_acting import sheet_of
from handlers.sheeting import SHEET_DOS, as_member, body_meant
from handlers.steward import task_title
from handlers.titles import applicant_title
from model.case import Case
from model.command import Do
from model.commands.backdating import AnswerBackdating, ExplainBackdating
from model.commands.booking import MovePlan
from model.commands.claims import Claim
from model.commands.consultations import AskConsultation, OfConsultations
from model.commands.contact import ConfirmContact, DenyContact
from model.commands.ending import ConfirmDecline, KeepOn, Object, ReturnDecline
from model.commands.rating import CallBack, GiveReason, Rate
from model.commands.scheduling import DecideTime, GiveTimes, ReportMissed
from model.commands.supplements import HandIn
from model.commands.survey import AgreeSurvey, MoveSurvey
from model.commands.telephone import ConfirmForm
from model.commands.unreached import SayReachable
from model.commands.works import ReportInside
from model.conversation import Conversation
from model.county import County
from model.edition import on_form, under
from model.message import Actor, Invitation
from routing.acts import (
    call_back_invitation,
    contact_invitation,
    decline_invitation,
    ending_invitation,
    rating_invitation,
    survey_invitation,
    works_invitation,
)
from routing.backdating_acts import backdating_invitation, backdating_subject
from routing.booking_acts import plan_invitation
from routing.claim_acts import claim_invitation
from routing.form_acts import form_invitation
from routing.meeting_acts import meeting_asked
from routing.sheet_acts import sheet_body
from routing.supplement_acts import supplements_invitation

APPLICANTS: Final = ("survey", "works", "rating", "contact", "supplements", "ending", "times", "plan", "form")
"""What is asked of the applicant."""


async def speaker(core: RoutingCore, conversation: Conversation, invitation: Invitation, actor: Actor) -> Actor:
    """Who acts: an applicant on his survey, else the one of the person's roles that the task lies with."""
    if invitation.kind in APPLICANTS:
        return actor.model_copy(update={"role": "applicant", "staff": None})
    if invitation.kind == "staff_times":
        party = meeting_asked(invitation.id)[2]
        his = next((role.staff for role in conversation.roles if role.staff == party), None)
        return actor.model_copy(update={"role": "steward", "staff": his})
    case = await core.case(invitation.case)
    if invitation.kind == "approval":
        return as_officer(actor, conversation, case, invitation.id)
    if invitation.kind == "consultation":
        return as_attending(actor, conversation, case, invitation.id)
    if invitation.kind == "claim":
        return as_claimant(actor, conversation, case, invitation.order or "")
    if invitation.kind == "decision":
        deciders = {one.decider for one in case.gatherings.values()} if case else set[str]()
        his = next((role.staff for role in conversation.roles if role.staff in deciders), None)
        return actor.model_copy(update={"role": "steward", "staff": his})
    if invitation.kind == "sheet":
        return as_member(actor, conversation, sheet_body(invitation.id))
    order = case.order(invitation.order) if case and invitation.order else None
    if invitation.kind == "backdating":
        return as_judge(actor, conversation, order, invitation)
    callers = {one.id for one in case.rating.callers} if case and case.rating else set[str]()
    if invitation.kind == "decline":
        told = {one.id for one in order.declining.told} if order and order.declining else set[str]()
        head = next((role.staff for role in conversation.roles if role.staff in told), None)
        return actor.model_copy(update={"role": "steward", "staff": head})
    if invitation.kind == "call_back":
        calls = next((role.staff for role in conversation.roles if role.staff in callers), None)
        return actor.model_copy(update={"role": "steward", "staff": calls})
    roles = [
        role.staff
        for role in conversation.roles
        if order and (role.staff == order.steward or (order.steward is None and role.body == order.body))
    ]
    return actor.model_copy(update={"role": "steward", "staff": roles[0] if roles else None})


async def meant_by(core: RoutingCore, county: County, conversation: Conversation, case: Case, do: Do) -> Invitation:
    """The invitation that this command answers, as the conversation has it or made anew."""
    if isinstance(do, OFFICERS):
        return await application(core, county, conversation, case, do)
    if isinstance(do, AskConsultation) and (asked := asked_by_head(conversation, case, do)):
        return asked
    if isinstance(do, OfConsultations) and not isinstance(do, AskConsultation):
        return await consult_meant(core, county, conversation, case, do)
    if isinstance(do, HandIn):
        submission = await core.submission(case.id)
        form = on_form(county, submission.form_version) if submission else county
        return supplements_invitation(case, form, case.number)
    if isinstance(do, SHEET_DOS):
        bodies = tuple(role.body for role in conversation.roles)
        return await sheet_of(core, county, case, body_meant(case, do, bodies))
    subject = _subject(case, do)
    known = next((one for one in conversation.invitations if one.id == subject), None)
    if known is not None:
        return known
    match do:
        case ReportInside(order=None):
            return works_invitation(case, county, case.number)
        case ConfirmContact(order=name) | DenyContact(order=name) | SayReachable(order=name) if named := case.order(
            name
        ):
            return contact_invitation(case, named, county, applicant_title(county, case, (named.id,)))
        case KeepOn(order=name) | Object(order=name) if named := case.order(name):
            return ending_invitation(case, named, county, applicant_title(county, case, (named.id,)))
        case ConfirmDecline(order=name) | ReturnDecline(order=name) if named := case.order(name):
            return decline_invitation(case, named, county, case.number)
        case Claim(order=name) if named := case.order(name):
            title = claim_title(county, case, named, await core.submission(case.id))
            return claim_invitation(case, named, county, title)
        case ExplainBackdating(order=name, entry=entry) | AnswerBackdating(order=name, entry=entry) if (
            named := case.order(name)
        ):
            return backdating_invitation(case, named, entry, county, case.number)
        case ConfirmForm(order=None):
            return form_invitation(case, under(county, case.process_version), case.number)
        case MovePlan():
            return plan_invitation(case, county, case.number)
        case CallBack():
            return call_back_invitation(case, county, case.number)
        case Rate() | GiveReason():
            if asked := rating_invitation(case, county, case.number, reason=isinstance(do, GiveReason)):
                return asked
    order = case.order(subject) or case.orders[0]
    submission = await core.submission(case.id)
    title = task_title(county, case, order, submission)
    match do:
        case GiveTimes() | DecideTime():
            return meeting_invitation(case, do, county, title)
        case AgreeSurvey(appointment=key) | MoveSurvey(appointment=key) | ReportMissed(appointment=key) if key:
            return survey_invitation(case, key, county, title)
        case _:
            return task_of(county, case, order, submission, title)


def _subject(case: Case, do: Do) -> str:
    """The id of the invitation."""
    match do:
        case GiveTimes() | DecideTime():
            return meeting_subject(case, do)
        case AgreeSurvey(appointment=key, sequence=number) | MoveSurvey(appointment=key, sequence=number) if key:
            return f"{case.id}:{key}:{number}"
        case ReportMissed(appointment=key, sequence=number) if key:
            return f"{case.id}:{key}:{number}"
        case ReportInside(order=None):
            return f"{case.id}:works"
        case Claim(order=name):
            return f"{name}:claim"
        case ConfirmForm(order=None):
            return f"{case.id}:form"
        case MovePlan():
            return f"{case.id}:plan"
        case Rate():
            return f"{case.id}:rating"
        case GiveReason():
            return f"{case.id}:reason"
        case CallBack():
            return f"{case.id}:call_back"
        case ConfirmContact(order=name) | DenyContact(order=name) | SayReachable(order=name):
            return f"{name}:contact"
        case ExplainBackdating(order=name, entry=entry) | AnswerBackdating(order=name, entry=entry):
            return backdating_subject(name, entry)
        case KeepOn(order=name) | Object(order=name):
            return f"{name}:ending"
        case ConfirmDecline(order=name) | ReturnDecline(order=name):
            return f"{name}:decline"
        case _:
            return str(getattr(do, "order", ""))
