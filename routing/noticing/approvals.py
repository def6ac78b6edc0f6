"""Who is told of permits: the officer what lies before him, the steward what came of it, the applicant that all goes on (X162)."""

from collections.abc import Iterator, Mapping
from typing import Final

from model.approval import Approval, ApprovalState
from model.case import Case
from model.delivery import Notice, Recipient
from model.event import Recorded
from model.events.approvals import (
    ApprovalApplied,
    ApprovalDecided,
    ApprovalDropped,
    ApprovalHandedIn,
    ApprovalPassed,
    ApprovalRecounted,
    ApprovalReturned,
    ApprovalWarned,
    CommitmentSigned,
    OfApproval,
)
from model.process import Receiver
from routing.noticing.addressing import notice_to, order_of, speaker_of, to_applicant

_WARNINGS: Final[Mapping[Receiver, str]] = {
    "steward": "steward.permit_warning",
    "lead": "lead.permit_warning",
    "supervisor": "supervisor.permit_warning",
    "window": "window.permit_warning",
}


def notices(case: Case, recorded: Recorded, event: OfApproval) -> Iterator[Notice]:
    """The notices of this event. The applicant is only told what was decided, in one line (X45: he is never asked)."""
    approval = case.approval(event.approval)
    if approval is None:
        return
    subject = f"{approval.id}:permit"
    match event:
        case ApprovalApplied():
            template = "body.permit_asked" if approval.officer is None else "steward.permit_asked"
            yield notice_to(recorded, _officer(approval), template, subject, event.order)
        case ApprovalPassed():
            yield from _passed(recorded, approval, event, subject)
        case ApprovalHandedIn() | CommitmentSigned():
            if approval.officer is not None:
                yield notice_to(recorded, _officer(approval), "steward.permit_back", subject, approval.orders[0])
        case ApprovalDropped():
            if approval.state == ApprovalState.WITHDRAWN and approval.officer is not None:
                yield notice_to(recorded, _officer(approval), "steward.permit_gone", subject, event.order)
        case ApprovalReturned():
            yield from _to_stewards(case, recorded, approval, "steward.permit_returned")
        case ApprovalDecided():
            yield from _to_stewards(case, recorded, approval, "steward.permit_decided")
            # One line for the case: a newer one says of all what is so by then, and replaces one that still waits.
            yield to_applicant(case, recorded, "applicant.permits", f"{case.id}:permits", None)
        case ApprovalWarned():
            yield from _warned(recorded, approval, event)
        case ApprovalRecounted(items=True):
            yield from _to_stewards(case, recorded, approval, "steward.permit_recounted")
        case ApprovalRecounted():
            if approval.officer is not None:
                to = _officer(approval)
                yield notice_to(recorded, to, "steward.permit_recounted", f"{subject}:due", approval.orders[0])


def _passed(recorded: Recorded, approval: Approval, event: ApprovalPassed, subject: str) -> Iterator[Notice]:
    """Whoever has it now; where nobody is there the heads of the body, else the hotline calls the body."""
    if event.officer not in (None, event.previous):
        yield notice_to(recorded, _officer(approval), "steward.permit_passed", subject, approval.orders[0])
        return
    for told in event.told:
        yield notice_to(
            recorded, Recipient(kind="staff", id=told.id), "lead.permit_passed", subject, approval.orders[0]
        )
    if not event.told:
        yield notice_to(recorded, _officer(approval), "body.permit_asked", subject, approval.orders[0])


def _officer(approval: Approval) -> Recipient:
    if approval.officer is None:
        return Recipient(kind="body", id=approval.body)
    return Recipient(kind="staff", id=approval.officer)


def _to_stewards(case: Case, recorded: Recorded, approval: Approval, template: str) -> Iterator[Notice]:
    """Whoever has an order that needs it; several of one steward are told as one."""
    for name in approval.orders:
        yield notice_to(
            recorded, speaker_of(case, order_of(case, name)), template, f"{approval.id}:permit:{name}", name
        )


def _warned(recorded: Recorded, approval: Approval, event: ApprovalWarned) -> Iterator[Notice]:
    for told in {one.id: one for one in reversed(event.told)}.values():
        to = Recipient(kind="window" if told.receiver == "window" else "staff", id=told.id)
        subject = f"{approval.id}:{event.items}:{event.due}:warning"
        yield notice_to(recorded, to, _WARNINGS[told.receiver], subject, approval.orders[0])
