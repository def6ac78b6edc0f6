"""Which unit of a field an amount has: said with it, ahead of it, alone behind it, or with one before it."""

import re
from bisect import bisect_left
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from dialogs.kinds.number import SCALED, SPELLINGS
from dialogs.numerals import NUMBER
from dialogs.understanding.atoms import Atom
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from model.fields import NumberField
from model.values import Amount


def fit_unit(field: NumberField, unit: str) -> tuple[str | None, int | Decimal]:
    """The unit of the field that this spelling means, and the factor of its scale; None if it is no unit of the field."""
    return fit_units(field.units or (field.unit,), unit)


@lru_cache(maxsize=2048)
def fit_units(units: tuple[str, ...], unit: str) -> tuple[str | None, int | Decimal]:
    """See `fit_unit`. By the county's units and those that are known at all: nothing of anybody's message."""
    for own in units:
        if own and (unit == own.lower() or unit in SPELLINGS.get(own, ())):
            return own, 1
        if unit in SCALED.get(own, {}):
            return own, SCALED[own][unit]
    return None, 1


_TRANSFORMER = re.compile(r"变压器|箱变|的变(?![压更])")
"""What is said of a transformer is in its unit."""


_UNIT_AHEAD = re.compile(
    r"(千伏安|千瓦|kva|kw)(?:数|那个)?(?:也|都|则)?(?:算出来?|算下来|一共|总共|加起来|合计)?\s*(?:(?:不对|[写报说填打记搞弄]?错了?)[\s,]{1,2}(?:应该是|是)?|[改写填报登记]成?|改[为到]|换成|[加升增提减降涨调落](?:到|成|为|至)|是|为|按|录|:)\s*$",
    re.IGNORECASE,
)
"""千瓦改260: the unit stands before the number."""
_UNIT_BEFORE = re.compile(r"(千伏安|千瓦|kva|kw)(?:数|那个)?\s?$", re.IGNORECASE)
"""千瓦640, 千瓦数 240: right before it, and no number has it."""


@once
def unit_ahead(marked: Marked, at: int) -> str:
    """A unit of power that stands before the number which begins here; else ""."""
    if ahead := _UNIT_AHEAD.search(marked.text, max(0, at - 12), at):
        return ahead[1].lower()
    before = _UNIT_BEFORE.search(marked.text, max(0, at - 8), at)
    if before is None:
        return ""
    starts, found = marked.amounts
    last = bisect_left(starts, at) - 1
    return before[1].lower() if last < 0 or found[last].end <= before.start() else ""


@once
def _of_transformer(marked: Marked, start: int, end: int) -> bool:
    stop = min(end + 6, marked.sentence_end(start))
    return bool(_TRANSFORMER.search(marked.said(max(0, start - 12), stop)))


@once
def is_new_transformer(marked: Marked, start: int, end: int) -> bool:
    """Whether a bare number is the size of the transformer that takes another's place: …的变压器 换成400的."""
    return bool(_INTO.search(marked.said(max(0, start - 4), start))) and _of_transformer(marked, start, end)


@once
def grows_to(marked: Marked, start: int, end: int) -> bool:
    """Whether a bare number is the former one of a size that is told right behind it: 从150到180千伏安."""
    return bool(_FROM.search(marked.said(max(0, start - 6), start)) and _GROWS_TO.match(marked.text, end))


_FROM = re.compile(r"(?:从|由|原来?|现有?|现在)(?:的)?\s?$")
_GROWS_TO = re.compile(
    rf"\s?[加增涨扩提改换升降减调]?\S{{0,2}}?[到至成为]\s?{NUMBER}\s?(?:个)?(?:千伏安|kva)", re.IGNORECASE
)
_INTO = re.compile(r"(?:换|改|升|增|加|扩)(?:成|为|到)\s?$")


SPEEDS = ("兆", "MB")
_SPEED_ALONE = re.compile(
    r"(?:(?:^|[\s,。;要装办用选开拉](?:个|条|根)?)\s?)(?<!不要)(?P<speed>(?:[1-9]|10|20)00|50)(?=的(?:就[行好够]|吧|吧?[\s,。;]|$))"
)


