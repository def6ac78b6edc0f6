"""The rows of a power supply in all shorthands: 一路1250千瓦/1600千伏安, 主供现1600 增到2500, 二路一样, 每路4000千伏安, 备路不要了."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from dialogs.reading import Understood
from dialogs.understanding.atoms import Atom
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import Supply, fillable
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.amounts import is_old, measured, overtaken, ranged
from dialogs.understanding.within.growth import grown
from dialogs.understanding.within.units import with_unit
from model.fields import NumberField
from model.values import Amount

_ROW = re.compile(r"[路线条供副]|^[主备]|备用|电源")
"""Words that name a row, and not a cell in it."""
_EACH_ROW = re.compile(
    r"每一?(?:路|条线?|回)|[两双](?:路|条线|回|个电源)(?:电源|线路|供电)?(?:的)?(?:负荷|容量|变压器)?"
    r"(?=[\s,]{0,2}(?:原来?|原先|以前|现在|目前|现有)?(?:就|也)?(?:都|各|均|一样))"
)
_ANOTHER = re.compile(r"(?:再|另外?|又)[来加上要接拉装引]{0,2}[一1](?:路|条线|回)(?:电源|备用)?")
"""再来一路630千伏安 is the second."""
_COUNTED = re.compile(r"[来加上要接拉备引]")
_LOAD = re.compile(r"(?:负荷|负载|功率|千瓦数?)[^\s,。;\d]{0,6}\s?$")
_NEW = re.compile(
    r"(?:申请|容量|变压器|箱变|新上|[加增扩提换升降减调改]\S{0,2}(?:到|成|为|至)|保持|还是|报装?)[^\s,。;\d]{0,4}\s?$"
)
_NEW_AFTER = re.compile(r"\s?(?:的)?(?:变压器|箱变|的变(?![更化压]))")
_STAYS = re.compile(r"\s?(?:的)?(?:容量|变压器)?(?:不动|不变|没变|照旧|保持)")
_STAYED = re.compile(r"不动|不变|没变|照旧|不增|不加|保持")
_NOT_THERE = re.compile(
    r"[\s,:]{0,2}(?:电源|线路)?(?:就|也|先|暂时?|目前|现在)?(?:没有|没|无(?!功)|不要|不用|不需要|不上|不报|不考虑|不定|待定)"
)
"""二路没有 负荷500: what follows is not its."""
_POINTS_BACK = re.compile(r"[这那该每]\s?(?:一|条)?$")
"""原先没有这一路: the one spoken of."""
_SAME = re.compile(
    r"[\s,:]{0,2}(?:电源|线路|容量|负荷)?[\s,:]{0,2}(?:也|都|就)?(?:是)?(?:跟|和|与|同|照|按)?(?:第?[一1主]路?(?:供|电源|线)?|前面|上面|那路|主供|它)?(?:的)?(?:完全|一模|也)?"
    r"(?:一样|相同|一致|同样|照样|照旧|同上|同前)"
)
_GONE = re.compile(
    r"[\s,:]{0,2}(?:电源|线路|那路|这路|容量|那个|先|就|也|都|暂时|目前){0,3}(?:作废|不要了?|不上了?|不搞了?|取消|不报了?|去掉|撤了?|不装了?|算了|不用了?|没有了|不做了?)(?!\S{0,2}(?:紧|错))"
)
_SCORE = 92
_WORDS_NEAR = 12
_CLOSE = 4
_WAS = re.compile(r"(?:现在|目前|原来|原先|以前)(?:都|是|有|就|用|走)*[^\d。;]{0,12}[各都均]?是?\s?$")
"""电现在是两路,各630: what there is."""
_FRESH = re.compile(r"新(?:上|装|增|加|接)(?:的|了)?\s?$")
_LOADS = ("千瓦", "kw", "个千瓦")
_UNITS = ("千瓦", "千伏安", "kw", "kva", "个千瓦", "个千伏安")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row is named, or each of them, and the words of its kind that stand right before it (负荷一路1300)."""

    start: int
    end: int
    rows: tuple[int, ...]


