"""The survey (踏勘): its time and the opinions given at it (X30, X36, X38)."""

import datetime as dt
from typing import Literal

from model.frozen import Frozen
from model.site import SitePapers
from model.times import Meeting, Reminder, Window


class SurveyProposed(Frozen):
    """A time was proposed for these orders; `sequence` counts the proposals of one appointment.

    `unable`: those of them who had not said, when asked, that they can come then.
    """

    event: Literal["survey_proposed"] = "survey_proposed"
    appointment: str
    at_time: dt.datetime
    orders: tuple[str, ...]
    steward: str
    sequence: int
    kind: Meeting = "survey"
    unable: tuple[str, ...] = ()


class SurveyAgreed(Frozen):
    """The applicant agreed; everyone bound is told (X36)."""

    event: Literal["survey_agreed"] = "survey_agreed"
    appointment: str
    at_time: dt.datetime
    orders: tuple[str, ...]
    sequence: int
    reminders: tuple[Reminder, ...] = ()


class SurveyMoved(Frozen):
    """The applicant, or the steward `by`, asked for another time; `windows`: when he can come, if his words say it."""

    event: Literal["survey_moved"] = "survey_moved"
    appointment: str
    orders: tuple[str, ...]
    sequence: int
    wish: str
    windows: tuple[Window, ...] = ()
    by: str = ""


class SurveyReleased(Frozen):
    """The time of a survey is given up: whoever took over an order is elsewhere then; another one is to be agreed."""

    event: Literal["survey_released"] = "survey_released"
    appointment: str
    at_time: dt.datetime
    orders: tuple[str, ...]
    sequence: int


class SurveyJoined(Frozen):
    """These orders go on after all, or were `added`, and come along to the joint survey that has not been held yet (X30)."""

    event: Literal["survey_joined"] = "survey_joined"
    appointment: str
    at_time: dt.datetime
    orders: tuple[str, ...]
    sequence: int
    added: bool = False


class OpinionGiven(Frozen):
    """A body gave its survey opinion on the spot (X38)."""

    event: Literal["opinion_given"] = "opinion_given"
    order: str
    steward: str
    opinion: str
    remark: str
    passes: bool
    site: SitePapers = SitePapers()
