"""What a notice about a permit says: no more of a case than whoever reads it needs (X19, X162)."""

from typing import Any

from handlers.ports import RoutingCore
from handlers.wording.orders import order_name
from model.approval import Approval, ApprovalState
from model.case import Case
from model.county import County
from model.edition import under
from model.event import Event
from model.events.approvals import (
    ApprovalHandedIn,
    ApprovalPassed,
    ApprovalRecounted,
    ApprovalWarned,
    CommitmentSigned,
    OfApproval,
)
from model.order import Order
from routing.approval_acts import permit_name
from routing.permits import missing


async def permit_facts(
    core: RoutingCore, county: County, case: Case, event: Event, order: Order | None
) -> dict[str, Any]:
    """The facts under `permit` and `permits`; nothing for what is about no permit."""
    approval = case.approval(event.approval) if isinstance(event, OfApproval) else None
    if approval is None:
        return {"permit": None, "permits": [], "applies": ""}
    rules = under(county, case.process_version).process.approvals
    kind = rules.kind(approval.kind)
    way = rules.mode(approval.mode, kind) if kind else None
    orders = [order for order in case.orders if order.id in approval.orders]
    digs = dict.fromkeys(one for order in orders if order.scheme for one in order.scheme.digs)
    clock = (
        approval.items_clock
        if isinstance(event, ApprovalWarned | ApprovalRecounted) and event.items
        else approval.clock
    )
    return {
        "permit": {
            "name": permit_name(under(county, case.process_version), approval.kind),
            "body": county.body[approval.body],
            "way": way.name if way else "",
            "basis": way.basis if way else "",
            "works": list(digs),
            "services": list(dict.fromkeys(order_name(county, case, order) for order in orders)),
            "units": list(dict.fromkeys(county.body[order.body].short for order in orders)),
            "steward": await core.steward(approval.by),
            "previous": await core.steward(event.previous) if isinstance(event, ApprovalPassed) else None,
            "officer": await core.steward(approval.officer) if approval.officer else None,
            "follows": approval.items,
            "filed": approval.works_from == "signed",
            "commitment": approval.commitment,
            "handed_in": event.text if isinstance(event, ApprovalHandedIn) and not event.items else "",
            "followed": event.text if isinstance(event, ApprovalHandedIn) and event.items else "",
            "signed": isinstance(event, CommitmentSigned),
            "due": clock.due.at if clock is not None and clock.met_at is None else None,
            "free": order is not None and not missing(case, order),
        },
        "permits": permits_told(county, case),
        "applies": rules.applies,
    }


def permits_told(county: County, case: Case) -> list[dict[str, str]]:
    """Every permit of the case and how far it is, for the applicant: the newest application of each."""
    newest: dict[tuple[str, tuple[str, ...]], Approval] = {
        (one.kind, one.orders): one for one in case.approvals if one.state != ApprovalState.WITHDRAWN
    }
    rules = under(county, case.process_version)
    return [{"name": permit_name(rules, one.kind), "state": one.state.value} for one in newest.values()]
