"""会商: asked for, convened, held, and what was agreed is done (X57, J34)."""

import datetime as dt
from typing import Literal

from model.consultation import Invited, Item, Ring
from model.events.clock import Told
from model.frozen import Frozen
from model.times import Reminder


class OfConsultation(Frozen):
    """Something happened about a consultation."""

    consultation: str


class ConsultationAsked(OfConsultation):
    """Somebody who works on the case asks for it (`window`: the window does); it lies with the `officer` of the body that
    convenes.
    """

    event: Literal["consultation_asked"] = "consultation_asked"
    order: str
    by: str
    window: bool = False
    reason: str
    words: str = ""
    bodies: tuple[str, ...]
    convener: str
    officer: str | None
    rings: tuple[Ring, ...]


class ConsultationNamed(OfConsultation):
    """Its time and place; `sequence` above 1: it was moved."""

    event: Literal["consultation_named"] = "consultation_named"
    officer: str
    at_time: dt.datetime
    place: str
    sequence: int
    invited: tuple[Invited, ...]
    reminders: tuple[Reminder, ...]


class ConsultationDeclined(OfConsultation):
    """It is not held, and why; without a reason: the case came to its end."""

    event: Literal["consultation_declined"] = "consultation_declined"
    officer: str
    reason: str


class ConsultationNear(OfConsultation):
    """Those invited were reminded; of a body whose member has left it is who speaks for it now."""

    event: Literal["consultation_near"] = "consultation_near"
    at_time: dt.datetime
    which: Literal["day", "hour"]
    invited: tuple[Invited, ...]


class ConsultationLate(OfConsultation):
    """The convener has not answered in time (`reply`), or it was not held in time (`hold`); who was told."""

    event: Literal["consultation_late"] = "consultation_late"
    what: Literal["reply", "hold"]
    told: tuple[Told, ...]


class ConsultationHeld(OfConsultation):
    """What was decided; `public` is what the applicant is told of it."""

    event: Literal["consultation_held"] = "consultation_held"
    officer: str
    decision: str
    public: str


class ItemGiven(OfConsultation):
    """What a body is to do by when."""

    event: Literal["consultation_item_given"] = "consultation_item_given"
    item: Item


class ConsultationSettled(OfConsultation):
    """All that was agreed is written down."""

    event: Literal["consultation_settled"] = "consultation_settled"


class ItemDue(OfConsultation):
    """The day of what a body is to do has come; `staff` is who of it hears so."""

    event: Literal["consultation_item_due"] = "consultation_item_due"
    name: str
    body: str
    staff: str | None


class ItemLate(OfConsultation):
    """Its day is over; who was told."""

    event: Literal["consultation_item_late"] = "consultation_item_late"
    name: str
    told: tuple[Told, ...]


class ItemDone(OfConsultation):
    """已办."""

    event: Literal["consultation_item_done"] = "consultation_item_done"
    name: str
    by: str
