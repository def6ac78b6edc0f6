"""电话报装: the form that was left open, what is filled in since, and the applicant's yes (X24, X26)."""

from typing import Literal

from model.draft import Answer
from model.frozen import Frozen


class FormLeftOpen(Frozen):
    """The case began by telephone with these answers; the fields `lacking` are to follow (待补充)."""

    event: Literal["form_left_open"] = "form_left_open"
    answers: dict[str, Answer]
    lacking: tuple[str, ...]
