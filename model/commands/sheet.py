"""The sheet of a survey that is led (附件3): departments, rows, copies (X37–X42, X155)."""

import datetime as dt
from typing import Literal

from model.frozen import Frozen
from model.site import SitePapers


class ChooseDepartments(Frozen):
    """勘验部门: which departments survey, by id or short name (X37)."""

    do: Literal["departments"] = "departments"
    departments: tuple[str, ...]


class GiveRow(Frozen):
    """A department's opinion on the spot (X38), by itself, or written down for `surveyor` by the body that leads."""

    do: Literal["row"] = "row"
    body: str
    opinion: str
    remark: str = ""
    basis: str = ""
    surveyor: str = ""
    due: dt.date | None = None
    site: SitePapers = SitePapers()


class RemindDepartments(Frozen):
    """催意见: the departments whose rows are missing are asked for them."""

    do: Literal["remind_rows"] = "remind_rows"


class RemindOfSheet(Frozen):
    """The clock: rows are missing, or an item comes due; `number` is that of the alarm."""

    do: Literal["remind_sheet"] = "remind_sheet"
    what: str
    number: int


class ReplaceOfficer(Frozen):
    """Whoever did this for his body does not serve any more; a colleague does."""

    do: Literal["replace_officer"] = "replace_officer"
    body: str
    previous: str


class RepeatSurvey(Frozen):
    """再看一次: the departments that failed it come again at this time."""

    do: Literal["repeat_survey"] = "repeat_survey"
    at: dt.datetime


class PromiseCompletion(Frozen):
    """承诺完成时限 (X155): in so many working days, or by a day."""

    do: Literal["promise"] = "promise"
    days: int | None = None
    day: dt.date | None = None


class KeepCopy(Frozen):
    """副本已收: a body has its copy of the sheet (X42)."""

    do: Literal["keep_copy"] = "keep_copy"
    body: str


class ReturnCopy(Frozen):
    """窗口已收: the body that leads has returned one to the window (X42)."""

    do: Literal["return_copy"] = "return_copy"
