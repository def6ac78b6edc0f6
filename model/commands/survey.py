"""The survey (踏勘): its time and the opinions given at it (X30, X36, X38)."""

import datetime as dt
from typing import Literal

from model.frozen import Frozen


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
    """The applicant asks for another time, in his own words or as an instant."""

    do: Literal["move_survey"] = "move_survey"
    appointment: str
    sequence: int
    wish: str


class GiveOpinion(Frozen):
    """踏勘意见."""

    do: Literal["opinion"] = "opinion"
    order: str
    opinion: str
    remark: str = ""
