"""How many 客服消息 the product may still send to one person."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from .errors import ApiError


class Interaction(Enum):
    """What a person did that lets the product write. Platform rule: a message gives 5 within 48 h; a menu click or
    a tap on a menu link gives 3 within 1 min and does not open the 48 h window; following and scanning give 3 within
    1 min each.
    """

    MESSAGE = ("message", 5, 48 * 3600)
    CLICK = ("click", 3, 60)
    FOLLOW = ("follow", 3, 60)
    SCAN = ("scan", 3, 60)

    def __init__(self, label: str, count: int, seconds: int) -> None:
        self.label = label
        self.count = count
        self.seconds = seconds


@dataclass
class Grant:
    """The right an interaction gave, and how much of it is left."""

    until: float
    left: int


class Ledger:
    """The grants of one person. A newer interaction of the same kind replaces the older one's grant."""

    def __init__(self) -> None:
        self._grants: dict[Interaction, Grant] = {}
        self.last: float | None = None
        """When the person last interacted, for the typing signal."""

    def interact(self, kind: Interaction, now: float) -> None:
        """The person did something."""
        self._grants[kind] = Grant(now + kind.seconds, kind.count)
        self.last = now

    def close(self) -> None:
        """The person left: nothing may be sent any more."""
        self._grants.clear()
        self.last = None

    def spend(self, now: float) -> None:
        """Use one message of the grant that ends first; 45015 when none is open, 45047 when all are used up."""
        live = [grant for grant in self._grants.values() if now <= grant.until]
        if not live:
            raise ApiError(45015, "response out of time limit or subscription is canceled")
        usable = [grant for grant in live if grant.left > 0]
        if not usable:
            raise ApiError(45047, "out of response count limit")
        min(usable, key=lambda grant: grant.until).left -= 1

    def view(self, now: float) -> list[dict[str, Any]]:
        """The open grants, for the inspector."""
        return [
            {"kind": kind.label, "left": grant.left, "until": int(grant.until)}
            for kind, grant in self._grants.items()
            if now <= grant.until
        ]
