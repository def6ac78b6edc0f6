"""A yes or no put right by how it really is, without the name of its field: 其实没建好, 问了下其实有."""

import re
from collections.abc import Iterator

from dialogs.reading import Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.lexicon import Hit, Sense
from dialogs.understanding.scene import Scene
from model.fields import YesNoField
from model.values import YesNo

_CHECKED = r"(?:刚才?)?(?:[去又]?(?:问|查|看|核实|打听|确认|核对))(?:过|了?一?下|清楚)?了?(?:[\u4e00-\u9fff]{1,3})?"
_REALLY = r"(?:其实|实际上?|事实上)"
_INDEED = re.compile(rf"{_REALLY}|才(?:知道|发现)|{_CHECKED}[\s,]")
_ALONE = re.compile(
    rf"(?:(?:不对|错了|说错了|{_CHECKED})[\s,]{{1,2}}){{0,2}}{_REALLY}(?:还|也)?(?:(?P<yes>是?有|是要|要)|(?P<no>是?没有?|是?不要|是?无))(?:的|了|呢|啊){{0,2}}[。!]?"
)
_SHORT, _SCORE = 24, 70


def put_right_last(scene: Scene, hit: Hit, senses: tuple[Sense, ...]) -> tuple[Sense, ...]:
    """Of a yes or no that several fields have, the one of the field told last, where it is said how it really is."""
    fields = {one.field.id for one in senses if isinstance(one.field, YesNoField)}
    if len(fields) < 2 or not fields & scene.before.keys():
        return senses
    marked, start = scene.marked, scene.marked.sentence_start(hit.start)
    if not _INDEED.search(marked.text, start, hit.start) or any(one.start >= start for one in marked.labels):
        return senses
    if marked.text[hit.start - 1 : hit.start] in ("都", "全"):
        return senses  # 其实都没建好
    last = next((name for name in reversed(scene.draft.trail) if name in fields and name in scene.before), None)
    return tuple(one for one in senses if one.field.id == last) if last else senses


def indeed(scene: Scene) -> Iterator[Candidate]:
    """其实有: the yes or no that was told last is the other one."""
    text = scene.marked.text
    match = _ALONE.fullmatch(text.strip()) if len(text) <= _SHORT else None
    if match is None:
        return
    last = next((name for name in reversed(scene.draft.trail) if name in scene.before), None)
    field = scene.form.fields.get(last or "")
    if isinstance(field, YesNoField) and scene.needs(field) == ():
        value = YesNo(yes=match["yes"] is not None)
        yield Candidate(field.id, Understood(value), 0, len(text), _SCORE, "其实不是那样")
