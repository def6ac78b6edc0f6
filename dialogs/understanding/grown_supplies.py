"""A supply that grows, in two numbers beside each other: 现在250 要400, 315升630, 从80提到120千瓦."""

from collections.abc import Iterator
from dataclasses import replace

from dialogs.reading import Understood
from dialogs.understanding.atoms import Atom
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import Supply, fillable
from dialogs.understanding.marked import Marked
from dialogs.understanding.scene import Scene
from dialogs.understanding.supply_rows import rows_named
from dialogs.understanding.topic_at import TopicAt
from dialogs.understanding.within.amounts import measured
from dialogs.understanding.within.growth import POWER, Grown, grown
from dialogs.understanding.within.units import with_unit
from model.fields import NumberField
from model.values import Amount

_SCORE = 94
_LOADS = ("千瓦", "kw", "个千瓦")


def grown_supplies(scene: Scene, topic_at: TopicAt) -> Iterator[Candidate]:
    """What there was and what is to be, in the row that is named before them, else in the first."""
    rows = fillable(scene.form).supplies
    for pair in grown(scene.marked):
        if pair.new.unit and pair.new.unit not in POWER:
            yield from _other(scene, pair, topic_at)
            continue
        if not rows:
            continue
        named = _rows(scene.marked, pair.old.start)
        for row in (rows[number] for number in named if number < len(rows)):
            section = scene.form.section_of[row.fields[0].id]
            held = pair.sets and _held(scene, row, pair.old) is not None
            if topic_at(pair.old.start) is not section and not pair.new.unit and not held:
                continue
            for one in _cells(scene, row, pair):
                yield replace(one, group=(*one.group, f"row:{one.start}")) if len(named) > 1 else one


def _other(scene: Scene, pair: Grown, topic_at: TopicAt) -> Iterator[Candidate]:
    """300兆提到500: what is to be, of anything else that is measured."""
    fields = [
        one
        for one in fillable(scene.form).measured_in(pair.new.unit)
        if scene.needs(one) == () and "原" not in one.called
    ]
    here = [one for one in fields if scene.form.section_of[one.id] is topic_at(pair.old.start)] or fields
    label = scene.marked.label_before(pair.old.start)
    named = [one for one in here if label and any(sense.field is one for sense in label.of("label"))]
    chosen = named or here
    if len(chosen) == 1:
        yield from _cell(scene, chosen[0], pair.new)


def _rows(marked: Marked, at: int) -> tuple[int, ...]:
    """The numbers of the rows that are named last before this place in its sentence."""
    start = marked.sentence_start(at)
    found: tuple[int, ...] = (0,)
    for place in rows_named(marked):
        if start <= place.start <= at:
            found = place.rows
    return found


def _cells(scene: Scene, row: Supply, pair: Grown) -> Iterator[Candidate]:
    if pair.sets and (held := _held(scene, row, pair.old)) is not None:
        yield from _cell(scene, held, pair.new)  # 315改成400: it was said before
        return
    if row.either is not None:
        yield from _cell(scene, row.either, pair.new)
    elif pair.new.unit in _LOADS:
        if row.load is not None:
            yield from _cell(scene, row.load, pair.new)
    else:
        if row.old is not None:
            yield from _cell(scene, row.old, pair.old)
        if row.new is not None:
            yield from _cell(scene, row.new, pair.new)


def _held(scene: Scene, row: Supply, old: Atom) -> NumberField | None:
    """The cell that had the first number before this message, if it is not the one for the former capacity."""
    for field in row.fields:
        value = scene.before[field.id].value if field.id in scene.before else None
        if field is not row.old and isinstance(value, Amount) and value.number == old.number:
            return field
    return None


def _cell(scene: Scene, field: NumberField, atom: Atom) -> Iterator[Candidate]:
    needs = scene.needs(field)
    told = with_unit(scene, field, atom)
    found = measured(field, told)
    if needs is None or found is None or (not field.units and not isinstance(found.reading, Understood)):
        return
    yield Candidate(
        field.id, found.reading, atom.start, atom.end, _SCORE, "一个数变成另一个", needs, found.certainty, found.unsure
    )
