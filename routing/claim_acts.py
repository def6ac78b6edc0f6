"""What a steward is offered about an order that may be his body's, or another's (J75)."""

from model.case import Case
from model.county import County
from model.edition import under
from model.message import Act, Invitation
from model.order import Order, OrderState
from routing.claims import others
from routing.transitions import verdict


def claim_invitation(case: Case, order: Order, county: County, title: str) -> Invitation:
    """Whether the order is theirs; nothing is asked once it has a body."""
    acts = (_act("claim", "", under(county, case.process_version)),) if order.candidates and order.offers else ()
    name = f"{order.id}:claim"
    return Invitation(id=name, kind="claim", case=case.id, number=case.number, order=order.id, title=title, acts=acts)


def pass_order_acts(case: Case, order: Order, county: County) -> tuple[Act, ...]:
    """One for each body whose the order might be instead; once the applicant was contacted it is only said."""
    rules = under(county, case.process_version)
    if verdict("pass_order", order.state, case.steps_of(order)) != "allowed":
        return ()
    shown = order.state is not OrderState.CONTACTED
    acts = (_act(f"pass_order.{body}", county.body[body].short, rules) for body in others(order, rules))
    return tuple(one.model_copy(update={"shown": shown}) for one in acts)


def _act(name: str, about: str, county: County) -> Act:
    do = name.partition(".")[0]
    label, words = county.messages[f"act.{do}.label"], county.messages[f"act.{do}.words"].split()
    return Act(id=name, label=f"{label}{about}", words=tuple(f"{one}{about}" for one in words))
