"""A later value in the same message that takes the place of an earlier one."""

from collections.abc import Mapping

from dialogs.understanding.candidate import Candidate
from dialogs.understanding.corrections import CUE
from dialogs.understanding.scene import Scene


def overrules(scene: Scene, one: Candidate, taken: Mapping[str, Candidate]) -> bool:
    """A later value in the same message, after a word of correction, takes the place of an earlier one."""
    earlier = taken.get(one.field)
    if earlier is None:
        return False
    if earlier.score >= 100 and earlier.start == one.start:
        return True  # found so in the pass before
    return one.start >= earlier.end and bool(CUE.search(scene.marked.said(max(earlier.end, one.start - 8), one.start)))
