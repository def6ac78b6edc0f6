"""When people can come: windows of time, and a search for one that suits everybody (X30, X36, J26)."""

import datetime as dt
from typing import Literal

from model.frozen import Frozen

Meeting = Literal["survey", "acceptance", "connection"]
"""What people meet for: 踏勘, 验收, 接通."""

Visit = Literal["acceptance", "connection"]
"""What people meet for after the works, where a county has it by appointment (X51, X53)."""

APPLICANT = "applicant"
"""The applicant among those who are asked; the others are staff ids."""


class Window(Frozen):
    """From one instant to a later one, the end not included."""

    start: dt.datetime
    end: dt.datetime


class Gathering(Frozen):
    """约时间: everybody bound by an appointment is asked when he can come, round after round (X30).

    `asked`: those who are asked, the applicant and staff ids; `offers`: the half-days shown to each; `times`: when each
    of them said he can come. A time is looked for until `limit`; at `closes` those who are silent are left out
    (`closed`). Once nothing has met, `decider` (a staff id, or the county for its window) decides; `candidates` suit most.
    `holding`: nobody is asked yet, orders that are nearly ready are waited for until `closes` (X54).
    """

    orders: tuple[str, ...]
    kind: Meeting = "survey"
    round: int = 1
    state: Literal["holding", "asking", "deciding", "settled"] = "asking"
    asked: tuple[str, ...]
    closed: bool = False
    offers: dict[str, tuple[Window, ...]] = {}
    times: dict[str, tuple[Window, ...]] = {}
    closes: dt.datetime
    limit: dt.datetime
    decider: str = ""
    candidates: tuple[dt.datetime, ...] = ()

    @property
    def silent(self) -> tuple[str, ...]:
        """Those who have not said when they can come."""
        return tuple(one for one in self.asked if one not in self.times)


class Reminder(Frozen):
    """An appointment is to be reminded of at this instant: the day before, or shortly before."""

    which: Literal["day", "hour"]
    at: dt.datetime
