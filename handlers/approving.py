"""行政审批 in chat: what a tap or a completed form about a permit asks for, and what an officer's task is called (X45–X49)."""

from typing import Final

from handlers.joining import LEADERS, joint_act_of, joint_title
from handlers.ports import RoutingCore
from handlers.wording.values import show
from model.approval import Approval
from model.case import Case
from model.command import Do
from model.commands.approvals import (
    AcceptApproval,
    ApplyForApproval,
    DecideApproval,
    DropApproval,
    HandInToApproval,
    JoinApproval,
    OfApprovals,
    ReturnApproval,
    SignCommitment,
)
from model.conversation import Conversation
from model.county import County
from model.decision import Done
from model.draft import Draft
from model.edition import on_form, under
from model.events.approvals import (
    ApprovalAccepted,
    ApprovalApplied,
    ApprovalDecided,
    ApprovalDropped,
    ApprovalHandedIn,
    ApprovalJoined,
    ApprovalReturned,
    CommitmentSigned,
)
from model.message import Act, Actor, Invitation
from model.submission import Submission
from model.values import Picks
from routing.approval_acts import FILE, GRANT, REFUSE, approval_invitation, permit_act, permit_name
from routing.joint_acts import joint_invitation

OFFICERS: Final = (AcceptApproval, ReturnApproval, DecideApproval, *LEADERS)
"""Commands of officers; those of stewards are about an order."""


def permit_asked(invitation: Invitation, act: Act, form: Draft | None) -> Do | None:
    """The command that this act means; None if it is about no permit."""
    do, _, about = act.id.partition(".")
    order = invitation.order or ""
    match do:
        case "apply_approval":
            return ApplyForApproval(
                order=order,
                kinds=_picks(form, "kinds"),
                mode=_pick(form, "mode"),
                channel=_pick(form, "channel") or "online",
                items=_words(form, "items"),
            )
        case "join_approval":
            return JoinApproval(order=order, approval=about)
        case "hand_in_approval":
            return HandInToApproval(approval=about, order=order, text=_words(form, "words"))
        case "sign_commitment":
            return SignCommitment(approval=about, order=order)
        case "drop_approval":
            return DropApproval(order=order, kind=_pick(form, "kinds"), reason=_words(form, "reason"))
        case "accept_approval":
            return AcceptApproval(approval=invitation.id)
        case "return_approval":
            return ReturnApproval(approval=invitation.id, lacking=_words(form, "words"))
        case "decide_approval":
            return DecideApproval(approval=invitation.id, granted=act.id != REFUSE, reason=_words(form, "words"))
        case _:
            return None


def permit_asked_before(done: Done, do: Do | None) -> Do | None:
    """What the recorded result was asked for, if it is about permits."""
    applied = [one.event for one in done.events if isinstance(one.event, ApprovalApplied)]
    match done.events[0].event:
        case ApprovalApplied(order=order, mode=mode, channel=channel, items=items):
            kinds = tuple(one.kind for one in applied)
            return ApplyForApproval(order=order, kinds=kinds, mode=mode, channel=channel, items=items)
        case ApprovalJoined(approval=name, order=order):
            return JoinApproval(order=order, approval=name)
        case ApprovalHandedIn(approval=name, steward=steward, text=text):
            return HandInToApproval(approval=name, order=_own(done.case, name, steward, do), text=text)
        case CommitmentSigned(approval=name, steward=steward):
            return SignCommitment(approval=name, order=_own(done.case, name, steward, do))
        case ApprovalDropped(order=order, kind=kind, reason=reason):
            return DropApproval(order=order, kind=kind, reason=reason)
        case ApprovalAccepted(approval=name):
            return AcceptApproval(approval=name)
        case ApprovalReturned(approval=name, lacking=lacking):
            return ReturnApproval(approval=name, lacking=lacking)
        case ApprovalDecided(approval=name, granted=granted, reason=reason):
            return DecideApproval(approval=name, granted=granted, reason=reason)
        case _:
            return None


