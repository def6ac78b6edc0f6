"""What a steward can do about the permits of his order, and an officer about an application (X45–X49, J27)."""

from collections.abc import Iterator
from typing import Final

from model.approval import Approval, ApprovalState
from model.approval_rules import ApprovalForms
from model.case import Case
from model.county import County
from model.edition import under
from model.message import Act, Invitation
from model.order import Order
from routing.approvals import commitment_way, decidable
from routing.permits import missing, unasked
from routing.transitions import verdict

GRANT: Final = "decide_approval.granted"
REFUSE: Final = "decide_approval.refused"
FILE: Final = "decide_approval.filed"


def permit_acts(case: Case, order: Order, county: County) -> Iterator[Act]:
    """What the steward of this order has to do about its permits first; an act about one of them ends with its id."""
    county = under(county, case.process_version)
    if verdict("apply_approval", order.state, case.steps_of(order)) == "allowed":
        if left := unasked(case, order):
            named = "、".join(permit_name(county, kind) for kind in left)
            yield permit_act("apply_approval", county, note=named)
        yield from (_join(case, one, county) for one in case.approvals if _shareable(one, order, left))
    for one in case.approvals:
        if order.id in one.orders:
            yield from _of_steward(one, county)


def permit_acts_after(case: Case, order: Order, county: County) -> Iterator[Act]:
    """What can wait behind the order's own next step: to hand in what was allowed to follow, to do without a permit."""
    county = under(county, case.process_version)
    for one in case.approvals:
        if order.id in one.orders and one.owes and one.state != ApprovalState.RETURNED:
            yield permit_act("hand_in_approval", county, note=f"{permit_name(county, one.kind)}，容缺", about=one.id)
    if verdict("drop_approval", order.state, case.steps_of(order)) == "allowed" and missing(case, order):
        yield permit_act("drop_approval", county)


def approval_invitation(case: Case, approval: Approval, county: County, title: str) -> Invitation:
    """An application as a task of its officer; its id is the application's."""
    acts = tuple(_of_officer(approval, under(county, case.process_version))) if case.closed_at is None else ()
    return Invitation(id=approval.id, kind="approval", case=case.id, number=case.number, title=title, acts=acts)


def permit_name(county: County, kind: str) -> str:
    """What a permit is called; one that the county does not have any more by its id."""
    known = county.process.approvals.kind(kind)
    return known.name if known else kind


def permit_act(do: str, county: County, *, note: str = "", about: str = "") -> Act:
    """The act that means this command: `note` stands behind its label, `about` is the application it is about."""
    label, words = county.messages[f"act.{do}.label"], county.messages[f"act.{do}.words"]
    form = _form(do, county.process.approvals.forms)
    version = county.forms[form].version if form in county.forms else None
    return Act(
        id=f"{do}.{about}" if about else do,
        label=f"{label}（{note}）" if note else label,
        words=(label, *words.split()) if note else tuple(words.split()),
        form=form,
        form_version=version,
    )


def _of_steward(one: Approval, county: County) -> Iterator[Act]:
    name = permit_name(county, one.kind)
    if one.state == ApprovalState.RETURNED:
        yield permit_act("hand_in_approval", county, note=name, about=one.id)
        if one.commitment is None and commitment_way(one, county) is not None:
            yield permit_act("sign_commitment", county, note=name, about=one.id)


def _of_officer(one: Approval, county: County) -> Iterator[Act]:
    if one.state == ApprovalState.APPLIED and decidable(one):
        yield permit_act(FILE, county)
        yield permit_act("return_approval", county)
    elif one.state == ApprovalState.APPLIED:
        yield permit_act("accept_approval", county)
        yield permit_act("return_approval", county)
    elif one.state == ApprovalState.ACCEPTED:
        yield permit_act(GRANT, county)
        yield permit_act("return_approval", county)
        yield permit_act(REFUSE, county)


def _shareable(one: Approval, order: Order, left: tuple[str, ...]) -> bool:
    """Whether the order could go along with what another one of the case has applied for: one trench, one permit."""
    return one.kind in left and order.id not in one.orders and (one.open or one.state == ApprovalState.GRANTED)


def _join(case: Case, one: Approval, county: County) -> Act:
    services = [county.service[order.service].name for order in case.orders if order.id in one.orders]
    return permit_act(
        "join_approval", county, note=f"{'、'.join(services)}的{permit_name(county, one.kind)}", about=one.id
    )


def _form(do: str, forms: ApprovalForms) -> str | None:
    return {
        "apply_approval": forms.apply,
        "drop_approval": forms.drop,
        "hand_in_approval": forms.hand_in,
        "return_approval": forms.send_back,
        REFUSE: forms.refuse,
    }.get(do)
