"""行政审批: applied for by the steward of an order, decided by the officers of the bodies (X45–X49, J27)."""

from typing import Literal

from model.frozen import Frozen


class OfApprovals(Frozen):
    """A command about the permits of a case."""


class ApplyForApproval(OfApprovals):
    """报审批: for these permits, all that the order still needs if none is named; each goes its own way (X49).

    `mode` and `channel` are a way to apply and where, by id or name; `items` what follows later (容缺). A commitment is signed
    with it.
    """

    do: Literal["apply_approval"] = "apply_approval"
    order: str
    kinds: tuple[str, ...] = ()
    mode: str = ""
    channel: str = "online"
    items: str = ""


class JoinApproval(OfApprovals):
    """共用: the order's works are in the trench that another order of the case has applied for."""

    do: Literal["join_approval"] = "join_approval"
    order: str
    approval: str


class HandInToApproval(OfApprovals):
    """补交: what the body sent it back for, or what was allowed to follow. `order`: whose steward says so, of several."""

    do: Literal["hand_in_approval"] = "hand_in_approval"
    approval: str
    order: str = ""
    text: str


class SignCommitment(OfApprovals):
    """改为告知承诺: instead of what is lacking, the steward signs the commitment."""

    do: Literal["sign_commitment"] = "sign_commitment"
    approval: str
    order: str = ""


class DropApproval(OfApprovals):
    """不用办: the order does not need this permit after all; an application for it is withdrawn."""

    do: Literal["drop_approval"] = "drop_approval"
    order: str
    kind: str
    reason: str


class AcceptApproval(OfApprovals):
    """受理."""

    do: Literal["accept_approval"] = "accept_approval"
    approval: str


class ReturnApproval(OfApprovals):
    """退回补正: one notice that names everything that is lacking."""

    do: Literal["return_approval"] = "return_approval"
    approval: str
    lacking: str


class DecideApproval(OfApprovals):
    """批准 or 不予许可, the latter with its reason."""

    do: Literal["decide_approval"] = "decide_approval"
    approval: str
    granted: bool
    reason: str = ""


class PassApproval(OfApprovals):
    """Its officer serves no more (离岗), or is on leave (请假): a colleague is to have it."""

    do: Literal["pass_approval"] = "pass_approval"
    approval: str
