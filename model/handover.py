"""Codes by which a matter that the hotline keeps for a caller is handed over to him in WeChat (交接码)."""

import datetime as dt
import re
from typing import Annotated, Final, Literal

from pydantic import Field as Setting
from stdnum import verhoeff

from model.frozen import Frozen

DRAWN: Final = 8
"""Digits of a code that are drawn; one more checks them. A hundred codes may be open, and a guess hits one in a million."""
LENGTH: Final = DRAWN + 1
TAIL: Final = 4
"""So many digits at the end of the phone number show that it is he."""
TRIES: Final = 3
"""Wrong ends of a number, whoever says them: then the code is dead."""
WRONG_A_DAY: Final = 5
"""Of codes that there are not and of wrong ends of numbers, in all, from one person within a day."""
_CODE: Final = re.compile(rf"[0-9]{{{LENGTH}}}", re.ASCII)


class HandoverRule(Frozen):
    """How many days a code can be used; of 30 the platform's QR code ends as well (platform rule: 2 592 000 seconds)."""

    days: int = Setting(default=3, ge=1, le=30)


class OfCase(Frozen):
    """A case that the hotline has registered for a caller."""

    kind: Literal["case"] = "case"
    case: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.case}"


class OfDraft(Frozen):
    """A form that a clerk has begun to fill in for a caller: the draft of this intake, or the case that has come of it since."""

    kind: Literal["draft"] = "draft"
    intake: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.intake}"


Target = Annotated[OfCase | OfDraft, Setting(discriminator="kind")]

State = Literal["open", "used", "dead", "void"]
"""`dead`: of wrong ends of the number; `void`: the hotline has made another code since."""


class Handover(Frozen):
    """A code as it is kept: for what, by whom it was made, until when it is good, and what became of it."""

    county: str
    target: Target
    by: str
    made_at: dt.datetime
    until: dt.datetime
    state: State = "open"
    tries: int = 0

    def usable(self, now: dt.datetime) -> bool:
        """Whether it still hands anything over."""
        return self.state == "open" and now <= self.until


def target_of(text: str) -> Target:
    """The target as it is kept. Raises `ValueError` for what this program does not know."""
    match text.partition(":"):
        case ("case", _, name) if name:
            return OfCase(case=name)
        case ("draft", _, name) if name:
            return OfDraft(intake=name)
        case (kind, _, _):
            raise ValueError(f"no target of a handover: {kind}")


def code_of(drawn: str) -> str:
    """The code of these drawn digits: with one at the end that tells a slip of the ear or of the finger (Verhoeff)."""
    return drawn + str(verhoeff.calc_check_digit(drawn))


def is_code(text: str) -> bool:
    """Whether this can be a code at all: one wrong digit, or two that changed places, and it cannot."""
    return _CODE.fullmatch(text) is not None and bool(verhoeff.is_valid(text))


def aloud(code: str) -> str:
    """A code as it is told on the telephone: in threes."""
    return " ".join(code[n : n + 3] for n in range(0, len(code), 3))


def tail_of(phone: str) -> str:
    """The end of a phone number that is asked for; empty if it has not so many digits."""
    digits = "".join(one for one in phone if one.isascii() and one.isdecimal())
    return digits[-TAIL:] if len(digits) >= TAIL else ""
