"""Whether a command may be carried out: the order is there, it is his, and it has come so far (X160)."""

from collections.abc import Sequence

from model.case import Case
from model.county import County
from model.login import at_console
from model.message import Actor
from model.order import Order
from model.staff import Staff
from routing.lacking import lacking_for
from routing.refusal import No
from routing.transitions import TABLE, verdict


def found(case: Case, order_id: str) -> Order:
    """The order with this id. Raises `No`."""
    order = case.order(order_id)
    if order is None:
        raise No("order.unknown")
    return order


def speaks_for(actor: Actor, steward: Staff) -> bool:
    """Whether the actor is this steward, in his chat or signed in at the console; or the system of his body, which knows its people
    whether they are bound or not.
    """
    if actor.staff != steward.id:
        return False
    if actor.system is not None:
        return actor.system.body == steward.body
    return actor.person in (steward.person, at_console(steward.id))


def own(order: Order, actor: Actor, takers: Sequence[Staff]) -> str:
    """The acting steward's id, if the order is his; one that nobody has may be taken by `takers` of its body."""
    if order.candidates:
        raise No("order.unassigned")
    free = order.steward is None and any(one.id == actor.staff and one.body == order.body for one in takers)
    if actor.staff is None or not (free or order.steward == actor.staff):
        raise No("not.yours")
    return actor.staff


def heads(order: Order, actor: Actor, staff: Sequence[Staff]) -> None:
    """Raises `No` unless it is the window, or the head of the body."""
    lead = any(one.id == actor.staff and one.duty == "lead" and one.body == order.body for one in staff)
    if actor.role == "steward" and not (lead and not order.candidates):
        raise No("not.yours")


def allowed(case: Case, do: str, order: Order) -> None:
    """Raises `No` unless the order has come as far as the command needs, and no farther, and has not ended."""
    if order.ending is not None:
        raise No("order.ended")
    match verdict(do, order.state, case.steps_of(order)):
        case "absent":
            raise No("step.absent")
        case "too_early" | "already" as when:
            raise No(f"{do}.{when}")
        case "allowed":
            return


def complete(case: Case, order: Order, do: str, county: County) -> None:
    """Raises `No` if the step of this command waits for what the applicant has still to hand in (X129)."""
    step = TABLE[do].step
    waiting = lacking_for(case, order, step, county) if step else ()
    if waiting:
        names = [county.form.fields[one.id].called if one.id in county.form.fields else one.words for one in waiting]
        raise No("step.waits", lacking="、".join(names))
