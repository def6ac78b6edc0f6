"""The sheet of a survey that is led (附件3): departments, rows, copies (X37–X42, X155–X158)."""

import datetime as dt
from typing import Literal

from model.frozen import Frozen
from model.site import SitePapers


class Department(Frozen):
    """A body that surveys, and who of it is told; None: nobody of it can be reached in chat."""

    body: str
    officer: str | None = None


class SheetOpened(Frozen):
    """`lead` has the survey to organise; these departments are to come unless the window chooses others (X31, X37)."""

    event: Literal["sheet_opened"] = "sheet_opened"
    lead: str
    organiser: str | None
    departments: tuple[Department, ...]


class DepartmentsChosen(Frozen):
    """These departments survey, in this order; `dropped` need not come."""

    event: Literal["departments_chosen"] = "departments_chosen"
    departments: tuple[Department, ...]
    added: tuple[str, ...] = ()
    dropped: tuple[Department, ...] = ()


class RowGiven(Frozen):
    """A department's opinion; `by` is the staff id of whoever entered it, `surveyor` the name he entered it for."""

    event: Literal["row_given"] = "row_given"
    body: str
    by: str
    surveyor: str = ""
    opinion: str
    remark: str
    basis: str = ""
    passes: bool
    due: dt.date | None = None
    site: SitePapers = SitePapers()


class RowsReminded(Frozen):
    """These departments are asked for their rows once more."""

    event: Literal["rows_reminded"] = "rows_reminded"
    departments: tuple[Department, ...]


class SheetAlarmSet(Frozen):
    """The clock will remind of the rows, or of an item, at this time, unless nothing is missing by then."""

    event: Literal["sheet_alarm_set"] = "sheet_alarm_set"
    what: str
    at_time: dt.datetime


class OfficerReplaced(Frozen):
    """`officer` of the same body does what the other had to do about the sheet; None: nobody of it can be reached."""

    event: Literal["officer_replaced"] = "officer_replaced"
    body: str
    previous: str
    officer: str | None


class SheetConcluded(Frozen):
    """Every row has its opinion: the conclusion (X158). Not `passed`: these bodies found it wanting."""

    event: Literal["sheet_concluded"] = "sheet_concluded"
    passed: bool
    failed: tuple[str, ...] = ()


class SurveyRepeated(Frozen):
    """The departments that failed it come again at this time."""

    event: Literal["survey_repeated"] = "survey_repeated"
    at_time: dt.datetime
    departments: tuple[Department, ...]


class CompletionPromised(Frozen):
    """承诺完成时限: the day; `days` if it was given in working days."""

    event: Literal["completion_promised"] = "completion_promised"
    day: dt.date
    days: int | None = None


class CopyKept(Frozen):
    """A body has its copy of the sheet."""

    event: Literal["copy_kept"] = "copy_kept"
    body: str
    by: str


class CopyReturned(Frozen):
    """The window has the copy that the leading body returns."""

    event: Literal["copy_returned"] = "copy_returned"
    by: str
