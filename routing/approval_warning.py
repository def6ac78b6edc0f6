"""超时预警 of applications for permits: the officer and his heads hear of it, of what is to follow the steward (X48, J35)."""

import datetime as dt
from collections.abc import Iterator, Sequence

from model.approval import Approval
from model.case import Case
from model.commands.clock import WarnOfApproval
from model.county import County
from model.events.approvals import ApprovalWarned
from model.events.clock import Told
from model.order import Clock
from model.process import Receiver
from model.staff import Staff
from routing.refusal import No
from routing.warning import told_of


def warn_of_approval(
    case: Case, do: WarnOfApproval, county: County, now: dt.datetime, staff: Sequence[Staff]
) -> ApprovalWarned:
    """One warning of this share of the limit. Raises `No`: `warn.nothing`, `warn.early`."""
    approval = case.approval(do.approval)
    clock = running(approval, items=do.items) if approval else None
    coming = clock.next if clock else None
    if approval is None or clock is None or coming is None:
        raise No("warn.nothing")
    if (clock.due.at, coming.share, coming.at) != (do.due, do.share, do.at):
        raise No("warn.nothing")
    if do.at > now:
        raise No("warn.early")
    rule = next((one for one in county.process.warnings if one.share == do.share), None)
    receivers = rule.tell if rule else ()
    told = dict.fromkeys(
        one for receiver in receivers for one in _told(case, approval, receiver, county, staff, items=do.items)
    )
    nobody = (Told(receiver="window", id=county.id),)
    return ApprovalWarned(
        approval=approval.id, items=do.items, share=do.share, due=clock.due.at, told=tuple(told) or nobody
    )


def running(approval: Approval, *, items: bool) -> Clock | None:
    """The limit that runs: of the decision, or of what is allowed to follow."""
    if items:
        return approval.items_clock if approval.owes else None
    return approval.clock


def _told(
    case: Case, approval: Approval, receiver: Receiver, county: County, staff: Sequence[Staff], *, items: bool
) -> Iterator[Told]:
    order = case.order(approval.orders[0])
    if order is None:
        return
    if items or receiver in ("supervisor", "window"):
        yield from told_of(receiver, order, county, staff)
    elif receiver == "steward":
        yield from (Told(receiver="steward", id=one.id) for one in staff if one.id == approval.officer)
    else:
        heads = (one for one in staff if one.duty == "lead" and one.body == approval.body)
        yield from (Told(receiver="lead", id=one.id) for one in heads)
