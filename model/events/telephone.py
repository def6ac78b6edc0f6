"""电话报装: the form that was left open, what is filled in since, and the applicant's yes (X24, X26)."""

from typing import Literal

from model.draft import Answer
from model.frozen import Frozen


class FormLeftOpen(Frozen):
    """The case began by telephone with these answers; the fields `lacking` are to follow (待补充)."""

    event: Literal["form_left_open"] = "form_left_open"
    answers: dict[str, Answer]
    lacking: tuple[str, ...]
    form_version: int = 0


class FormFilled(Frozen):
    """These answers came since, each with who typed it: the applicant, a steward for his `order`, or the window.

    `lacking` is what is still to follow after them; `read_back` what the applicant is to hear now, because a part is complete;
    `declares`: he is to agree to the declaration as well (承诺). `mended`: by order, what the applicant
    put right himself of what others had typed.
    """

    event: Literal["form_filled"] = "form_filled"
    order: str | None = None
    answers: dict[str, Answer]
    lacking: tuple[str, ...]
    read_back: tuple[str, ...] = ()
    declares: bool = False
    mended: dict[str, tuple[str, ...]] = {}


class FormConfirmed(Frozen):
    """The applicant has said yes to these fields; or heard them on the telephone, as whoever speaks for `order` says.

    `declared`: his declaration with it, by field (X60): who took it, when, and the version of its text.
    """

    event: Literal["form_confirmed"] = "form_confirmed"
    order: str | None = None
    fields: tuple[str, ...]
    declared: dict[str, Answer] = {}
