"""To whom a notice goes: the applicant, or who speaks for an order (X36, X162, J93)."""

from model.case import Case
from model.delivery import Notice, Recipient
from model.event import Recorded
from model.order import Order


def speaker_of(case: Case, order: Order) -> Recipient:
    """Who speaks for an order: its steward, else its body, else, while the body is not settled, the window."""
    if order.candidates:
        return Recipient(kind="window", id=case.county)
    if order.steward is None:
        return Recipient(kind="body", id=order.body)
    return Recipient(kind="staff", id=order.steward)


def applicant_of(case: Case) -> Recipient:
    """The applicant."""
    return Recipient(kind="applicant", id=case.person)


def to_applicant(case: Case, recorded: Recorded, template: str, subject: str, order: str | None) -> Notice:
    """A notice to the applicant; a later one of the same `subject` replaces one that still waits."""
    return notice_to(recorded, applicant_of(case), template, subject, order)


def notice_to(recorded: Recorded, to: Recipient, template: str, subject: str, order: str | None) -> Notice:
    """A notice of this event; a later one of the same `subject` replaces one that still waits."""
    return Notice(
        recipient=to,
        template=template,
        case=recorded.case,
        order=order,
        event=recorded.sequence,
        subject=subject,
        sequence=recorded.sequence,
    )


def order_of(case: Case, order_id: str) -> Order:
    """The order with this id. Raises `ValueError` for one the case has not."""
    order = case.order(order_id)
    if order is None:
        raise ValueError(f"no order {order_id} in case {case.id}")
    return order
