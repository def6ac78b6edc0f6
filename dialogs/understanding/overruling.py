"""A later value in the same message that takes the place of an earlier one."""

from collections.abc import Mapping

from dialogs.understanding.candidate import Candidate
from dialogs.understanding.cues import CUE
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.amounts import is_old


def overrules(scene: Scene, one: Candidate, taken: Mapping[str, Candidate]) -> bool:
    """A later value in the same message, after a word of correction, takes the place of an earlier one."""
    earlier = taken.get(one.field)
    if earlier is None:
        return False
    if earlier.score >= 100 and earlier.start == one.start:
        return True  # found so in the pass before
    if "原" in scene.form.fields[one.field].called and not is_old(scene.marked, one.start):
        return False  # 现在是80千伏安 换成160千伏安: what there was stays so
    return one.start >= earlier.end and bool(CUE.search(scene.marked.said(max(earlier.end, one.start - 8), one.start)))
