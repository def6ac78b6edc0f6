"""One possible meaning of one span for one field, with how likely it is and why."""

from dataclasses import dataclass
from typing import Literal

from dialogs.reading import Partial, Reading, Refusal, Understood
from dialogs.understanding.openings import Opening
from model.draft import Certainty

BESIDE = "beside"
"""In the group of a candidate that takes no text away from others: 加到80千瓦 is a number, and tells an enlargement."""

How = Literal["found", "name", "full_name", "line", "own"]
"""How a candidate came to its field: by what it is like; behind the field's name (a long one, which nothing else is meant by);
on a line that begins with the name; or in a way only this field is spoken of (what is kept there put right, a row, a sum).
"""
_FULL = 5
"""A name of so many characters is no everyday word."""


def behind(name: str) -> How:
    """How a value was found that stands behind this name of its field."""
    return "full_name" if len(name) >= _FULL else "name"


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A span, the field it may answer, and what came of reading it so.

    `reading` None: the field is left open on purpose (没有, 后面补). `score` compares candidates of the same span; `why`
    names what spoke for it, in words for `explain`. `needs` are the answers that make the field visible. `unsure`: to be
    read back before it counts (derived, approximate, guessed from a fact). Candidates with a word of `group` in common may share a span:
    水电过户 is said of both. `withdrawn`: what was answered is not so any more, and the field is left open.
    """

    field: str
    reading: Reading | None
    start: int
    end: int
    score: int
    why: str
    needs: tuple[Opening, ...] = ()
    certainty: Certainty = "said"
    unsure: bool = False
    group: tuple[str, ...] = ()
    withdrawn: bool = False
    how: How = "found"

    @property
    def named(self) -> bool:
        """Whether it stands behind the name of its field."""
        return self.how in {"name", "full_name"}

    @property
    def understood(self) -> bool:
        """Whether it gives a valid value."""
        return isinstance(self.reading, Understood)

    @property
    def refused(self) -> bool:
        """Whether it is clearly meant for the field and not valid there."""
        return isinstance(self.reading, Refusal)

    @property
    def half(self) -> bool:
        """Whether part of the answer is still missing."""
        return isinstance(self.reading, Partial)
