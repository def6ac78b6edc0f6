"""What is ticked behind the name of a field is all of it: 用气性质就填工业设备, whatever was told in passing before."""

import re

from dialogs.understanding.candidate import Candidate
from dialogs.understanding.marked import Marked

_MORE = re.compile(r"[也还再另加补漏]|以外|之外")
_NEAR = 5


def is_all(marked: Marked, one: Candidate) -> bool:
    """Whether this is told behind its field's name, and not as something more."""
    return one.named and not _MORE.search(marked.text, max(0, one.start - _NEAR), one.end + _NEAR)


def only_named(taken: list[Candidate], marked: Marked) -> list[Candidate]:
    """The readings without what other sentences tell of a field that is named and ticked in one: 不开饭馆;气的性质:工业设备."""
    by_name = {one.field: one for one in taken if one.understood and is_all(marked, one)}
    return [
        one
        for one in taken
        if one.named
        or (named := by_name.get(one.field)) is None
        or marked.sentence_start(one.start) == marked.sentence_start(named.start)
    ]
