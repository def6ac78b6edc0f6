"""定期通报, as it is issued: the figures of a month that never change afterwards, and what was objected to them (J34)."""

import datetime as dt
from typing import Literal

from model.frozen import Frozen
from model.talk_record import TalkFigures

Figure = Literal[
    "opened", "closed", "on_time", "contact", "first_surveys", "overdue", "unreached", "consulted", "agreed", "other"
]  # fmt: skip
"""What an objection is about."""


class Kept(Frozen):
    """A limit that was met: of `of` so many (`good`) in time. `name` is the step's, as it was called then."""

    step: str
    name: str
    good: int
    of: int


class BodyFigures(Frozen):
    """The figures of one body, under the name it had then; what each means is said by `routing.bulletin.Figures`.

    `contact_seconds` is the working time from the push to the first contact, of all `contacts` together.
    """

    body: str
    name: str
    opened: int
    closed: int
    on_time: tuple[Kept, ...]
    contacts: int
    contact_seconds: int
    passed: int
    surveyed: int
    overdue: int
    unreached: int
    consulted: int
    agreed_kept: int
    agreed: int


class Bulletin(Frozen):
    """A month of a county, counted at `counted_at` over what had been recorded then, by the rules (统计口径) printed with it.

    `talks` of people with staff in the chat; None where there are none to be had.
    """

    county: str
    month: dt.date
    counted_at: dt.datetime
    bodies: tuple[BodyFigures, ...]
    talks: TalkFigures | None = None
    rules: tuple[str, ...]


class Issued(Frozen):
    """A bulletin and who issued it: it is frozen."""

    bulletin: Bulletin
    by: str
    at: dt.datetime


class Objection(Frozen):
    """异议: what somebody holds to be wrong in an issued bulletin, and the answer.

    `body` and `figure` say which figure. `corrects`: the answer says what would be right; the figure itself stays as it was issued.
    """

    county: str
    month: dt.date
    number: int
    by: str
    at: dt.datetime
    body: str
    figure: Figure
    words: str
    answer: str = ""
    corrects: bool = False
    answered_by: str = ""
    answered_at: dt.datetime | None = None
