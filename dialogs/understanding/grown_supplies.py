"""A supply that grows, in two numbers beside each other: 现在250 要400, 315升630, 从80提到120千瓦."""

from collections.abc import Iterator
from dataclasses import replace

from dialogs.reading import Understood
from dialogs.understanding.atoms import Atom
from dialogs.understanding.candidate import BESIDE, Candidate
from dialogs.understanding.fillable import Supply, fillable
from dialogs.understanding.marked import Marked
from dialogs.understanding.scene import Scene
from dialogs.understanding.supply_rows import rows_named
from dialogs.understanding.topic_at import TopicAt
from dialogs.understanding.whose import is_anothers
from dialogs.understanding.within.amounts import is_old, measured
from dialogs.understanding.within.growth import POWER, Grown, grown
from dialogs.understanding.within.units import with_unit
from model.fields import ChoiceField, NumberField
from model.form import Section
from model.holding import holds
from model.values import Amount, Pick, Picks

_SCORE = 94
_LOADS = ("千瓦", "kw", "个千瓦")


def grown_supplies(scene: Scene, topic_at: TopicAt) -> Iterator[Candidate]:
    """What there was and what is to be, in the row that is named before them, else in the first."""
    rows = fillable(scene.form).supplies
    for pair in grown(scene.marked):
        if is_anothers(scene.marked, pair.old.start, pair.old.end):
            continue
        if pair.new.unit and pair.new.unit not in POWER:
            yield from _other(scene, pair, topic_at)
            continue
        if not rows:
            continue
        named = _rows(scene.marked, pair.old.start)
        for row in (rows[number] for number in named if number < len(rows)):
            section = scene.form.section_of[row.fields[0].id]
            held = pair.sets and _held(scene, row, pair.old) is not None
            if _spoken_of(scene, topic_at, pair.old.start) is not section and not pair.new.unit and not held:
                continue
            if _held(scene, row, pair.old) is None:
                yield from _enlarged(scene, section, pair)
            for one in _cells(scene, row, pair):
                yield replace(one, group=(*one.group, f"row:{one.start}")) if len(named) > 1 else one


def _spoken_of(scene: Scene, topic_at: TopicAt, at: int) -> Section | None:
    """What a place is about: where the message names nothing at all, the service asked about or the only one chosen."""
    if (topic := topic_at(at)) is not None:
        return topic
    asked = scene.form.section_of[scene.focused] if scene.focused else None
    sections = [one for name, one in scene.service_sections.items() if name in scene.chosen]
    only = asked if asked in sections else sections[0] if len(sections) == 1 else None
    named = [one for hit in scene.marked.labels for one in hit.of("label")]
    if scene.marked.places or (named and not any(scene.form.section_of[one.field.id] is only for one in named)):
        return None
    return only


def _enlarged(scene: Scene, section: Section, pair: Grown) -> Iterator[Candidate]:
    """Who has so much and wants more has it enlarged: 8个千瓦 想要15; of nothing nothing is enlarged: 原有0 要315."""
    if not pair.old.number or pair.new.number is None or pair.new.number <= pair.old.number:
        return
    for field in section.fields:
        if field.id not in fillable(scene.form).doings or not isinstance(field, ChoiceField) or not scene.open(field):
            continue
        if _ENLARGED in {one.text for one in field.options} and scene.needs(field) is not None:
            value = Understood(Picks(picks=(Pick(option=_ENLARGED),)))
            yield Candidate(
                field.id, value, pair.old.start, pair.new.end, 46, "容量变大", certainty="derived", group=(BESIDE,)
            )


_ENLARGED = "增容"
"""The option for it, where the county has one."""


def _other(scene: Scene, pair: Grown, topic_at: TopicAt) -> Iterator[Candidate]:
    """300兆提到500: what is to be, of anything else that is measured."""
    fields = [
        one
        for one in fillable(scene.form).measured_in(pair.new.unit)
        if scene.needs(one) is not None and "原" not in one.called
    ]
    here = [one for one in fields if scene.form.section_of[one.id] is topic_at(pair.old.start)] or fields
    label = scene.marked.label_before(pair.old.start)
    named = [one for one in here if label and any(sense.field is one for sense in label.of("label"))]
    chosen = named or here
    if len(chosen) == 1:
        yield from _cell(scene, chosen[0], pair.new)
        if chosen[0].id not in scene.before:
            yield from _enlarged(scene, scene.form.section_of[chosen[0].id], pair)


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
        if row.old is not None and (is_old(scene.marked, pair.old.start) or not _nothing_before(scene, row.old)):
            yield from _cell(scene, row.old, pair.old)
        if row.new is not None:
            yield from _cell(scene, row.new, pair.new)


def _nothing_before(scene: Scene, old: NumberField) -> bool:
    """Whether there is nothing there yet: of a new supply 800不够 得上1000 weighs two wishes."""
    return old.zero_when is not None and holds(old.zero_when, scene.answers)


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
