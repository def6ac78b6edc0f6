"""What is told of both rows of a power supply in one breath: 负荷分别是640和400千瓦, 申请容量分别为800、500."""

import re
from collections.abc import Iterator
from dataclasses import replace

from dialogs.numerals import NUMBER
from dialogs.reading import Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import Supply, fillable
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.amounts import amounts, measured
from dialogs.understanding.within.units import fit_unit
from model.fields import NumberField

_UNIT = r"(?:个?千瓦|千伏安|kw|kva)?"
_IN_TURN = re.compile(
    rf"(?P<what>[^\d,。;\n]{{0,10}}?)(?:分别|依次|各)(?:是|为|有|要|报|按|申请|到|:){{0,2}}\s?{NUMBER}\s?{_UNIT}\s?[、,和跟与/及]\s?{NUMBER}\s?{_UNIT}",
    re.IGNORECASE,
)
_LOAD, _OLD = re.compile("负荷|负载|功率|千瓦"), re.compile("原|现有|目前|现在")
_SCORE = 124


def supplies_in_turn(scene: Scene) -> Iterator[Candidate]:
    """A cell of the first row and the same one of the second."""
    rows = fillable(scene.form).supplies
    if len(rows) < 2:
        return
    for match in _found(scene.marked):
        told = [
            one for one in amounts(scene.marked, match.end("what"), match.end()) if one.number is not None and one.unit not in ("台", "路")
        ]  # fmt: skip
        if len(told) != 2:
            continue
        unit = told[0].unit or told[1].unit
        for row, atom in zip(rows, told, strict=False):
            field = _cell(row, match["what"], unit)
            needs = scene.needs(field) if field is not None else None
            if field is None or needs is None:
                continue
            found = measured(field, replace(atom, unit=unit))
            if found is not None and isinstance(found.reading, Understood):
                yield Candidate(field.id, found.reading, atom.start, atom.end, _SCORE, "两路分别说的", needs)


@once
def _found(marked: Marked) -> list[re.Match[str]]:
    return list(_IN_TURN.finditer(marked.text)) if "分别" in marked.text or "依次" in marked.text else []


def _cell(row: Supply, what: str, unit: str) -> NumberField | None:
    """Which cell of the row is spoken of: by its name, by the unit."""
    if row.either is not None:
        return row.either if unit else None
    field = row.load if _LOAD.search(what) or unit.endswith(("千瓦", "kw")) else row.new
    field = row.old if field is row.new and _OLD.search(what) else field
    if field is None or (unit and fit_unit(field, unit)[0] is None):
        return None
    return field if unit or what.strip() else None
