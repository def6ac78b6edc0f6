"""A body claims an order as its own, or finds that it is another's (J75)."""

from typing import Literal

from model.frozen import Frozen


class Claim(Frozen):
    """勾选: the order is this body's; whoever claims it has taken it (接单)."""

    do: Literal["claim"] = "claim"
    order: str


class PassOrder(Frozen):
    """转给: the order is the other body's after all."""

    do: Literal["pass_order"] = "pass_order"
    order: str
    to: str
