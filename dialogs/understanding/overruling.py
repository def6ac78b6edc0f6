"""A later value in the same message that takes the place of an earlier one."""

import re
from collections.abc import Mapping

from dialogs.understanding.candidate import Candidate
from dialogs.understanding.cues import CUE
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.amounts import is_old
from model.fields import NumberField

_SECOND_THOUGHT = re.compile(
    r"[\s,.…]改[\s,]|[\s,](?:哦|噢|哎|唉|欸|诶)[\s,]|[中行好够]不[中行好够]|啊不[\s,]|哦不[\s,]"
)
"""20千伏安的中不中 哦 电工讲得30千伏安."""
_APART = 24


def overrules(scene: Scene, one: Candidate, taken: Mapping[str, Candidate]) -> bool:
    """A later value in the same message, after a word of correction, takes the place of an earlier one."""
    earlier = taken.get(one.field)
    if earlier is None:
        return False
    if earlier.score >= 100 and earlier.start == one.start:
        return True  # found so in the pass before
    if "原" in scene.form.fields[one.field].called and not is_old(scene.marked, one.start):
        return False  # 现在是80千伏安 换成160千伏安: what there was stays so
    between = scene.marked.said(earlier.end, one.start)
    if one.start >= earlier.end and len(between) <= _APART and _SECOND_THOUGHT.search(between):
        return isinstance(scene.form.fields[one.field], NumberField)
    return one.start >= earlier.end and bool(CUE.search(scene.marked.said(max(earlier.end, one.start - 8), one.start)))
