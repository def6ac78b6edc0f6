"""容缺 and 补正: what is still to come, what came, and what becomes of it in time (X47, X129, J39)."""

from typing import Literal

from model.calendar import Due
from model.commands.supplements import Handed
from model.frozen import Frozen
from model.process import Supplementing
from model.supplement import Supplement


class SupplementsDeferred(Frozen):
    """What the applicant left open when he handed in (容缺), and the originals he has still to bring; by `due`, if there is
    one: the clock of it is at `order`. `later`: it follows from what was filled in since (补填), and no receipt has told of it.
    """

    event: Literal["supplements_deferred"] = "supplements_deferred"
    order: str
    supplements: tuple[Supplement, ...]
    due: Due | None = None
    later: bool = False


class SupplementsAsked(Frozen):
    """一次性告知: all that a steward wants for an order, by `due`; `reason` where he asks for more than the first time."""

    event: Literal["supplements_asked"] = "supplements_asked"
    order: str
    steward: str
    supplements: tuple[Supplement, ...]
    due: Due
    reason: str = ""


class SupplementsHandedIn(Frozen):
    """It came in."""

    event: Literal["supplements_handed_in"] = "supplements_handed_in"
    handed: tuple[Handed, ...]


class SupplementAccepted(Frozen):
    """The steward has looked at it: it will do."""

    event: Literal["supplement_accepted"] = "supplement_accepted"
    order: str
    steward: str
    supplement: str


class SupplementReturned(Frozen):
    """It will not do: this is wrong with it, and it is to come again by `due`."""

    event: Literal["supplement_returned"] = "supplement_returned"
    order: str
    steward: str
    supplement: str
    wrong: str
    due: Due


class SupplementWaived(Frozen):
    """It is not needed after all."""

    event: Literal["supplement_waived"] = "supplement_waived"
    order: str
    steward: str
    supplement: str


class OriginalReceived(Frozen):
    """The stamped original is with the staff (X127)."""

    event: Literal["original_received"] = "original_received"
    order: str
    by: str
    supplement: str


class SupplementsReminded(Frozen):
    """The applicant is reminded of what is lacking, in good time."""

    event: Literal["supplements_reminded"] = "supplements_reminded"
    order: str
    about: Supplementing
    share: int


class SupplementsOverdue(Frozen):
    """It did not come in time: he has until `due`, or it rests with him until it comes (退回), and nothing is lost."""

    event: Literal["supplements_overdue"] = "supplements_overdue"
    order: str
    about: Supplementing
    share: int
    due: Due | None = None
