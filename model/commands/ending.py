"""How an order ends otherwise than connected, and goes on after all (X160)."""

from typing import Literal

from model.ending import DeclineKind
from model.frozen import Frozen


class Withdraw(Frozen):
    """撤回: the applicant, or staff for him, gives up these orders, or (none named) all that are open."""

    do: Literal["withdraw"] = "withdraw"
    orders: tuple[str, ...] = ()
    reason: str = ""


class GiveEndReason(Frozen):
    """Why he withdrew."""

    do: Literal["end_reason"] = "end_reason"
    reason: str


class Resume(Frozen):
    """恢复: these orders, which have ended, go on, or (none named) all that can."""

    do: Literal["resume"] = "resume"
    orders: tuple[str, ...] = ()


class AnnounceEnd(Frozen):
    """The applicant is told that an order is to be terminated, and why."""

    do: Literal["announce_end"] = "announce_end"
    order: str
    reason: str


class KeepOn(Frozen):
    """我还要办: he goes on with an order that is to be terminated."""

    do: Literal["keep_on"] = "keep_on"
    order: str


class Terminate(Frozen):
    """终止: the window or the head of the body ends an order, with a reason."""

    do: Literal["terminate"] = "terminate"
    order: str
    reason: str = ""


class Decline(Frozen):
    """不予受理, 不具备接入条件: with the reason and what he can do instead; where to complain the county knows."""

    do: Literal["decline"] = "decline"
    order: str
    kind: DeclineKind
    reason: str
    alternative: str


class ConfirmDecline(Frozen):
    """The head of the body, or the window, agrees to a refusal."""

    do: Literal["confirm_decline"] = "confirm_decline"
    order: str


class ReturnDecline(Frozen):
    """He does not: the order goes on."""

    do: Literal["return_decline"] = "return_decline"
    order: str


class Object(Frozen):
    """申诉: the applicant does not accept a refusal."""

    do: Literal["object"] = "object"
    order: str
    words: str
