"""Values that are said not to be so: 不是1600."""

import re

from dialogs.numerals import NUMBER
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene

_NOT = re.compile(r"(?:而)?不是\s*$")
NOT_SO = re.compile(rf"不是\s*({NUMBER})")
"""The number that is denied."""


def is_denied(scene: Scene, at: int) -> bool:
    """Whether a value at this place is said not to be so (不是1600)."""
    return _denied(scene.marked, at)


@once
def _denied(marked: Marked, at: int) -> bool:
    return bool(_NOT.search(marked.said(max(0, at - 4), at)))
