"""What is still to come from the applicant: left open when he handed in (容缺, X47), or asked for since (补正)."""

import datetime as dt
from typing import Literal

from model.frozen import Frozen
from model.values import StoredFile, Value

SupplementState = Literal["open", "received", "accepted", "waived"]

OWN_WORDS = "~"
"""So begins the id of what a steward wants in his own words; a field's never does."""


class Supplement(Frozen):
    """One thing that is still to come, for these orders: a field of the form (`id`), or what a steward wants in his `words`.

    `asked`: a steward asked for it (补正), and limits stand still for it; else it was left open (容缺). `original`: the paper
    itself is wanted, and only staff who hold it in their hands can say that it is there (X127). `wrong`: what was wrong
    with what came in last.
    """

    id: str
    orders: tuple[str, ...]
    words: str = ""
    asked: bool = False
    original: bool = False
    state: SupplementState = "open"
    files: tuple[StoredFile, ...] = ()
    value: Value | None = None
    wrong: str = ""
    received_at: dt.datetime | None = None
    original_at: dt.datetime | None = None

    @property
    def lacking(self) -> bool:
        """Whether the applicant has still to do something for it."""
        return self.state == "open" or self.paper_lacking

    @property
    def paper_lacking(self) -> bool:
        """Whether the stamped original has still to be brought."""
        return self.original and self.original_at is None and self.state != "waived"


class Correction(Frozen):
    """How often a steward has asked for more (补正) for an order, and when it was given back because nothing came (退回)."""

    times: int = 0
    returned_at: dt.datetime | None = None
