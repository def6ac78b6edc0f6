"""What a telephone application left open is filled in, and confirmed (X26)."""

from typing import Literal

from model.draft import Answer
from model.frozen import Frozen


class FillForm(Frozen):
    """Answers to fields of the form that were left open. A steward fills in the common ones and those of his `order` (X19).

    `more`: he is still at it; only after the last of them the applicant hears what was written.
    """

    do: Literal["fill_form"] = "fill_form"
    order: str | None = None
    answers: dict[str, Answer]
    more: bool = False


class ConfirmForm(Frozen):
    """What was filled in for the applicant is right: he says so himself, or has heard it on the telephone (`order`: by whom)."""

    do: Literal["confirm_form"] = "confirm_form"
    order: str | None = None
