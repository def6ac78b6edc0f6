"""A place told without its town, by what was told with it: 朗公庙镇崔庄村1组9号, then 崔庄村东头."""

import re
from collections.abc import Iterator

from dialogs.understanding.place_words import TOWN_END
from dialogs.understanding.scene import Scene
from model.values import Address

_TOWN = re.compile(rf"(?P<town>[\u4e00-\u9fff]{{2,12}}?(?:{TOWN_END}))(?P<rest>.+)")
_WAY = re.compile("[村庄屯路街道巷园]")
_ALIKE = 3
"""Characters of a village or a road that make it the same."""


def in_town(scene: Scene, said: str) -> str:
    """The place, with the town in which the same village or road was told to be."""
    if len(said) < _ALIKE or _TOWN.match(said):
        return said
    for known in _known(scene):
        told = _TOWN.match(known)
        if told is None:
            continue
        rest = told["rest"].strip()
        most = min(len(said), len(rest))
        alike = next((n for n in range(most) if said[n] != rest[n]), most)
        if alike >= _ALIKE and _WAY.search(said, 0, alike):
            return f"{told['town']}{said}"
    return said


def _known(scene: Scene) -> Iterator[str]:
    for answer in scene.before.values():
        if isinstance(answer.value, Address):
            yield answer.value.text
    for place in scene.marked.places:
        yield place.text.strip()
