"""请转给别人: what a steward asked of the head of his body, and that it stays with him (R33)."""

from typing import Literal

from model.events.clock import Told
from model.frozen import Frozen


class ReliefAsked(Frozen):
    """The steward would have another do the order; `told` may give it to one."""

    event: Literal["relief_asked"] = "relief_asked"
    order: str
    steward: str
    reason: str
    told: tuple[Told, ...]


class ReliefRefused(Frozen):
    """It stays with him."""

    event: Literal["relief_refused"] = "relief_refused"
    order: str
    by: str
