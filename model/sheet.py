"""联合踏勘意见表 (附件3): what a survey led by a body has found, row by row, and what is still to follow (X32, X150–X159)."""

import datetime as dt
from typing import Final

from model.frozen import Frozen
from model.order import Opinion

ROWS: Final = "rows"
"""The alarm of rows that are missing."""


class Row(Frozen):
    """A department of the sheet (X156): `officer` is the staff id who hears of it, any colleague of his may answer.

    `surveyor` is named where somebody else wrote the row down for him. The rows of the units that build are their orders'
    own opinions.
    """

    body: str
    officer: str | None = None
    surveyor: str = ""
    opinion: Opinion | None = None
    basis: str = ""


class Settled(Frozen):
    """An item was handed in (`done`), or is carried over beyond the case, and in whose words."""

    done: bool
    words: str
    by: str
    at: dt.datetime


class FollowUp(Frozen):
    """容缺后补 (X40): what a row with 待整改 leaves to be handed in by `body` once the permit is there.

    `permit`: the application that was granted, so that nothing is waited for any more.
    """

    id: str
    body: str
    order: str | None = None
    text: str
    due: dt.date | None = None
    opened_at: dt.datetime
    permit: str | None = None
    settled: Settled | None = None


class Promise(Frozen):
    """承诺完成时限 (X155): the day, and the number of working days it was given as, if it was."""

    day: dt.date
    days: int | None = None


class Part(Frozen):
    """What a body has to do about the sheet of a case: who of it is told, and whether anything is left."""

    body: str
    staff: str | None
    open: bool


class SheetAlarm(Frozen):
    """The clock reminds of something about the sheet at this time; `number` tells one from an earlier one."""

    at: dt.datetime
    number: int


class Sheet(Frozen):
    """The sheet of a case; its head stands in the case and in what was handed in (X150–X154).

    `organiser` is the staff id of the 踏勘组织联络人 at the body that leads (X153). `passed`: the conclusion once every row
    has its opinion (X158). `again_at`: the failed departments come again then. `copies`: the bodies that have theirs (X42).
    `alarms`: of the rows (`ROWS`), and of each item that comes due, by its id.
    """

    organiser: str | None = None
    rows: tuple[Row, ...] = ()
    passed: bool | None = None
    again_at: dt.datetime | None = None
    promise: Promise | None = None
    follow_ups: tuple[FollowUp, ...] = ()
    copies: tuple[str, ...] = ()
    returned_at: dt.datetime | None = None
    alarms: dict[str, SheetAlarm] = {}

    def row(self, body: str) -> Row | None:
        """The row of a department."""
        return next((row for row in self.rows if row.body == body), None)

    @property
    def wanted(self) -> tuple[Row, ...]:
        """The rows that are still to be filled in: the missing ones, and those of whoever comes again."""
        return tuple(
            row for row in self.rows if row.opinion is None or (self.again_at is not None and not row.opinion.passes)
        )

    @property
    def ringing(self) -> dict[str, SheetAlarm]:
        """The alarms that still have somebody to remind."""
        left = {item.id for item in self.open_items} | ({ROWS} if self.wanted and not self.passed else set())
        return {name: one for name, one in self.alarms.items() if name in left}

    @property
    def open_items(self) -> tuple[FollowUp, ...]:
        """What has still to be handed in."""
        return tuple(item for item in self.follow_ups if item.settled is None)