def supplied(scene: Scene) -> Iterator[Candidate]:
    """The cells of rows that are named in the message: filled, copied from the other row, or emptied."""
    rows = fillable(scene.form).supplies
    if len(rows) < 2:
        return
    found = dict[str, Candidate]()
    places = rows_named(scene.marked)
    for number, place in enumerate(places):
        stop = _stop(scene, places, number)
        amounts = [one for one in scene.marked.atoms_from(place.end, stop) if one.shape == "amount"]
        if not amounts or amounts[0].start - place.end > _CLOSE:
            for one in _pointed(scene, rows, place):
                found[one.field] = one
        for row in place.rows:
            for cell in _cells(scene, rows[row], place, amounts, several=len(place.rows) > 1):
                found[cell.field] = cell
    yield from found.values()


@once
def rows_named(marked: Marked) -> list[Place]:
    """Where rows are named, in the order of the text."""
    rows = fillable(marked.form).supplies
    own = {field.id: number for number, row in enumerate(rows) for field in row.fields}
    both = tuple(range(len(rows)))
    found = [Place(one.start(), one.end(), both) for one in _EACH_ROW.finditer(marked.text)]
    found += [Place(one.start(), one.end(), (1,)) for one in _ANOTHER.finditer(marked.text)]
    doubtful = list[Place]()
    for hit in marked.labels:
        of = {own.get(one.field.id) for one in hit.of("label")}
        row = next((one for one in of if one is not None), None)
        if _POINTS_BACK.search(marked.said(max(0, hit.start - 2), hit.start)):
            continue
        if _COUNTED.search(marked.said(max(0, hit.start - 1), hit.start)) and hit.text in ("一路", "1路"):
            continue  # 备供来一路100千瓦
        if (
            len(of - {None}) == 1
            and row is not None
            and _ROW.search(hit.text)
            and not any(one.start < hit.end and hit.start < one.end for one in found)
        ):
            (doubtful if None in of else found).append(Place(hit.start, hit.end, (row,)))
    if any(0 in one.rows for one in found):
        found += doubtful  # 备用电源 beside 主供 is the other row, else it may be one's own
    return sorted(found, key=lambda one: one.start)


def _stop(scene: Scene, places: list[Place], number: int) -> int:
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
        if shown and not any(one in own for one in shown):
            return labels[at].start
    return end


def _cells(scene: Scene, row: Supply, place: Place, amounts: list[Atom], *, several: bool) -> Iterator[Candidate]:
    """What the amounts behind the name of a row are in it."""
    marked, begin, instead = scene.marked, place.end, None
    many, earlier = Decimal(1), set[Decimal]()
    for atom in amounts:
        before = marked.said(max(begin, atom.start - _WORDS_NEAR), atom.start)
        if begin == place.end:
            head = max(marked.piece_at(place.start).start, place.start - 6)
            before = marked.said(head, place.start) + before
        begin = atom.end
        if atom.number is None:
            continue
        if atom.unit in ("台", "个", "组"):
            many = atom.number
            continue
        each, many = many, Decimal(1)
        if atom.unit and atom.unit not in _UNITS:
            continue
        if marked.said(max(0, atom.start - 3), atom.start).rstrip().endswith("不是"):
            instead = _field(marked, row, atom, before) or _holding(scene, row, atom.number)
            continue
        if overtaken(marked, atom) and not (row.old is not None and is_old(marked, atom.start)) or ranged(marked, atom):
            continue
        field = _field(marked, row, atom, before) or (instead if not atom.unit else None)
        instead = None
        if each > 1 and each * atom.number in earlier:
            continue  # 1260千伏安 两台630的箱变
        earlier.add(atom.number)
        told = replace(atom, number=each * atom.number)
        stays = (
            field is row.new
            and row.old is not None
            and bool(_STAYS.match(marked.text, atom.end) or _STAYED.search(marked.said(place.end, atom.start)))
        )
        cell = _cell(scene, field, place, told, before, several=several or stays) if field else None
        if cell is not None:
            yield replace(cell, unsure=True, certainty="derived") if each > 1 else cell
            if stays and row.old is not None:
                yield replace(cell, field=row.old.id)  # 250的不动


