"""行政审批 beside the orders of a case: one application each, for one order or for several that share a trench (X45–X49)."""

import datetime as dt
from enum import StrEnum

from model.approval_rules import Channel, Mode, WorksFrom
from model.frozen import Frozen
from model.order import Clock


class ApprovalState(StrEnum):
    """Where an application for a permit stands."""

    APPLIED = "applied"  # 已报，等受理
    ACCEPTED = "accepted"  # 已受理
    RETURNED = "returned"  # 退回补正
    GRANTED = "granted"  # 已批准
    REFUSED = "refused"  # 不予许可
    WITHDRAWN = "withdrawn"  # 撤回


DECIDED = (ApprovalState.GRANTED, ApprovalState.REFUSED, ApprovalState.WITHDRAWN)


class Commitment(Frozen):
    """告知承诺: what was promised, who signed it and when (X47)."""

    text: str
    by: str
    at: dt.datetime


class Approval(Frozen):
    """An application for one permit.

    `by` is the steward who applied, `officer` who decides it (None while nobody of the body can be reached). `items` is
    what may follow (容缺), `items_clock` by when; `lacking` is what the body has sent it back for (补正), all at once.
    `clock` runs from the acceptance and stands still while it is sent back.
    """

    id: str
    kind: str
    body: str
    orders: tuple[str, ...]
    by: str
    officer: str | None = None
    mode: Mode
    channel: Channel = "online"
    works_from: WorksFrom = "granted"
    state: ApprovalState = ApprovalState.APPLIED
    applied_at: dt.datetime
    accepted_at: dt.datetime | None = None
    commitment: Commitment | None = None
    items: str = ""
    items_clock: Clock | None = None
    lacking: str = ""
    handed_in: str = ""
    clock: Clock | None = None
    reason: str = ""
    decided_at: dt.datetime | None = None

    @property
    def open(self) -> bool:
        """Whether it is still to be decided."""
        return self.state not in DECIDED

    @property
    def owes(self) -> bool:
        """Whether something that was allowed to follow (容缺) has not come yet."""
        return bool(self.items) and self.state not in (ApprovalState.REFUSED, ApprovalState.WITHDRAWN)

    @property
    def lets_build(self) -> bool:
        """Whether works may begin by it: it is granted, or it is allowed to go on by a commitment (告知承诺)."""
        if self.state == ApprovalState.GRANTED:
            return True
        if not self.open or self.commitment is None or self.state == ApprovalState.RETURNED:
            return False
        return self.works_from == "signed" or (self.works_from == "accepted" and self.state == ApprovalState.ACCEPTED)
