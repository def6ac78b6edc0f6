"""What a county decides about consultations (会商, X57, J34) and about who leads a case (一家牵头, X22)."""

import datetime as dt
from typing import Literal

from pydantic import Field as Setting

from model.calendar import Length
from model.frozen import Frozen
from model.meeting_rules import ReminderRule

ConsultAct = Literal[
    "ask_consultation", "name_consultation", "decline_consultation", "record_consultation", "give_item"
]
"""What is done about a consultation and asks more than a tap."""


class LeadRule(Frozen):
    """一家牵头 (X22): of these services the first that is in the case gives the unit that leads it, unless its survey is led."""

    services: tuple[str, ...] = Setting(min_length=1)


class ConsultationRule(Frozen):
    """会商: what it is called here, and who convenes it: the body of this id, or (`lead`) whichever leads the case.

    He names a time, or declines, within `reply_within`; it is held within `within`, both counted from the asking. Those
    invited are reminded as `reminders` say; of what binds a body it is reminded on its day at `items_at`, and once that day
    is over whoever watches is told. None of it stops the limit of an order.
    """

    name: str = "会商"
    convened_by: str = "lead"
    reply_within: Length
    within: Length
    reminders: ReminderRule = ReminderRule()
    items_at: dt.time = dt.time(9)
    forms: dict[ConsultAct, str]
