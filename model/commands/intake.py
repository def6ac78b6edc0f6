"""Who takes an order, who is given it, and what of a case is moved or amended."""

from typing import Literal

from model.frozen import Frozen


class Take(Frozen):
    """接单: the steward takes the task."""

    do: Literal["take"] = "take"
    order: str


class Assign(Frozen):
    """The window decides which body acts, and who of it; without a `steward` the one with the fewest open tasks.

    The head of a body gives what his body has to another of it (转派), with a `reason` if he likes.
    `anew`: the new steward is elsewhere at the time of the survey, so that another one is to be found.
    """

    do: Literal["assign"] = "assign"
    order: str
    body: str
    steward: str | None = None
    anew: bool = False
    reason: str = ""


class Move(Frozen):
    """The county moves an open case to a newer version of its process."""

    do: Literal["move"] = "move"
    to: int


class Amend(Frozen):
    """更正: the applicant, or staff for him, says what is wrong in what was handed in, and what is right.

    `field`: the field of the form that it is about, if it is known.
    """

    do: Literal["amend"] = "amend"
    wish: str
    field: str = ""


class AnswerAmendment(Frozen):
    """Whoever has an order says to the amendment of this number (from 1) that it is done so, or in `words` why it cannot be."""

    do: Literal["answer_amendment"] = "answer_amendment"
    order: str
    amendment: int
    agrees: bool
    words: str = ""
