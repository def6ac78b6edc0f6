"""Lists of buildings."""

import re

from dialogs.reading import Understood
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.finding import Finding
from model.values import Buildings


def buildings_said(scene: Scene, start: int, end: int) -> Finding | None:
    """A list of buildings, or those named before (那几栋)."""
    from dialogs.kinds import buildings  # noqa: PLC0415

    for atom in scene.marked.atoms_from(start, end):
        if atom.shape == "buildings":
            text = re.sub(r"还有|以及", "和", atom.text)
            return Finding(buildings.parse(text, None, scene.context), atom.start, atom.end)  # type: ignore[arg-type]
    listed = re.match(r"[ :是]*((?:[A-Za-z]?\d{1,3}(?:[ 、,和.]+|(?=[^\d]|$))){2,})", scene.marked.said(start, end))
    if listed:
        reading = buildings.parse(listed[1], None, scene.context)  # type: ignore[arg-type]
        if isinstance(reading, Understood):
            return Finding(reading, start, start + listed.end())
    if re.search(r"[这那]几[栋幢]|同(?:上|前)|一样", scene.marked.said(start, end)):
        known = next((one.value for one in scene.answers.values() if isinstance(one.value, Buildings)), None)
        if known is not None:
            return Finding(Understood(known), start, end, certainty="derived")
    return None
