"""A word that only hints that something is new gives way to what was said of it: 临时用电 以前没有电."""

import re

from dialogs.understanding.fillable import NEW, fillable
from dialogs.understanding.lexicon import Hit, Sense
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.topic_at import TopicAt
from dialogs.understanding.within.denied import denied
from model.fields import Field
from model.values import Picks

_SAYS_NEW = re.compile(r"[新头首独]|第一|初次|重装|单|另|开户|立户|正式")
_SOME_DAY = re.compile(r"[再才](?:去|来|给|办|换)?$")
"""临时的, 房子做好再办正式的: some other day."""
_NONE_BEFORE = re.compile(r"[没无未]")
_FOR_A_WHILE = "临时"
_FIRM = "正式"
_AGAINST = 40


def outdone(scene: Scene, field: Field, hit: Hit, sense: Sense, topic_at: TopicAt) -> int:
    """What speaks against 新装 where 接电 or 以前没有电 tells of it, and 临时的 or the like is said of the same service."""
    if sense.option != NEW or field.id not in fillable(scene.form).doings:
        return 0
    if _FIRM in hit.text and _SOME_DAY.search(scene.marked.said(max(0, hit.start - 3), hit.start)):
        return _AGAINST
    if _SAYS_NEW.search(hit.text):
        return 0
    none = bool(_NONE_BEFORE.search(hit.text))
    kept = scene.before[field.id].value if field.id in scene.before else None
    if isinstance(kept, Picks) and kept.options != (NEW,) and (none or kept.options[0].startswith(_FOR_A_WHILE)):
        return _AGAINST
    section = scene.form.section_of[field.id]
    return (
        _AGAINST
        if any(
            (topic_at(at) or section) is section
            for at, option, told in _others(scene.marked, field.id)
            if option.startswith(_FOR_A_WHILE) or (none and told)
        )
        else 0
    )


@once
def _others(marked: Marked, field: str) -> list[tuple[int, str, bool]]:
    """Where another option of this choice is told, or hinted at."""
    return [
        (hit.start, sense.option, sense.role == "option")
        for hit in marked.hits
        for sense in hit.of("option", "fact")
        if sense.field.id == field and sense.option and sense.option != NEW and not denied(marked, hit.start)
    ]
