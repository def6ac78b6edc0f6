"""What a 待整改 leaves to be handed in later (X40)."""

from typing import Literal

from model.frozen import Frozen


class CloseFollowUp(Frozen):
    """后补已交: the department ticks off an item once the permit is there; `words` name it."""

    do: Literal["close_follow_up"] = "close_follow_up"
    item: str
    words: str


class CarryFollowUp(Frozen):
    """转为后续: the body that leads lets the case end without it, for this reason; it stays with the department."""

    do: Literal["carry_follow_up"] = "carry_follow_up"
    item: str
    reason: str
