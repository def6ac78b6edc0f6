"""An order that one of several bodies has to claim as its own (J75)."""

from typing import Literal

from model.frozen import Frozen


class Offer(Frozen):
    """A body that may claim an order, and who of it is asked; None: nobody of it can be reached in chat."""

    body: str
    staff: str | None = None


class ClaimOffered(Frozen):
    """The district does not tell whose the order is: each of these bodies may claim it, the first that does has it."""

    event: Literal["claim_offered"] = "claim_offered"
    order: str
    offers: tuple[Offer, ...]


class ClaimSettled(Frozen):
    """`body` has the order, by a claim of its own or by the window; the others need not look at it any more."""

    event: Literal["claim_settled"] = "claim_settled"
    order: str
    body: str
    others: tuple[Offer, ...]
