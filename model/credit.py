"""信用记录 (X60): what staff note of whoever cheated, with grounds, confirmed by a second person; no automatism reads it."""

import datetime as dt
from typing import Literal

from pydantic import Field as Setting

from model.frozen import Frozen
from model.staff import Duty

CreditState = Literal["proposed", "noted", "objected", "upheld"]


class CreditGround(Frozen):
    """A ground on which something may be noted, with the rule that says so."""

    id: str
    text: str
    source: str


class CreditRule(Frozen):
    """The grounds of a county, and who may confirm a note or decide on an objection."""

    grounds: tuple[CreditGround, ...] = Setting(min_length=1)
    confirmed_by: tuple[Duty, ...] = Setting(default=("lead", "supervisor"), min_length=1)

    def ground(self, name: str) -> CreditGround | None:
        """The ground with this id."""
        return next((one for one in self.grounds if one.id == name), None)


class CreditNote(Frozen):
    """A note about the applicant of a case: who noted which facts, who confirmed them, what was said against it.

    `by`, `confirmed_by`, `heard_by` and `decided_by` are staff ids. One whose objection succeeds is deleted, not marked.
    """

    id: str
    county: str
    case: str
    number: str
    ground: str
    facts: str
    by: str
    at: dt.datetime
    state: CreditState = "proposed"
    confirmed_by: str = ""
    confirmed_at: dt.datetime | None = None
    objection: str = ""
    heard_by: str = ""
    objected_at: dt.datetime | None = None
    answer: str = ""
    decided_by: str = ""
    decided_at: dt.datetime | None = None
    version: int = 1
