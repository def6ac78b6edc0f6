"""Lists of buildings that grow or shrink by one: 6号去掉, 没有9号是10号."""

import re
from collections.abc import Iterator, Mapping

from dialogs.reading import Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.cues import CUE
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.buildings import BUILDING_OUT
from model.values import Buildings

_BUILDING_IN = re.compile(r"(?:是|改成|换成|加上?|还有)\s*(?P<number>\d{1,3})(?:号楼|号|#|栋)")


def changed_buildings(scene: Scene, taken: Mapping[str, Candidate]) -> Iterator[Candidate]:
    """6号去掉, 没有9号是10号: a building leaves the lists that have it, and another may take its place."""
    text = scene.marked.text
    out = [match["number"] or match["other"] for match in BUILDING_OUT.finditer(text)]
    if not out or taken and any(one.why == "楼号" for one in taken.values()):
        return
    span = BUILDING_OUT.search(text)
    assert span is not None
    added = [match["number"] for match in _BUILDING_IN.finditer(text, span.end() - 1)] if CUE.search(text) else []
    for name, answer in scene.before.items():
        if isinstance(answer.value, Buildings) and set(out) & set(answer.value.numbers):
            left = [one for one in answer.value.numbers if one not in out]
            left += [one for one in added if one not in left]
            if left:
                yield Candidate(
                    name,
                    Understood(Buildings(numbers=tuple(left))),
                    span.start(),
                    _last_end(text, span.end()),
                    95,
                    "楼号增减",
                    group=("buildings",),
                )


def _last_end(text: str, at: int) -> int:
    added = list(_BUILDING_IN.finditer(text, max(0, at - 1)))
    return added[-1].end() if added and CUE.search(text) else at
