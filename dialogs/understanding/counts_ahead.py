"""How many there are of a thing, told beside it: 2台电视6部电话, 四个电视 一个座机, 电话三部."""

import re
from collections.abc import Iterator

from dialogs.asking import asks
from dialogs.understanding.atoms import Atom
from dialogs.understanding.candidate import BESIDE, Candidate
from dialogs.understanding.fillable import fillable
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.marked import Marked
from dialogs.understanding.scene import Scene
from dialogs.understanding.unnamed.counted_options import counts_option
from dialogs.understanding.within.amounts import measured_once, overtaken
from dialogs.understanding.within.units import fit_unit
from model.fields import NumberField

_SCORE = 84
_NOT_ONE = re.compile(r"[也都]?(?:不要|不装|不用|不需要)(?=$|[\s,。;])")
"""电话一门不要."""
_DIFFERS = re.compile(r"(?:[少多减退拆撤添再又另]|增加|加)(?:加?装|要|开|上|来|办|留|接|拉)?(?:了|掉)?\s?$")
"""少装一台电视: one fewer than before."""
_IN_EVERY = re.compile(r"每个?(?:栋|幢|座|层|单元|楼|房间|间|户|包间|包厢|教室|办公室|窗口|铺子)[^\d,。;]{0,12}$")
"""每栋东头留了一间放交换机的小屋: not the number of all of them."""


def counts_ahead(scene: Scene) -> Iterator[Candidate]:
    """Each count with the thing right behind it, or with the option in whose words it stands."""
    marked = scene.marked
    for atom in marked.amounts[1]:
        if not atom.unit or atom.number is None or overtaken(marked, atom) or _NOT_ONE.match(marked.text, atom.end):
            continue
        if _DIFFERS.search(marked.said(max(0, atom.start - 5), atom.start)) or _asked(marked, atom):
            continue
        if atom.number == 1 and _IN_EVERY.search(marked.said(max(0, atom.start - 16), atom.start)):
            continue
        for field in fillable(scene.form).measured_in(atom.unit):
            if not field.whole or (needs := scene.needs(field)) is None or not _counts(marked, field, atom):
                continue
            found = measured_once(marked, field, atom)
            if found is not None:
                yield Candidate(
                    field.id, found.reading, atom.start, atom.end, _SCORE, f"“{atom.text}”说的就是旁边那样", needs,
                    found.certainty, found.unsure, (BESIDE,),
                )  # fmt: skip


def _asked(marked: Marked, atom: Atom) -> bool:
    """装一部电话要多少钱."""
    piece = marked.piece_at(atom.start)
    return asks(marked.said(piece.start, piece.end + 1))


def counted_ahead(marked: Marked, field: NumberField, hit: Hit) -> bool:
    """Whether the thing of this name has its count ahead of it, so that the number behind it is another thing's."""
    if not field.whole:
        return False
    before = next(
        (one for one in marked.atoms_from(max(0, hit.start - _NEAR), hit.start) if one.end == hit.start), None
    )
    return before is not None and _counts(marked, field, before)


_NEAR = 8


def counts_another(marked: Marked, field: NumberField, at: int) -> bool:
    """Whether the number here counts another thing than this field does: 都要电视 前台一部电话."""
    atom = next(iter(marked.atoms_from(at, at + 1)), None)
    if not field.whole or atom is None or not atom.unit or _counts(marked, field, atom):
        return False
    others = fillable(marked.form).measured_in(atom.unit)
    return any(one.whole and one is not field and _counts(marked, one, atom) for one in others)


def _counts(marked: Marked, field: NumberField, atom: Atom) -> bool:
    """Whether what stands right behind a count is the thing that this field counts, and no thing stands right before it."""
    if (
        not atom.unit
        or fit_unit(field, atom.unit)[0] is None
        or marked.text[max(0, atom.start - 1) : atom.start] == "第"
    ):
        return False
    things = fillable(marked.form).things[field.id]
    if any(
        hit.end == atom.end and any((one.field.id, one.option) in things for one in hit.of("option"))
        for hit in marked.hits_from(max(0, atom.start - _NEAR), atom.start)
    ):
        return True  # 电话三部
    named = any(one.field is field for hit in marked.hits_from(atom.end, atom.end + 1) for one in hit.of("label"))
    return (named or counts_option(marked, atom, things)) and not _thing_before(marked, atom.start)


def _thing_before(marked: Marked, at: int) -> bool:
    """Whether a thing that is counted ends right before this place: 电话6部电视2台 tells each thing first."""
    return any(
        hit.end == at and any(isinstance(one.field, NumberField) for one in hit.of("label"))
        for hit in marked.hits_from(max(0, at - _NEAR), at)
    )
