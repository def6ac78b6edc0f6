"""行政审批 beside the orders: each permit a fold of its own events, none touching another's (X49)."""

from model.approval import Approval, ApprovalState, Commitment
from model.calendar import Due
from model.case import Case
from model.event import Recorded
from model.events.approvals import (
    ApprovalAccepted,
    ApprovalApplied,
    ApprovalDecided,
    ApprovalDropped,
    ApprovalHandedIn,
    ApprovalJoined,
    ApprovalPassed,
    ApprovalRecounted,
    ApprovalReturned,
    ApprovalWarned,
    CommitmentSigned,
    OfApproval,
)
from model.order import Clock, Order, Pause
from routing.folds.changing import altered, on_order, recounted


def fold(case: Case, recorded: Recorded, event: OfApproval) -> Case:
    """The case after this event."""
    match event:
        case ApprovalApplied() as applied:
            case = case.model_copy(update={"approvals": (*case.approvals, _made(recorded, applied))})
            return on_order(case, applied.order, lambda order: _needing(order, applied.kind))
        case ApprovalJoined() as joined:
            approval = _of(case, joined.approval)
            case = on_order(case, joined.order, lambda order: _needing(order, approval.kind))
            return _put(case, approval, orders=(*approval.orders, joined.order))
        case ApprovalDropped():
            return _dropped(case, recorded, event)
        case _:
            return _reviewed(case, recorded, event)


def _reviewed(case: Case, recorded: Recorded, event: OfApproval) -> Case:
    approval = _of(case, event.approval)
    match event:
        case ApprovalAccepted():
            return _put(
                case,
                approval,
                state=ApprovalState.ACCEPTED,
                officer=event.officer,
                accepted_at=recorded.at,
                clock=_begun(recorded, event.due),
                items_clock=_begun(recorded, event.items_due),
            )
        case ApprovalReturned():
            return _put(
                case,
                approval,
                state=ApprovalState.RETURNED,
                officer=event.officer,
                lacking=event.lacking,
                clock=_stopped(approval.clock, recorded),
            )
        case ApprovalHandedIn(items=True):
            return _put(
                case, approval, items="", handed_in=event.text, items_clock=_met(approval.items_clock, recorded)
            )
        case ApprovalHandedIn():
            return _put(case, approval, handed_in=event.text, **_running_on(approval, event.due, recorded))
        case CommitmentSigned():
            signed = Commitment(text=event.text, by=event.steward, at=recorded.at)
            going = _running_on(approval, event.due, recorded) if approval.state == ApprovalState.RETURNED else {}
            return _put(case, approval, mode=event.mode, works_from=event.works_from, commitment=signed, **going)
        case ApprovalPassed():
            return _put(case, approval, officer=event.officer)
        case ApprovalDecided():
            return _decided(case, approval, recorded, event)
        case ApprovalWarned():
            name = "items_clock" if event.items else "clock"
            clock: Clock | None = getattr(approval, name)
            warned = clock.model_copy(update={"warned": event.share}) if clock else None
            return _put(case, approval, **{name: warned})
        case ApprovalRecounted():
            name = "items_clock" if event.items else "clock"
            clock = getattr(approval, name)
            return _put(case, approval, **{name: recounted(clock, event.due, recorded.at) if clock else None})
    raise TypeError(f"nothing that happens to a permit: {event}")


def _made(recorded: Recorded, event: ApprovalApplied) -> Approval:
    signed = Commitment(text=event.commitment, by=event.steward, at=recorded.at) if event.commitment else None
    return Approval(
        id=event.approval,
        kind=event.kind,
        body=event.body,
        orders=(event.order,),
        by=event.steward,
        officer=event.officer,
        mode=event.mode,
        channel=event.channel,
        works_from=event.works_from,
        applied_at=recorded.at,
        commitment=signed,
        items=event.items,
    )


def _decided(case: Case, approval: Approval, recorded: Recorded, event: ApprovalDecided) -> Case:
    return _put(
        case,
        approval,
        state=ApprovalState.GRANTED if event.granted else ApprovalState.REFUSED,
        officer=event.officer,
        reason=event.reason,
        decided_at=recorded.at,
        clock=_met(approval.clock, recorded),
        items_clock=_begun(recorded, event.items_due) or approval.items_clock,
    )


def _dropped(case: Case, recorded: Recorded, event: ApprovalDropped) -> Case:
    """The order needs the permit no more; an application nobody needs any more is withdrawn."""
    case = on_order(case, event.order, lambda order: _without(order, event.kind))
    approval = case.approval(event.approval)
    if approval is None:
        return case
    others = tuple(one for one in approval.orders if one != event.order)
    if others:
        return _put(case, approval, orders=others)
    withdrawn = {"state": ApprovalState.WITHDRAWN, "reason": event.reason, "decided_at": recorded.at}
    return _put(case, approval, clock=_met(approval.clock, recorded), **withdrawn)


def _needing(order: Order, kind: str) -> Order:
    return order if kind in order.permits else altered(order, permits=(*order.permits, kind))


def _without(order: Order, kind: str) -> Order:
    return altered(order, permits=tuple(one for one in order.permits if one != kind))


def _begun(recorded: Recorded, due: Due | None) -> Clock | None:
    return Clock(started_at=recorded.at, due=due) if due is not None else None


def _met(clock: Clock | None, recorded: Recorded) -> Clock | None:
    return clock.model_copy(update={"met_at": recorded.at}) if clock is not None and clock.met_at is None else clock


def _stopped(clock: Clock | None, recorded: Recorded) -> Clock | None:
    """It stands still while something is to be put right (补正)."""
    pause = Pause(cause="correction", since=recorded.at)
    return clock.model_copy(update={"pauses": (*clock.pauses, pause)}) if clock is not None else None


def _running_on(approval: Approval, due: Due | None, recorded: Recorded) -> dict[str, object]:
    """Before its body again, where it was; the limit goes on with what was left of it."""
    state = ApprovalState.APPLIED if approval.accepted_at is None else ApprovalState.ACCEPTED
    clock = approval.clock
    if clock is not None and due is not None:
        pauses = (*clock.pauses[:-1], clock.pauses[-1].model_copy(update={"until": recorded.at}))
        clock = clock.model_copy(update={"due": due, "pauses": pauses})
    return {"state": state, "lacking": "", "clock": clock}


def _of(case: Case, name: str) -> Approval:
    approval = case.approval(name)
    if approval is None:
        raise ValueError(f"no permit {name} in case {case.id}")
    return approval


def _put(case: Case, approval: Approval, **new: object) -> Case:
    changed = approval.model_copy(update=new)
    return case.model_copy(
        update={"approvals": tuple(changed if one.id == approval.id else one for one in case.approvals)}
    )
