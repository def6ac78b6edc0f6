"""The rows of a power supply in all shorthands: 一路1250千瓦/1600千伏安, 主供现1600 增到2500, 二路一样, 每路4000千伏安, 备路不要了."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from dialogs.reading import Understood
from dialogs.understanding.atoms import Atom
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import Supply, fillable
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.supply_rows import Place, rows_named, stop_of
from dialogs.understanding.within.amounts import is_old, measured, overtaken, ranged
from dialogs.understanding.within.growth import grown
from dialogs.understanding.within.units import with_unit
from model.fields import NumberField
from model.values import Amount

_LOAD = re.compile(r"(?:负荷|负载|功率|千瓦数?|用到|实际用|用掉)[^\s,。;\d]{0,6}\s?$")
_NEW = re.compile(
    r"(?:申请|想要|需要|得要|容量|变压器|箱变|新上|[加增扩提换升降减调改]\S{0,2}(?:到|成|为|至)|[升降提]一?[档级]|保持|还(?:是|报|写|要)?|报装?|定(?:成|为|了)?)[^\s,。;\d]{0,4}\s?$"
)
_NEW_AFTER = re.compile(r"\s?(?:的)?(?:变压器|箱变|的变(?![更化压]))|\s?[一1]台(?=$|[\s,。;])")
_STAYS = re.compile(
    r"\s?(?:的)?(?:容量|变压器)?[\s,]{0,2}(?:那个|这个|还|仍|就|也|给我){0,3}"
    r"(?:不动|不变|没变|不改|不增不减|不增也不减|别动|照旧|照原|照用|照\d{2,5}用|原样|[那这]样|维持|保持)"
)
_OF_LOAD = re.compile(r"负荷|负载|功率|千瓦|kw")
_CAPACITY = re.compile(r"申请|容量|变压器|箱变|想要|需要|得要|报装?|千伏安|kva|保持|还是|新上")
_STAYED = re.compile(r"不动|不变|没变|照旧|不增|不加|保持|维持|仍[为是旧用]?$")
_FIRST = r"(?:第?[一1主]路?(?:供|电源|线|条|回路)?|头一?[路条]|电源[一1]|前面|上面|那路|主供|它)"
_SAME = re.compile(
    rf"[\s,:]{{0,2}}(?:电源|线路|容量|负荷)?[\s,:]{{0,2}}(?:也|都|就)?(?:是)?(?:(?:跟|和|与|同|照|按|参照|比照)?{_FIRST}?(?:的)?(?:完全|一模|也)?"
    rf"(?:一样|一个样|相等|同数|一个数|相同|一致|同样|照样|照旧|同上|同前)|(?:照着?|照抄|抄|参照|比照|同|按照?){_FIRST}(?:来|填|写|报|走|办)?(?=$|[\s,。;]))"
)
_AS_BEFORE = re.compile(r"^[^跟和与同照按参比抄]{0,8}照[旧样]$")
_GONE = re.compile(
    r"[\s,:]{0,2}(?:电源|线路|那路|这路|容量|那个|先|就|也|都|暂时|目前){0,3}(?:作废|拿掉|划掉|删掉|删了|抹掉|拿走|不要了?|不上了?|不搞了?|取消|不报了?|去掉|撤了?|不装了?|算了|不用了?|没有了|不做了?)(?!\S{0,2}(?:紧|错))"
)
_SCORE = 92
_WORDS_NEAR = 12
_CLOSE = 4
_WAS = re.compile(r"(?:现在|目前|原来|原先|以前)(?:都|是|有|就|用|走)*[^\d。;没无新增加申要报上]{0,12}[各都均]?是?\s?$")
"""电现在是两路,各630: what there is."""
_FRESH = re.compile(r"新(?:上|装|增|加|接)(?:的|了)?\s?$")
_LOADS = ("千瓦", "kw", "个千瓦")
_TIMES = re.compile(r"(?:千伏安|kva)?\s?[×x*]\s?(?P<many>[2-9])(?:台)?(?![\d.千k])", re.IGNORECASE)
"""变压器1250×2."""
_TIMED = 16
_COUNTERS = ("台", "个", "组")
_UNITS = ("千瓦", "千伏安", "kw", "kva", "个千瓦", "个千伏安")


def supplied(scene: Scene) -> Iterator[Candidate]:
    """The cells of rows that are named in the message: filled, copied from the other row, or emptied."""
    rows = fillable(scene.form).supplies
    if len(rows) < 2:
        return
    found = dict[str, Candidate]()
    places = rows_named(scene.marked)
    for number, place in enumerate(places):
        stop = stop_of(scene, places, number)
        amounts = [one for one in scene.marked.atoms_from(place.end, stop) if one.shape == "amount"]
        powers = [one for one in amounts if not one.unit or one.unit in _UNITS]
        if not powers or powers[0].start - place.end > _CLOSE:
            for one in _pointed(scene, rows, place):
                found[one.field] = one
        for row in place.rows:
            listed = number > 0 and _goes_on(scene, places[number - 1], place) and rows[row].old is not None
            former = listed and any(
                one.id in found for one in (rows[each].old for each in places[number - 1].rows) if one
            )
            for cell in _cells(scene, rows[row], place, amounts, several=len(place.rows) > 1, former=former):
                found[cell.field] = cell
    yield from found.values()


_NUMBER_ALONE = re.compile(r"\s?[\d.]+\s?(?:千伏安|kva)?的?[\s,、;]{0,2}", re.IGNORECASE)


def _goes_on(scene: Scene, earlier: Place, place: Place) -> bool:
    """Whether between two rows there is one number alone, so that what is said of the first holds of both: 眼下一路500 二路250."""
    return bool(_NUMBER_ALONE.fullmatch(scene.marked.said(earlier.end, place.start)))


def _cells(
    scene: Scene, row: Supply, place: Place, amounts: list[Atom], *, several: bool, former: bool = False
) -> Iterator[Candidate]:
    """What the amounts behind the name of a row are in it; `former`: the first of them is what there is."""
    marked, begin, instead = scene.marked, place.end, None
    many, earlier = Decimal(1), set[Decimal]()
    kept, filled = list[Candidate](), set[str]()
    for atom in amounts:
        before = marked.said(max(begin, atom.start - _WORDS_NEAR), atom.start)
        if begin == place.end:
            head = max(marked.piece_at(place.start).start, place.start - 6)
            row_named = marked.said(place.start, place.end)
            before = marked.said(head, place.start) + (row_named if _LOAD.search(row_named) else "") + before
        if not atom.unit or atom.unit in (*_UNITS, *_COUNTERS):
            begin = atom.end
        if atom.number is None:
            continue
        if atom.unit in _COUNTERS:
            many = atom.number
            continue
        each, many = many, Decimal(1)
        if times := _TIMES.match(marked.text, atom.end):
            each = Decimal(times["many"])
        if atom.unit and atom.unit not in _UNITS:
            continue
        if marked.said(max(0, atom.start - 3), atom.start).rstrip().endswith("不是"):
            instead = _field(marked, row, atom, before) or _holding(scene, row, atom.number)
            continue
        if overtaken(marked, atom) and not (row.old is not None and is_old(marked, atom.start)) or ranged(marked, atom):
            continue
        field = _field(marked, row, atom, before) or (instead if not atom.unit else None)
        if (
            former
            and atom is amounts[0]
            and field in (None, row.new)
            and _NUMBER_ALONE.match(marked.said(place.end, atom.end))
        ):
            field = row.old
        instead = None
        if each > 1 and each * atom.number in earlier:
            continue  # 1260千伏安 两台630的箱变
        earlier.add(atom.number)
        told = replace(atom, number=each * atom.number)
        between = marked.said(place.end, atom.start)
        stays = row.old is not None and (
            (field is not row.load and bool(_STAYS.match(marked.text, atom.end)))
            or (
                bool(_STAYED.search(between))
                and not _LOAD.search(before)
                and not _OF_LOAD.search(marked.said(place.start, atom.start))
            )
        )
        both = stays and field in (row.old, row.new) and _holding(scene, row, each * atom.number) is not row.new
        cell = _cell(scene, field, place, told, before, several=several or both) if field else None
        if cell is not None:
            if both and row.old is not None and row.new is not None:
                kept.append(replace(cell, field=row.old.id if field is row.new else row.new.id))  # 250的不动
            filled.add(cell.field)
            score = cell.score + (_TIMED if times else 0)
            yield replace(cell, unsure=True, certainty="derived", score=score) if each > 1 else cell
    yield from (one for one in kept if one.field not in filled)


@once
def _former(marked: Marked) -> frozenset[int]:
    """Where the amounts stand that others take the place of."""
    return frozenset(pair.old.start for pair in grown(marked))


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
        how="line",
    )


def _field(marked: Marked, row: Supply, atom: Atom, before: str) -> NumberField | None:
    old = (is_old(marked, atom.start) or bool(_WAS.search(before))) and not _NEW.search(before)
    old = old or atom.start in _former(marked) and atom.unit not in _LOADS
    if row.either is not None:
        return None if old else row.either
    loads = atom.unit in _LOADS
    if not atom.unit:
        new = _NEW.search(before) or _NEW_AFTER.match(marked.text, atom.end) or _STAYS.match(marked.text, atom.end)
        loads = bool(_LOAD.search(before)) and (not new or _of_load(marked, atom, before))
        if not loads and not new and not old:
            return None
    if loads:
        return row.load
    return row.old if old else row.new


def _of_load(marked: Marked, atom: Atom, before: str) -> bool:
    """Whether a load changes, and the capacity is spoken of beside it or not at all: 负荷7900 容量照旧, 负荷都改成1420."""
    load = _LOAD.search(before)
    changed = _CAPACITY.search(before, load.start() if load else 0) is None
    return changed and not _NEW_AFTER.match(marked.text, atom.end)


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
    if _AS_BEFORE.search(same[0]) and any(one.id in scene.before for one in row.fields):
        return  # 主线更正为125千伏安,备线照旧: as it was told
    for field, other in zip(row.fields, rows[0].fields, strict=True):
        answer = scene.answers.get(other.id)
        needs = scene.needs(field)
        if answer is not None and isinstance(answer.value, Amount) and needs is not None and field is not row.old:
            yield Candidate(
                field.id, Understood(answer.value), place.start, same.end(), _SCORE - 6, "和另一路一样",
                needs, "derived", group=(f"row:{place.start}",), how="own")  # fmt: skip