@once
def _former(marked: Marked) -> frozenset[int]:
    """Where the amounts stand that others take the place of."""
    return frozenset(pair.old.start for pair in grown(marked))


def territories(scene: Scene) -> list[Place]:
    """Stretches in which one row is spoken of, each from its name to where it ends."""
    key, seen = (territories, scene.form.id), scene.marked.seen
    if key not in seen:
        places = rows_named(scene.marked)
        seen[key] = [
            replace(one, end=_stop(scene, places, number))
            for number, one in enumerate(places)
            if len(one.rows) == 1 and not _NOT_THERE.match(scene.marked.text, one.end)
        ]
    found: list[Place] = seen[key]
    return found


def is_of_another_row(scene: Scene, one: Candidate) -> bool:
    """Whether the value stands where another row than the field's is spoken of: 备用630千伏安(负荷500千瓦)."""
    rows = fillable(scene.form).supplies
    if len(rows) < 2 or one.field not in fillable(scene.form).row_of or not isinstance(one.reading, Understood):
        return False
    at = next((place for place in territories(scene) if place.start < one.end <= place.end), None)
    return at is not None and all(field.id != one.field for field in rows[at.rows[0]].fields)


def _holding(scene: Scene, row: Supply, number: Decimal) -> NumberField | None:
    """The one cell of the row with this number."""
    cells = [
        one
        for one in row.fields
        if one.id in scene.before and getattr(scene.before[one.id].value, "number", None) == number
    ]
    return cells[0] if len(cells) == 1 else None


def _cell(
    scene: Scene, field: NumberField, place: Place, atom: Atom, before: str, *, several: bool
) -> Candidate | None:
    """A cell with this amount; what is said of the row alone (这次新上) is nothing else's."""
    if (needs := scene.needs(field)) is None:
        return None
    told = with_unit(scene, field, atom)
    found = measured(field, told)
    if found is None or not isinstance(found.reading, Understood):
        return None
    fresh = _FRESH.search(before)
    return Candidate(
        field.id,
        found.reading,
        atom.start - (len(fresh[0]) if fresh else 0),
        atom.end,
        _SCORE,
        f"“{scene.marked.said(place.start, place.end)}”这一行",
        needs,
        found.certainty,
        found.unsure,
        (f"row:{atom.start}",) if several else (),
    )


def _field(marked: Marked, row: Supply, atom: Atom, before: str) -> NumberField | None:
    old = (is_old(marked, atom.start) or bool(_WAS.search(before))) and not _NEW.search(before)
    old = old or atom.start in _former(marked) and atom.unit not in _LOADS
    if row.either is not None:
        return None if old else row.either
    loads = atom.unit in _LOADS
    if not atom.unit:
        new = _NEW.search(before) or _NEW_AFTER.match(marked.text, atom.end) or _STAYS.match(marked.text, atom.end)
        loads = bool(_LOAD.search(before)) and not new
        if not loads and not new and not old:
            return None
    if loads:
        return row.load
    return row.old if old else row.new


def _pointed(scene: Scene, rows: tuple[Supply, ...], place: Place) -> Iterator[Candidate]:
    """二路一样: the cells of the other row; 备路不要了: none."""
    marked = scene.marked
    if len(place.rows) != 1:
        return
    row = rows[place.rows[0]]
    if gone := _GONE.match(marked.text, place.end):
        for field in row.fields:
            if field.id in scene.before and scene.before[field.id].value is not None:
                yield Candidate(
                    field.id,
                    None,
                    place.start,
                    gone.end(),
                    _SCORE,
                    "这一行不要了",
                    group=(f"row:{place.start}",),
                    withdrawn=True,
                )
        return
    if place.rows[0] == 0 or not (same := _SAME.match(marked.text, place.end)):
        return
    for field, other in zip(row.fields, rows[0].fields, strict=True):
        answer = scene.answers.get(other.id)
        needs = scene.needs(field)
        if answer is not None and isinstance(answer.value, Amount) and needs is not None and field is not row.old:
            yield Candidate(
                field.id, Understood(answer.value), place.start, same.end(), _SCORE - 6, "和另一路一样",
                needs, "derived", group=(f"row:{place.start}",),
            )  # fmt: skip
