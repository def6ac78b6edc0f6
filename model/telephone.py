"""电话报装: what is enough to begin with, and what of the form is still to come (X24, X25, X26, R32)."""

from typing import Literal

from model.calendar import Length
from model.draft import Answer
from model.frozen import Frozen
from model.values import Declared

Later = Literal["survey", "scheme", "construction", "acceptance", "connection"]
"""A step before which the form can have to be complete; it is filled in when the applicant is contacted."""


class TelephoneRule(Frozen):
    """What a county asks for on the telephone: the `basics` are enough (报装基本信息, R32), all else follows.

    Within `contact` each unit has reached the applicant and says in the form `outline` what it thinks of (方案大致内容, X25).
    No order comes to the step `complete_before` until its part of the form is filled in; None: it may be filled in at any time.
    """

    basics: tuple[str, ...]
    contact: Length
    outline: str
    complete_before: Later | None = None


class OpenForm(Frozen):
    """The form of a telephone application as it stands: the `answers`, and the fields still `lacking` (待补充).

    What others than the applicant have typed is not `confirmed` until he has said yes to it; `read_back` was put to him,
    and so was the declaration if it is `put`.
    """

    answers: dict[str, Answer]
    lacking: tuple[str, ...] = ()
    form_version: int = 0
    read_back: tuple[str, ...] = ()
    put: bool = False

    @property
    def declared(self) -> bool:
        """Whether the applicant has agreed to the declaration that ends the form (X60)."""
        return any(isinstance(one.value, Declared) for one in self.answers.values())

    @property
    def unconfirmed(self) -> tuple[str, ...]:
        """What the applicant has still to hear and to say yes to."""
        return tuple(name for name, one in self.answers.items() if one.value is not None and not one.confirmed)
