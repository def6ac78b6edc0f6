"""Where the rows of a power supply are named, and how far each is spoken of: 第一路, 主供, 每路, 再来一路, 1#, 另一路."""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from dialogs.sought import Sought
from dialogs.understanding.fillable import fillable
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene

_ROW = re.compile(r"[路线条供副]|^[主备]|备用|电源")
"""Words that name a row, and not a cell in it."""
_LINE = r"(?:路(?!灯|段|口|边|面)|条线?|回路?(?![来去]))"
_EACH_ROW = Sought(
    r"每一?(?:路|条线?|回)|[两双](?:路|条|回|个电源)(?:线|电源|线路|供电)?(?:的)?(?:用电)?(?:负荷|容量|变压器)?"
    r"(?=[\s,]{0,2}(?:原来?|原先|以前|现在|目前|现有)?(?:就|也)?(?:都|各|均|皆|统统|统一|全|一律|一概|一样|一模一样|相同|同样|完全))"
    r"|甲路[、和跟与,\s]?乙路|甲乙[两二]?路"
)
_ANOTHER = Sought(
    rf"(?:再|另外?|又)(?:一条|[来加上要接拉装引添扯架走牵]{{0,2}}[一1]?(?:路(?!灯|段|口|边|面)|条线?|回))(?:电源|备用)?(?!以前|原来)"
    rf"|新(?:拉|加|上|添|增|架|引|接|报|装)的?[那这]一?{_LINE}|电源[二2]|(?<![\d一])[二2]号?电源|第?[二2]回路"
)
"""再来一路630千伏安, 另一条, 新拉那路 is the second."""
_FIRST = Sought(
    rf"(?:老|旧|原来|原先|原有|现有|已有)的?[那这]?一?{_LINE}(?![也都])|电源[一1](?![\u4e00-\u9fff]?[路个])|(?<![\d十])[一1]号?电源"
    rf"|第?[一1]回路|头一?(?:路|条)"
)
"""老的那路, 电源一."""
_NUMBERED = Sought(
    r"(?<![\d#\-])(?P<number>[12])#(?=[^\d,。;\n#]{0,6}\d[\d.]{0,8}\s?(?:kva|kw|千伏安|千瓦))", re.IGNORECASE
)
"""1#现630kVA."""
_OLD_ONE = re.compile(r"(?:老|旧|原来|原有)的(?=带|负荷|[是要]?\d)")
_NEW_ONE = re.compile(r"新(?:拉|加|上|添|增|架|引|接)?的(?=带|负荷|[是要]?\d)")
"""新拉的带340千瓦 老的带265: only beside each other."""
_COUNTED = re.compile(r"[来加上要接拉备引]")
_LIKE, _ALL = re.compile(r"(?:照着?|照抄|抄|参照|比照|同|跟|和|与)$"), re.compile(r"(?:电源|线路)?[都各均]")
_SHORT = 2
_NOT_THERE = re.compile(
    r"[\s,:]{0,2}(?:电源|线路)?(?:就|也|先|暂时?|目前|现在)?(?:没有|没|无(?!功)|不要|不用|不需要|不上|不报|不考虑|不定|待定)"
)
"""二路没有 负荷500: what follows is not its."""
_GENERATOR = re.compile("发电[车机]|柴发|柴油机")
_A_THING = re.compile(r"[\d一两二三][台个套组]$")
"""热风炉一台备用: no row of the supply."""
_POINTS_BACK = re.compile(r"[这那该每]\s?(?:一|条)?$")
"""原先没有这一路: the one spoken of."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row is named, or each of them, and the words of its kind that stand right before it (负荷一路1300)."""

    start: int
    end: int
    rows: tuple[int, ...]


@once
def rows_named(marked: Marked) -> list[Place]:
    """Where rows are named, in the order of the text."""
    rows = fillable(marked.form).supplies
    own = {field.id: number for number, row in enumerate(rows) for field in row.fields}
    both = tuple(range(len(rows)))
    found = [Place(one.start(), one.end(), both) for one in _EACH_ROW.finditer(marked.text)]
    found += [Place(one.start(), one.end(), (1,)) for one in _ANOTHER.finditer(marked.text)]
    found += [Place(one.start(), one.end(), (0,)) for one in _FIRST.finditer(marked.text)]
    found += [Place(one.start(), one.end(), (int(one["number"]) - 1,)) for one in _NUMBERED.finditer(marked.text)]
    old, new = _OLD_ONE.search(marked.text), _NEW_ONE.search(marked.text)
    if old and new:
        found += [Place(*old.span(), (0,)), Place(*new.span(), (1,))]
    doubtful = list[Place]()
    for hit in marked.labels:
        of = {own.get(one.field.id) for one in hit.of("label")}
        row = next((one for one in of if one is not None), None)
        if _POINTS_BACK.search(marked.said(max(0, hit.start - 2), hit.start)):
            continue
        if hit.text == "备用" and _A_THING.search(marked.said(max(0, hit.start - 2), hit.start)):
            continue
        if _COUNTED.search(marked.said(max(0, hit.start - 1), hit.start)) and hit.text in ("一路", "1路"):
            continue  # 备供来一路100千瓦
        if (
            len(of - {None}) == 1
            and row is not None
            and _ROW.search(hit.text)
            and not any(one.start < hit.end and hit.start < one.end for one in found)
        ):
            if None in of and _GENERATOR.search(marked.text, hit.end, marked.sentence_end(hit.start)):
                continue  # 备用方面,租了一辆100千瓦的发电车
            (doubtful if None in of else found).append(Place(hit.start, hit.end, (row,)))
    found = [one for one in found if one.rows != (0,) or not _is_likened(marked, one)]
    if any(0 in one.rows for one in found):
        found += doubtful  # 备用电源 beside 主供 is the other row, else it may be one's own
    return sorted(found, key=lambda one: one.start)


def _is_likened(marked: Marked, one: Place) -> bool:
    """二路照一路, 备供跟主供一样: whether the row is only what the other is like."""
    before = marked.said(max(0, one.start - 3), one.start)
    return bool(_LIKE.search(before)) and not _ALL.match(marked.text, one.end)


def stop_of(scene: Scene, places: list[Place], number: int) -> int:
    """Where a row ends: at the next one, at a word about something else, with the sentence."""
    marked, place = scene.marked, places[number]
    end = marked.sentence_end(place.start)
    if number + 1 < len(places):
        end = min(end, places[number + 1].start)
    apart = marked.text.find("分别", place.end, end)
    end = apart if apart >= 0 else end
    own = {field.id for row in fillable(scene.form).supplies for field in row.fields}
    labels, section = marked.labels, scene.form.section_of[next(iter(own))]
    for at in range(bisect_left(marked.label_starts, place.end), len(labels)):
        if labels[at].start >= end:
            break
        shown = [one.field.id for one in labels[at].of("label") if scene.form.section_of[one.field.id] is section]
        if len(labels[at].text) <= _SHORT and set(shown) <= fillable(scene.form).owned:
            continue  # 第二路容量: the row's as well
        if shown and not any(one in own for one in shown):
            return labels[at].start
    return end


def territories(scene: Scene) -> list[Place]:
    """Stretches in which one row is spoken of, each from its name to where it ends."""
    key, seen = (territories, scene.form.id), scene.marked.seen
    if key not in seen:
        places = rows_named(scene.marked)
        seen[key] = [
            replace(one, end=stop_of(scene, places, number))
            for number, one in enumerate(places)
            if len(one.rows) == 1 and not _NOT_THERE.match(scene.marked.text, one.end)
        ]
    found: list[Place] = seen[key]
    return found
