"""What happens while a person talks to staff, and the program is silent (人工会话, ADR 41)."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from model.human import HumanLine, HumanTalk

EndedBy = Literal["applicant", "staff", "time"]


@dataclass(frozen=True, slots=True)
class HumanOpened:
    """人工, or speech without words (`voice`): staff are to answer here, and the program is silent until that ends.

    `back`: from when on they are there, None: they are now. `before`: the talk there was before; `again`: it was on already.
    """

    voice: bool
    back: dt.datetime | None
    before: HumanTalk | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class HumanChanged:
    """Something was kept in the talk with staff, or somebody took it: nothing is said."""


@dataclass(frozen=True, slots=True)
class HumanStill:
    """The menu or a code was used while he talks to staff."""


@dataclass(frozen=True, slots=True)
class HumanSaid:
    """Staff have said this."""

    line: HumanLine


@dataclass(frozen=True, slots=True)
class HumanEnded:
    """The talk is over. `left` are lines to which staff have said nothing: ended by time, they become an enquiry."""

    by: EndedBy
    name: str = ""
    left: tuple[HumanLine, ...] = ()
    waited: bool = False


@dataclass(frozen=True, slots=True)
class NoHuman:
    """结束人工, where nobody talks to staff."""
