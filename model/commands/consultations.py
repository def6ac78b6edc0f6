"""会商: asked for, convened, held, and what was agreed is done (X57, J34)."""

import datetime as dt
from typing import Literal

from model.frozen import Frozen


class OfConsultations(Frozen):
    """A command about a consultation."""


class AskConsultation(OfConsultations):
    """提请会商: these bodies (none named: all with open orders) should sit together about the case."""

    do: Literal["ask_consultation"] = "ask_consultation"
    order: str
    reason: str
    words: str = ""
    bodies: tuple[str, ...] = ()


class NameConsultation(OfConsultations):
    """定会商时间: when and where; a later one moves it."""

    do: Literal["name_consultation"] = "name_consultation"
    consultation: str
    at: dt.datetime
    place: str


class DeclineConsultation(OfConsultations):
    """不开: and why."""

    do: Literal["decline_consultation"] = "decline_consultation"
    consultation: str
    reason: str


class RecordConsultation(OfConsultations):
    """会商纪要: what was decided, and in plain words what the applicant hears of it."""

    do: Literal["record_consultation"] = "record_consultation"
    consultation: str
    decision: str
    public: str


class GiveItem(OfConsultations):
    """议定事项: what a body does by when."""

    do: Literal["give_item"] = "give_item"
    consultation: str
    body: str
    words: str
    day: dt.date


class SettleConsultation(OfConsultations):
    """事项记完了: nothing is to be added."""

    do: Literal["settle_consultation"] = "settle_consultation"
    consultation: str


class TickItem(OfConsultations):
    """已办: what a body was to do is done."""

    do: Literal["tick_item"] = "tick_item"
    item: str


class RemindOfConsultation(OfConsultations):
    """The clock: the time comes near, a day has come, or something is overdue; `what` as `model.consultation.Ring` has it."""

    do: Literal["remind_consultation"] = "remind_consultation"
    consultation: str
    what: str
    number: int
