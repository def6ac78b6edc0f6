"""行政审批: what stewards apply for and officers decide; every permit goes its own way, none waits for another (X45–X49, J27)."""

import datetime as dt
from collections.abc import Iterator, Sequence

from model.approval import DECIDED, Approval, ApprovalState
from model.approval_rules import ALL, ApprovalKind, ModeRule
from model.calendar import CHINA
from model.case import Case
from model.commands.approvals import (
    AcceptApproval,
    ApplyForApproval,
    DecideApproval,
    DropApproval,
    HandInToApproval,
    JoinApproval,
    OfApprovals,
    PassApproval,
    ReturnApproval,
    SignCommitment,
)
from model.county import County
from model.event import Event
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
from model.message import Actor
from model.order import Order
from model.staff import Staff
from routing.allowing import allowed, found, own
from routing.approval_clock import due_from_acceptance, items_due, runs_on
from routing.assign import assign
from routing.passing import passed
from routing.permits import applications, unasked
from routing.refusal import No

_REVIEWED = (ApprovalState.APPLIED, ApprovalState.ACCEPTED)


def approvals(
    case: Case, do: OfApprovals, actor: Actor, county: County, now: dt.datetime, staff: Sequence[Staff]
) -> tuple[Event, ...]:
    """The events of a command about permits.

    Raises `No`: `approval.unknown`, `apply_approval.unknown`, `.nothing`, `.mode`, `.channel`, `.items`, `.already`;
    `join_approval.other`, `.already`; `hand_in_approval.nothing`, `.empty`; `sign_commitment.already`, `.absent`;
    `drop_approval.nothing`, `.already`, `.empty`; `accept_approval.already`; `return_approval.empty`, `.already`;
    `decide_approval.too_early`, `.already`, `.empty`; those of `routing.passing`.
    """
    match do:
        case ApplyForApproval():
            return tuple(_applied(case, do, actor, county, now, staff))
        case JoinApproval():
            return (_joined(case, do, actor),)
        case HandInToApproval():
            return (_handed_in(case, do, actor, county, now),)
        case SignCommitment():
            return (_signed(case, do, actor, county, now),)
        case DropApproval():
            return (_dropped(case, do, actor, county),)
        case AcceptApproval() | ReturnApproval() | DecideApproval():
            approval = _known(case, do.approval)
            return (_reviewed(approval, do, officer(approval, actor, staff), county, now),)
        case PassApproval():
            return (passed(_known(case, do.approval), actor, now, staff),)
    raise TypeError(f"not a command about permits: {do}")


def officer(approval: Approval, actor: Actor, staff: Sequence[Staff]) -> str:
    """The staff id of whoever may decide: any officer of the body or its head, so that nothing waits for one who is absent.

    The window speaks for a body only while nobody of it has the application. Raises `No`: `not.yours`.
    """
    if actor.role == "staff":
        if any(one.id == approval.officer for one in staff):
            raise No("not.yours")
        return actor.staff or ""
    if not any(one.id == actor.staff and one.body == approval.body and one.handles for one in staff):
        raise No("not.yours")
    return actor.staff or ""


def _applied(
    case: Case, do: ApplyForApproval, actor: Actor, county: County, now: dt.datetime, staff: Sequence[Staff]
) -> Iterator[ApprovalApplied]:
    """One application for each permit, side by side (并联)."""
    order = found(case, do.order)
    steward = own(order, actor, ())
    allowed(case, do.do, order)
    rules, number = county.process.approvals, len(case.approvals)
    channel = rules.channel(do.channel)
    if channel is None:
        raise No("apply_approval.channel", choices="、".join(rules.channels.values()))
    for kind in _wanted(case, order, do, county):
        if any(one.open or one.state == ApprovalState.GRANTED for one in applications(case, order, kind.id)):
            raise No("apply_approval.already", kind=kind.name)
        way = _way(do, kind, county)
        number += 1
        yield ApprovalApplied(
            approval=f"{case.id}-p{number}",
            order=order.id,
            kind=kind.id,
            body=kind.body,
            steward=steward,
            officer=assign(staff, kind.body, None, now.astimezone(CHINA).date()),
            mode=way.mode,
            channel=channel,
            works_from=way.works_from,
            items=do.items.strip() if way.items else "",
            commitment=way.commitment,
        )


def _wanted(case: Case, order: Order, do: ApplyForApproval, county: County) -> list[ApprovalKind]:
    rules = county.process.approvals
    names = dict.fromkeys(do.kinds)
    if not names or ALL in names:
        names = dict.fromkeys(unasked(case, order))
        if not names:
            raise No("apply_approval.nothing")
    kinds = [rules.kind(name) for name in names]
    if None in kinds:
        raise No("apply_approval.unknown", choices="、".join(one.name for one in rules.kinds))
    return [kind for kind in kinds if kind is not None]


def _way(do: ApplyForApproval, kind: ApprovalKind, county: County) -> ModeRule:
    rules = county.process.approvals
    ways = rules.ways(kind)
    way = rules.mode(do.mode, kind) if do.mode else next(iter(ways), None)
    if way is None:
        raise No("apply_approval.mode", kind=kind.name, choices="、".join(one.name for one in ways))
    if way.items and not do.items.strip():
        raise No("apply_approval.items")
    return way


