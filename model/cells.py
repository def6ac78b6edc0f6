"""Cells of the form that staff fill in, and what stands in one (X97–X99, X146, J75, J88–J89)."""

import datetime as dt
from typing import Literal

from pydantic import Field as Setting

from model.frozen import Frozen
from model.values import Value

Known = Literal["taker", "taken_on", "body", "first_body", "registrar"]
"""What a case says of itself: who took the order and on which day, which body has it, where it came in, who entered it."""


class CellRule(Frozen):
    """A cell of the application form that the applicant never fills in.

    `known`: the case says it itself, until somebody writes something else; `options` are the bodies' boxes where it is the
    `body`. `claims`: where the district does not tell which body it is, these are asked, and whose box is ticked first has
    the order; who has it wrongly can hand it over. `tell`: the applicant hears of what was written.
    """

    field: str
    known: Known | None = None
    options: dict[str, str] = {}
    claims: bool = False
    tell: bool = False


class CellsRule(Frozen):
    """Cells that belong together: `service` has them filled in by its body, in the small form `form`; None: by nobody.

    Once nothing is left to write, `mend_form` puts something right; None: the same one.
    """

    service: str | None = None
    form: str | None = None
    mend_form: str | None = None
    cells: tuple[CellRule, ...] = Setting(min_length=1)


class Filled(Frozen):
    """What a member of staff has written into a cell."""

    value: Value
    by: str
    at: dt.datetime


class Taken(Frozen):
    """Who took an order for the body that has it, and when."""

    by: str
    at: dt.datetime
