"""请转给别人: a steward asks the head of his body to give an order to somebody else (R33)."""

from typing import Literal

from model.frozen import Frozen


class AskRelief(Frozen):
    """The steward of the order would have another do it, and says why; it stays his until it is given to another."""

    do: Literal["ask_relief"] = "ask_relief"
    order: str
    reason: str


class RefuseRelief(Frozen):
    """不转: the head of the body leaves it with him."""

    do: Literal["refuse_relief"] = "refuse_relief"
    order: str
