"""电话报装: what is enough to begin with, and what of the form is still to come (X24, X25, X26, R32)."""

from model.calendar import Length
from model.draft import Answer
from model.frozen import Frozen


class TelephoneRule(Frozen):
    """What a county asks for on the telephone: the `basics` are enough (报装基本信息, R32), all else follows.

    Within `contact` each unit has reached the applicant and says in the form `outline` what it thinks of (方案大致内容, X25).
    """

    basics: tuple[str, ...]
    contact: Length
    outline: str


class OpenForm(Frozen):
    """The form of a telephone application as it stands: the `answers`, and the fields still `lacking` (待补充)."""

    answers: dict[str, Answer]
    lacking: tuple[str, ...] = ()
