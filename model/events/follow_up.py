"""What a 待整改 leaves to be handed in later (X40)."""

import datetime as dt
from typing import Literal

from model.events.clock import Told
from model.frozen import Frozen


class FollowUpOpened(Frozen):
    """An item to be handed in by `body`, by `due` if a day was given."""

    event: Literal["follow_up_opened"] = "follow_up_opened"
    item: str
    body: str
    order: str | None = None
    text: str
    due: dt.date | None = None


class FollowUpSettled(Frozen):
    """It was handed in; not `done`: the case may end without it, and it stays with its department."""

    event: Literal["follow_up_settled"] = "follow_up_settled"
    item: str
    by: str
    words: str
    done: bool


class FollowUpReminded(Frozen):
    """An item comes due, or (`over`) its day has come."""

    event: Literal["follow_up_reminded"] = "follow_up_reminded"
    item: str
    over: bool = False


class FollowUpReady(Frozen):
    """The permit that an item waited for is granted: its completion can be handed in (X40)."""

    event: Literal["follow_up_ready"] = "follow_up_ready"
    item: str
    approval: str


class ClosingHeld(Frozen):
    """Everything is connected, and yet the case is not closed: these items are still to be handed in; `told` supervise."""

    event: Literal["closing_held"] = "closing_held"
    items: tuple[str, ...]
    told: tuple[Told, ...] = ()