def permit_act_of(do: Do, case: Case, county: County) -> Act | None:
    """The act that means this command; None if it is about no permit."""
    if not isinstance(do, OfApprovals):
        return joint_act_of(do, case, county)
    county = under(county, case.process_version)
    if isinstance(do, DecideApproval):
        approval = case.approval(do.approval)
        filed = approval is not None and approval.works_from == "signed"
        return permit_act((FILE if filed else GRANT) if do.granted else REFUSE, county)
    if isinstance(do, ApplyForApproval | DropApproval):
        kinds = do.kinds if isinstance(do, ApplyForApproval) else (do.kind,)
        return permit_act(do.do, county, note="、".join(permit_name(county, kind) for kind in kinds))
    about = do.approval if isinstance(do, JoinApproval | HandInToApproval | SignCommitment) else ""
    known = case.approval(about)
    return permit_act(do.do, county, note=permit_name(county, known.kind) if known else "", about=about)


def application_title(county: County, case: Case, approval: Approval, submission: Submission | None) -> str:
    """How an application is called in lists: number, permit and place. Nobody's telephone: an officer needs none (X19)."""
    name = permit_name(under(county, case.process_version), approval.kind)
    if submission is None:
        return f"{case.number} {name}"
    answer = submission.answers.get(on_form(county, submission.form_version).places.address)
    place = show(answer.value) if answer and answer.value else ""
    return " ".join(filter(None, (case.number, name, place)))


async def application(core: RoutingCore, county: County, conversation: Conversation, case: Case, do: Do) -> Invitation:
    """What a command of an officer was about, as his task: as the conversation has it or made anew."""
    name = do.approval if isinstance(do, AcceptApproval | ReturnApproval | DecideApproval) else f"{case.id}-joint"
    known = next((one for one in conversation.invitations if one.id == name), None)
    if known is not None:
        return known
    made = officer_invitation(case, name, county, await core.submission(case.id))
    if made is None:
        raise ValueError(f"nothing called {name} lies with an officer")
    return made


def officer_invitation(case: Case, name: str, county: County, submission: Submission | None) -> Invitation | None:
    """An application or a proposal of joint construction as a task; None if the case has none of this id."""
    approval = case.approval(name)
    if approval is not None:
        return approval_invitation(case, approval, county, application_title(county, case, approval, submission))
    joint = case.joint_works
    return joint_invitation(case, county, joint_title(case)) if joint is not None and joint.id == name else None


def reviewed(
    county: County, conversation: Conversation, meant: Invitation, case: Case | None
) -> tuple[Conversation, Invitation | None]:
    """What an officer acted on as it stands now in its place; gone if nothing is left to do."""
    fresh = officer_invitation(case, meant.id, county, None) if case else None
    left = fresh.model_copy(update={"title": meant.title}) if fresh is not None and fresh.acts else None
    others = tuple(one for one in conversation.invitations if one.id != meant.id)
    kept, floor = ((*others, left), left.id) if left else (others, None)
    return conversation.model_copy(update={"invitations": kept, "floor": floor, "pushed": False}), left


def as_officer(actor: Actor, conversation: Conversation, case: Case | None, name: str) -> Actor:
    """Who acts: the person as a member of the body that decides."""
    approval = case.approval(name) if case else None
    asked = approval or (case.joint_works if case else None)
    roles = [one.staff for one in conversation.roles if asked is not None and one.body == asked.body]
    mine = asked.officer if asked is not None and asked.officer in roles else None
    return actor.model_copy(update={"role": "steward", "staff": mine or next(iter(roles), None)})


def _own(case: Case, name: str, steward: str, do: Do | None) -> str:
    """Of which order it was said: the one named now if it is his, else the first of his."""
    approval = case.approval(name)
    bound = approval.orders if approval else ()
    own = [one.id for one in case.orders if one.id in bound and one.steward == steward]
    named = do.order if isinstance(do, HandInToApproval | SignCommitment) else ""
    return named if named in own else next(iter(own), "")


def _picks(form: Draft | None, field: str) -> tuple[str, ...]:
    answer = form.answers.get(field) if form else None
    return answer.value.options if answer is not None and isinstance(answer.value, Picks) else ()


def _pick(form: Draft | None, field: str) -> str:
    return next(iter(_picks(form, field)), "")


def _words(form: Draft | None, field: str) -> str:
    answer = form.answers.get(field) if form else None
    return show(answer.value) if answer is not None and answer.value else ""