@once
def is_speed_alone(marked: Marked, start: int, end: int) -> bool:
    """Whether a bare number is how fast a line is to be, for broadband is spoken of: 装宽带,联通,500的."""
    before = max(marked.sentence_start(start), start - 30)
    return bool(_SPEED_OF.search(marked.text, before, start)) and any(
        one.span("speed") == (start, end) for one in _SPEED_ALONE.finditer(marked.text)
    )


_SPEED_OF = re.compile(r"宽带|带宽|网速|光纤|拉网|装网")


def with_unit(scene: Scene, field: NumberField, atom: Atom) -> Atom:
    """增到1250 has the unit of the former amount said just before (原来800千伏安)."""
    if atom.unit:
        return atom
    if ahead := unit_ahead(scene.marked, atom.start):
        return replace(atom, unit=ahead)
    if field.unit in SPEEDS and is_speed_alone(scene.marked, atom.start, atom.end):
        return replace(atom, unit="兆")
    if not field.units:
        if field.unit == "千伏安" and (
            is_new_transformer(scene.marked, atom.start, atom.end) or grows_to(scene.marked, atom.start, atom.end)
        ):
            return replace(atom, unit="千伏安")
        alone = unit_alone(scene.marked, atom.end, atom.start) if field.unit in ("千瓦", "千伏安") else ""
        return replace(atom, unit=alone) if alone else atom
    if "千伏安" in field.units and _of_transformer(scene.marked, atom.start, atom.end):
        return replace(atom, unit="千伏安")
    if said := _UNIT_SAID.match(scene.marked.text, atom.end):
        return replace(atom, unit=said[1].lower())
    if unit := _units_before(scene.marked, field.units).get(atom.start):
        return replace(atom, unit=unit)
    alone = unit_alone(scene.marked, atom.end, atom.start)
    if alone and fit_unit(field, alone)[0]:
        return replace(atom, unit=alone)
    before = scene.answers.get(field.id)
    if before is not None and isinstance(before.value, Amount) and before.value.unit:
        return replace(atom, unit=before.value.unit.lower())
    return atom


_UNIT_SAID = re.compile(
    r"\s?(?:那个|这个)?(?:的)?(?:单位|后头|后面|后边)?(?:跟的|跟着的|带的|应该|应|其实)?是(千伏安|千瓦|kva|kw)",
    re.IGNORECASE,
)
"""500是千伏安."""


_POWER_HERE = re.compile(r"千伏安|千瓦|kva|kw", re.IGNORECASE)


_POWER_APART = re.compile(r"[ ,、](?:单位)?(?:都|全|均)?(?:都|是|为|按)?(千伏安|千瓦|kva|kw)", re.IGNORECASE)


@once
def unit_alone(marked: Marked, at: int, start: int) -> str:
    """A unit of power standing alone behind an amount (which begins at `start` and ends here), in its sentence; else ""."""
    end, text = marked.sentence_end(start), marked.text
    here = _POWER_HERE.match(text, at, end)
    if here and _ends_there(text, here.end(), end):
        return here[0].lower()
    starts, spans = _powers(marked)
    for place in range(bisect_left(starts, at), len(starts)):
        after, unit = spans[place]
        if after > end:
            break
        if _ends_there(text, after, end):
            return unit
    return ""


def _ends_there(text: str, at: int, end: int) -> bool:
    return at == end or text[at] in " ,、。;"


@once
def _powers(marked: Marked) -> tuple[list[int], list[tuple[int, str]]]:
    found = list(_POWER_APART.finditer(marked.text))
    return [one.start() for one in found], [(one.end(), one[1].lower()) for one in found]


@once
def _units_before(marked: Marked, units: tuple[str, ...]) -> dict[int, str]:
    """For the start of each amount the last unit of these said before it in its sentence."""
    found, last, within = dict[int, str](), "", -1
    for atom in marked.amounts[1]:
        sentence = marked.piece_at(atom.start).sentence
        if sentence != within:
            last, within = "", sentence
        if last:
            found[atom.start] = last
        if atom.unit and fit_units(units, atom.unit)[0]:
            last = atom.unit
    return found
