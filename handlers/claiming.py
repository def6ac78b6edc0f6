"""An order that its body has to claim, in chat: what it is called, who may say so, what comes after (J75)."""

from handlers.ports import RoutingCore
from handlers.wording.values import show
from model.case import Case
from model.commands.claims import Claim, PassOrder
from model.conversation import Conversation
from model.county import County
from model.decision import Done
from model.delivery import Row
from model.edition import on_form
from model.event import Event
from model.events.claims import ClaimOffered, ClaimSettled
from model.events.intake import OrderAssigned
from model.message import Act, Actor, Invitation
from model.order import Order
from model.submission import Submission
from routing.claim_acts import claim_invitation


def claim_asked(invitation: Invitation, act: Act) -> Claim | PassOrder:
    """The command that a tap means."""
    do, _, to = act.id.partition(".")
    order = invitation.order or ""
    return PassOrder(order=order, to=to) if do == "pass_order" else Claim(order=order)


def claim_asked_before(done: Done) -> Claim | PassOrder | None:
    """What the recorded result was asked for, if a steward has claimed an order or handed it over."""
    first = done.events[0]
    event = first.event
    if not isinstance(event, OrderAssigned) or first.actor.role != "steward":
        return None
    if event.steward is not None and event.steward == first.actor.staff:
        return Claim(order=event.order)
    return PassOrder(order=event.order, to=event.body)


def claim_title(county: County, case: Case, order: Order, submission: Submission | None) -> str:
    """Number, service and place. Nobody's name or telephone: as yet it may be another body's (X19)."""
    service = county.service[order.service].name
    places = on_form(county, submission.form_version).places if submission else county.places
    answer = submission.answers.get(places.address) if submission else None
    return " ".join(filter(None, (case.number, service, show(answer.value) if answer and answer.value else "")))


def claim_invited(
    county: County, case: Case, row: Row, event: Event, submission: Submission | None
) -> Invitation | None:
    """What the notice of an order without a body asks its reader."""
    order = case.order(row.order or "")
    if not isinstance(event, ClaimOffered) or row.recipient.kind != "staff" or order is None:
        return None
    asked = claim_invitation(case, order, county, claim_title(county, case, order, submission))
    return asked if asked.acts else None


def claim_settled(row: Row, event: Event) -> str:
    """The question whose order it is that waits no more for who is told of the answer."""
    return f"{event.order}:claim" if isinstance(event, ClaimSettled) and row.recipient.kind == "staff" else ""


async def claims_of(core: RoutingCore, county: County, conversation: Conversation) -> tuple[Invitation, ...]:
    """Everything that the person may claim for one of his bodies. Raises `CoreAway`."""
    found = [task for role in conversation.roles for task in await core.claims(role.staff)]
    asked = [
        claim_invitation(case, order, county, claim_title(county, case, order, await core.submission(case.id)))
        for case, order in found
    ]
    return tuple({one.id: one for one in asked if one.acts}.values())


def as_claimant(actor: Actor, conversation: Conversation, case: Case | None, order_id: str) -> Actor:
    """The person as a member of a body that may claim the order; as nobody's if he is not."""
    order = case.order(order_id) if case else None
    bodies = {one.body for one in order.offers} if order else set[str]()
    staff = next((role.staff for role in conversation.roles if role.body in bodies), None)
    return actor.model_copy(update={"role": "steward", "staff": staff})
