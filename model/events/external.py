"""外线工程, as a unit finds it after its first look (R6, X33)."""

import datetime as dt
from typing import Literal

from model.frozen import Frozen


class ExternalLineSet(Frozen):
    """Works outside the red line are needed: `lead` leads the survey from now on, a joint one (X31).

    `given_up` is the survey time that does not stand any more, for others have to come too.
    """

    event: Literal["external_line_set"] = "external_line_set"
    order: str
    reason: str
    lead: str
    given_up: dt.datetime | None = None


class ExternalLineCleared(Frozen):
    """They are not needed after all: nobody leads, and the sheet is none; `joint` by the number of services (X30)."""

    event: Literal["external_line_cleared"] = "external_line_cleared"
    order: str
    reason: str
    joint: bool
    lead: str
    organiser: str | None = None
    officers: tuple[str, ...] = ()
    given_up: dt.datetime | None = None
