"""What came of reading a message as the answer to one field: errors are values with a reason a person can act on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from model.calendar import WorkingCalendar
from model.draft import Answer, Certainty
from model.values import Value


@dataclass(frozen=True, slots=True)
class Understood:
    """A valid value. `warnings` are codes of remarks that do not refuse it (texts: `warnings.<code>`)."""

    value: Value
    warnings: tuple[str, ...] = ()
    certainty: Certainty = "said"


@dataclass(frozen=True, slots=True)
class Partial:
    """Understood so far, but `want` is still missing (`phone`, `unit`, `count`, `note`, `time`, `half`).

    `so_far` is what was understood in words, to be read together with what follows; empty: the message itself.
    """

    want: str
    about: Mapping[str, str] = field(default_factory=dict)
    so_far: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Not a valid answer: the code of the reason (texts: `reasons.<code>`) and what to fill in it."""

    code: str
    about: Mapping[str, str] = field(default_factory=dict)


Reading = Understood | Partial | Refusal


@dataclass(frozen=True, slots=True)
class Context:
    """What reading an answer may depend on besides the field: the county's area code, the time, the other answers."""

    now: datetime
    area_code: str
    calendar: WorkingCalendar
    answers: Mapping[str, Answer]