def _joined(case: Case, do: JoinApproval, actor: Actor) -> ApprovalJoined:
    order, approval = found(case, do.order), _known(case, do.approval)
    steward = own(order, actor, ())
    allowed(case, do.do, order)
    if order.id in approval.orders:
        raise No("join_approval.already")
    if approval.state in (ApprovalState.REFUSED, ApprovalState.WITHDRAWN):
        raise No("join_approval.other")
    return ApprovalJoined(approval=approval.id, order=order.id, steward=steward)


def _handed_in(case: Case, do: HandInToApproval, actor: Actor, county: County, now: dt.datetime) -> ApprovalHandedIn:
    approval = _known(case, do.approval)
    steward = _applicant(case, approval, actor)
    sent_back = approval.state == ApprovalState.RETURNED
    if not sent_back and not approval.owes:
        raise No("hand_in_approval.nothing")
    text = do.text.strip()
    if not text:
        raise No("hand_in_approval.empty")
    due = runs_on(approval, county, now) if sent_back else None
    return ApprovalHandedIn(approval=approval.id, steward=steward, text=text, items=not sent_back, due=due)


def _signed(case: Case, do: SignCommitment, actor: Actor, county: County, now: dt.datetime) -> CommitmentSigned:
    approval, rules = _known(case, do.approval), county.process.approvals
    steward = _applicant(case, approval, actor)
    if approval.commitment is not None or not approval.open:
        raise No("sign_commitment.already")
    way = commitment_way(approval, county)
    if way is None:
        kind = rules.kind(approval.kind)
        raise No("sign_commitment.absent", kind=kind.name if kind else "")
    due = runs_on(approval, county, now) if approval.state == ApprovalState.RETURNED else None
    return CommitmentSigned(
        approval=approval.id, steward=steward, mode=way.mode, works_from=way.works_from, text=way.commitment, due=due
    )


def commitment_way(approval: Approval, county: County) -> ModeRule | None:
    """The way to go on with this permit by a commitment, if the county has one."""
    kind = county.process.approvals.kind(approval.kind)
    ways = county.process.approvals.ways(kind) if kind else ()
    return next((one for one in ways if one.commitment), None)


def _dropped(case: Case, do: DropApproval, actor: Actor, county: County) -> ApprovalDropped:
    order = found(case, do.order)
    steward = own(order, actor, ())
    allowed(case, do.do, order)
    kind = county.process.approvals.kind(do.kind)
    if kind is None or kind.id not in order.permits:
        raise No("drop_approval.nothing")
    asked = list(applications(case, order, kind.id))
    if any(one.state == ApprovalState.GRANTED for one in asked):
        raise No("drop_approval.already", kind=kind.name)
    reason = do.reason.strip()
    if not reason:
        raise No("drop_approval.empty")
    running = next((one.id for one in asked if one.open), "")
    return ApprovalDropped(approval=running, order=order.id, kind=kind.id, steward=steward, reason=reason)


def _reviewed(
    approval: Approval,
    do: AcceptApproval | ReturnApproval | DecideApproval,
    by: str,
    county: County,
    now: dt.datetime,
) -> ApprovalAccepted | ApprovalReturned | ApprovalDecided:
    """What an officer does with an application that lies before him."""
    if approval.state in DECIDED:
        raise No(f"{do.do}.already")
    match do:
        case AcceptApproval():
            if approval.state != ApprovalState.APPLIED:
                raise No("accept_approval.already")
            due, later = due_from_acceptance(approval, county, now), items_due(approval, county, now)
            return ApprovalAccepted(approval=approval.id, officer=by, due=due, items_due=later)
        case ReturnApproval():
            if approval.state not in _REVIEWED:
                raise No("return_approval.already")
            if not do.lacking.strip():
                raise No("return_approval.empty")
            return ApprovalReturned(approval=approval.id, officer=by, lacking=do.lacking.strip())
        case DecideApproval():
            if not decidable(approval):
                raise No("decide_approval.too_early")
            if not do.granted and not do.reason.strip():
                raise No("decide_approval.empty")
            first = approval.state == ApprovalState.APPLIED
            later = items_due(approval, county, now) if first and do.granted else None
            return ApprovalDecided(
                approval=approval.id, officer=by, granted=do.granted, reason=do.reason.strip(), items_due=later
            )


def decidable(approval: Approval) -> bool:
    """Whether it can be decided now: once it is accepted; what is only to be filed (备案) at once."""
    if approval.state == ApprovalState.APPLIED:
        return approval.works_from == "signed" and approval.commitment is not None
    return approval.state == ApprovalState.ACCEPTED


def _applicant(case: Case, approval: Approval, actor: Actor) -> str:
    """The acting steward, if one of the orders that the permit is for is his."""
    if actor.staff is None or all(order.steward != actor.staff for order in case.orders if order.id in approval.orders):
        raise No("not.yours")
    return actor.staff


def _known(case: Case, name: str) -> Approval:
    approval = case.approval(name)
    if approval is None:
        raise No("approval.unknown")
    return approval
