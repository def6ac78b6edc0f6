"""The survey (踏勘): its time and the opinions given at it (X30, X36, X38)."""

import datetime as dt
from typing import Literal

from model.frozen import Frozen
from model.site import SitePapers
from model.times import Window


class ProposeSurvey(Frozen):
    """约踏勘: the steward proposes a time (start instant)."""

    do: Literal["propose_survey"] = "propose_survey"
    order: str
    at: dt.datetime


class AgreeSurvey(Frozen):
    """The applicant agrees to the proposed time; `sequence` is that of the proposal he saw."""

    do: Literal["agree_survey"] = "agree_survey"
    appointment: str
    sequence: int


class MoveSurvey(Frozen):
    """The applicant, or a steward of a joint survey, asks for another time; `windows`: what his words say of it.

    The applicant names the proposal he saw, a steward his `order`.
    """

    do: Literal["move_survey"] = "move_survey"
    appointment: str = ""
    sequence: int = 0
    order: str = ""
    wish: str
    windows: tuple[Window, ...] = ()


class GiveOpinion(Frozen):
    """踏勘意见."""

    do: Literal["opinion"] = "opinion"
    order: str
    opinion: str
    remark: str = ""
    site: SitePapers = SitePapers()
