"""Who heads a small firm, told as 负责人 with the number of his identity card."""

import re

from dialogs.understanding.fillable import fillable
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.names import Name
from dialogs.understanding.scene import Scene

REPRESENTATIVES = frozenset({"法人", "法定代表人", "法代", "法人代表", "法人代表人"})
_IN_CHARGE = "负责人"
_WITH_DOCUMENT = re.compile(
    r"(?:[\s,:]{0,2}[就也]?是?[我俺](?:本人|自己)?)?[\s,:是]{0,2}[\u4e00-\u9fff]{2,4}[\s,、(]{0,2}(?:(?:[就也]?是?我?(?:本人|自己)|就是我|是我)[\s,、)]{0,2})?(?:他|她|我)?的?(?:身份证号?码?|证号|证)?[\s:是]{0,2}$"
)


def heads_it(scene: Scene, hit: Hit) -> bool:
    """Whether 负责人 is here the head of a small firm, and not of a project: his identity card is told, and no other head."""
    heads = fillable(scene.form).heads
    if hit.text != _IN_CHARGE or not heads or any(one.id in scene.before for one in heads):
        return False
    marked, end = scene.marked, hit.end
    if any(one.text in REPRESENTATIVES for one in marked.labels):
        return False
    atom = next((one for one in marked.atoms_from(end, end + 24) if one.shape == "identity"), None)
    return atom is not None and bool(_WITH_DOCUMENT.fullmatch(marked.said(end, atom.start)))


def is_head(scene: Scene, name: Name) -> bool:
    """Whether this person is named so."""
    if name.cue != _IN_CHARGE:
        return False
    hit = scene.marked.label_before(name.start)
    return hit is not None and heads_it(scene, hit)
