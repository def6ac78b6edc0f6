"""Who has an enquiry, as people are told it: name, body and telephone (J41, J46)."""

from dataclasses import dataclass
from typing import Final

from model.county import County
from model.enquiry import Holder
from model.staff import Staff

SHOWN: Final = 24
"""Characters of a question by which it is known again."""


@dataclass(frozen=True, slots=True)
class Called:
    """A member of staff with his body, or a body or window by itself (`body` is empty then)."""

    name: str
    body: str
    phone: str


def called(holder: Holder, county: County, staff: Staff | None) -> Called:
    """The holder in words; `staff` is he, if it is a member of staff. One who is gone is called by the window."""
    if staff is not None:
        return Called(staff.name, county.body[staff.body].short, staff.phone)
    if holder.kind == "body" and holder.id in county.body:
        body = county.body[holder.id]
        return Called(body.name, "", body.phone)
    return Called(county.help.window, "", county.help.hotline)


def short(words: str) -> str:
    """A question as it is quoted: one line of it, as much as is needed to know it again."""
    line = " ".join(words.split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}…"
