"""What a county decides about promised dates that pass (X35, J30)."""

from typing import Literal

from pydantic import Field as Setting

from model.calendar import Length
from model.frozen import Frozen

Promised = Literal["scheme", "construction"]
"""The steps for which somebody promises a day."""


class VisitDelay(Frozen):
    """An agreed visit whose hour has passed and of which nothing is reported: so long after it those who were to come are
    asked, so long after it the applicant hears that it is late (O). `form` is where the reason is given.
    """

    ask: Length
    tell: Length
    form: str


class DelayRule(Frozen):
    """Of these steps the promised day is spoken of when it has passed; so long who has the order may take for a reason (O).

    `form` is where he gives the reason and the new day.
    """

    steps: tuple[Promised, ...] = Setting(min_length=1)
    answer: Length
    form: str
    visits: VisitDelay | None = None
