"""催办 and the answer to it."""

from typing import Literal

from model.calendar import Due
from model.events.clock import Told
from model.frozen import Frozen


class Urged(Frozen):
    """催办: the applicant wants to hear of these orders, by `due` he gets an answer; `told` are the heads who hear of it too."""

    event: Literal["urged"] = "urged"
    orders: tuple[str, ...]
    due: Due
    told: tuple[Told, ...] = ()


class UrgeAnswered(Frozen):
    """The answer to him; `steward` is the staff id of whoever gave it."""

    event: Literal["urge_answered"] = "urge_answered"
    order: str
    steward: str
    text: str
