"""行政审批: what happened to the permits of a case (X45–X49, J27)."""

import datetime as dt
from typing import Literal

from model.approval_rules import Channel, Mode, WorksFrom
from model.calendar import Due
from model.events.clock import Told
from model.frozen import Frozen


class OfApproval(Frozen):
    """Something happened to this application for a permit."""

    approval: str


class ApprovalApplied(OfApproval):
    """A steward applied for a permit; `officer` is given it. `commitment` is the text he signed with it (告知承诺)."""

    event: Literal["approval_applied"] = "approval_applied"
    order: str
    kind: str
    body: str
    steward: str
    officer: str | None
    mode: Mode
    channel: Channel
    works_from: WorksFrom
    items: str = ""
    commitment: str = ""


class ApprovalJoined(OfApproval):
    """Another order shares the trench, and so the permit."""

    event: Literal["approval_joined"] = "approval_joined"
    order: str
    steward: str


class ApprovalAccepted(OfApproval):
    """受理: its limit runs from this day (自受理当日起, X48); what was allowed to follow has one of its own."""

    event: Literal["approval_accepted"] = "approval_accepted"
    officer: str
    due: Due | None = None
    items_due: Due | None = None


class ApprovalReturned(OfApproval):
    """退回补正: its limit stands still until it is handed in again."""

    event: Literal["approval_returned"] = "approval_returned"
    officer: str
    lacking: str


class ApprovalHandedIn(OfApproval):
    """What was lacking was handed in; the limit runs on until `due` with what was left of it. `items`: what was to follow."""

    event: Literal["approval_handed_in"] = "approval_handed_in"
    steward: str
    text: str
    items: bool = False
    due: Due | None = None


class CommitmentSigned(OfApproval):
    """The steward signed the commitment (告知承诺) instead of handing in what was lacking."""

    event: Literal["commitment_signed"] = "commitment_signed"
    steward: str
    mode: Mode
    works_from: WorksFrom
    text: str
    due: Due | None = None


class ApprovalDecided(OfApproval):
    """批准, or 不予许可 with its reason."""

    event: Literal["approval_decided"] = "approval_decided"
    officer: str
    granted: bool
    reason: str = ""
    items_due: Due | None = None


class ApprovalDropped(OfApproval):
    """The order does not need this permit; `approval` is its application, empty if there was none."""

    event: Literal["approval_dropped"] = "approval_dropped"
    order: str
    kind: str
    steward: str
    reason: str


class ApprovalWarned(OfApproval):
    """超时预警: so much of the limit of an application has passed, in percent; of `items`, of what was allowed to follow."""

    event: Literal["approval_warned"] = "approval_warned"
    items: bool
    share: int
    due: dt.datetime
    told: tuple[Told, ...]


class ApprovalRecounted(OfApproval):
    """A limit of an application that was provisional ends when it truly ends (R31); of `items`, of what was allowed to follow."""

    event: Literal["approval_recounted"] = "approval_recounted"
    items: bool
    due: Due


class ApprovalPassed(OfApproval):
    """Another officer has it from now on (`previous` had it); where none is there, `told`, the heads of the body, hear so."""

    event: Literal["approval_passed"] = "approval_passed"
    officer: str | None
    previous: str
    told: tuple[Told, ...] = ()
