"""Amounts as values of number fields."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from dialogs.kinds.number import check
from dialogs.numerals import read_number
from dialogs.reading import Partial, Refusal, Understood
from dialogs.understanding.atoms import Atom
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.finding import Finding
from dialogs.understanding.within.units import fit_unit, with_unit
from dialogs.understanding.within.words import FULL_STOP
from model.draft import Certainty
from model.fields import NumberField
from model.values import Amount, Value

_OLD = re.compile(
    r"(?:原来?|原有|现有|现在|现(?=[\d一二三四五六七八九十百]|$)|目前|已有|之前|以前|从)[^\d,。;加增到换提要扩新申]{0,10}$"
)


def amounts(marked: Marked, start: int, end: int) -> Iterator[Atom]:
    """The amounts inside a stretch."""
    starts, found = marked.amounts
    return (one for one in found[bisect_left(starts, start) : bisect_left(starts, end)] if one.end <= end)


def measured(field: NumberField, atom: Atom) -> Finding | None:
    """An amount as the value of a number field; None if its unit is another one's."""
    unit, factor = fit_unit(field, atom.unit)
    counter = not field.unit and not field.units
    if atom.unit and unit is None and not counter:
        if atom.unit in ("个", "口", "把", "条") and not field.units and field.whole:
            unit = field.unit
        else:
            return None
    if atom.vague or atom.number is None:
        return Finding(Refusal("number.about", {"given": atom.text}), atom.start, atom.end)
    if field.units and unit is None:
        return Finding(
            Partial("unit", {"number": format(atom.number.normalize(), "f")}, so_far=atom.text), atom.start, atom.end
        )
    reading = check(atom.number * factor, unit or field.unit, field)
    certainty: Certainty = "derived" if atom.about else "said"
    return Finding(reading, atom.start, atom.end, atom.about, certainty)


def measured_once(marked: Marked, field: NumberField, atom: Atom) -> Finding | None:
    """The same of an amount in a message, worked out once."""
    key, seen = (measured_once, field.id, atom.start, atom.unit), marked.seen
    if key not in seen:
        seen[key] = measured(field, atom)
    found: Finding | None = seen[key]
    return found


def number_said(scene: Scene, field: NumberField, start: int, end: int) -> Finding | None:
    """The first amount in the stretch with a unit of the field, near enough and not taken back."""
    marked = scene.marked
    for atom in amounts(marked, start, end):
        between = marked.said(start, atom.start)
        if len(_LIGHT.sub("", between)) > 8 or FULL_STOP.search(between.strip()):
            break
        if overtaken(marked, atom) or (is_old(marked, atom.start) and "原" not in field.called):
            continue
        if (found := measured_once(marked, field, with_unit(scene, field, atom))) is not None and (
            found := multiplied(scene, field, atom, found)
        ):
            return found
    return None


def bare_number_said(scene: Scene, field: NumberField, start: int, end: int) -> Finding | None:
    """A numeral that is a number only because the field's name points to it: 分期数：一."""
    said = re.split(r"[\n,。;]", scene.marked.said(start, end), maxsplit=1)[0].strip()
    number = read_number(said) if said else None
    if number is None or field.units:
        return None
    return Finding(check(number, field.unit, field), start, start + len(said))


_LIGHT = re.compile(r"[\s,:、/]")


_DOUBTFUL = re.compile(r"\s*(?:[?？]|吧[?？]|行[吗不])")


_EACH = re.compile(r"(?:每|单)[个间栋户台层户楼]?(?:还|就|都|也)?(?:是|有|各)?$|各$|[一1][个间](?:是|有)?$")


def multiplied(scene: Scene, field: NumberField, atom: Atom, found: Finding) -> Finding | None:
    """A number said of each, times how many there are; None if that is no total of this field."""
    if not _of_each(scene.marked, atom.start):
        return replace(found, unsure=True) if _DOUBTFUL.match(scene.marked.text, atom.end) else found
    many = scene.answers.get(field.per or "")
    count = many.value if many else None
    if (
        not isinstance(count, Amount)
        or not isinstance(found.reading, Understood)
        or not isinstance(found.reading.value, Amount)
    ):
        return None
    total = check(found.reading.value.number * count.number, found.reading.value.unit, field)
    return replace(found, reading=total, unsure=True, certainty="derived", why="每个乘个数")


@once
def _of_each(marked: Marked, at: int) -> bool:
    return bool(_EACH.search(marked.said(max(0, at - 5), at)))


def overtaken(marked: Marked, atom: Atom) -> bool:
    """Whether what follows takes the amount back: 12吨不够, 从5吨加到12吨, 不是1600."""
    return _overtaken(marked, atom.start, atom.end)


_NOT_ENOUGH = re.compile(r"\s*(?:不够|太少|太小|少了|不行|写错|是错的)")


_NOT_THIS = re.compile(r"(?:不是|而非|减|加装|去掉|算|每)\s*$")


_FROM = re.compile(r"(?:从|由)[^\s,。;]{0,6}$")


_GROWS = re.compile(r"[^\s,。;]{0,2}(?:加|增|涨|扩|提|改|换|升|降|减|到|变)")


@once
def _overtaken(marked: Marked, start: int, end: int) -> bool:
    after, before = marked.text[end : end + 8], marked.said(max(0, start - 8), start)
    if _NOT_ENOUGH.match(after) or _NOT_THIS.search(before):
        return True
    return bool(_FROM.search(before) and _GROWS.match(after))


_INSIDE = re.compile(r"里头|里面|里|中")


def counted(marked: Marked, start: int, end: int, unit: str) -> list[Atom]:
    """The numbers of such things in the stretch, without those of things inside others."""
    return [
        one
        for one in amounts(marked, start, end)
        if one.unit == unit and one.number is not None and not _INSIDE.match(marked.text, one.end)
    ]


_OLD_FIRST = re.compile(r"(?:电|气|水)?\s*(?:现有|原有|原来|目前)")


_TO_NEW = re.compile(r"[到加增换提扩申要]")


@once
def is_old(marked: Marked, at: int) -> bool:
    """Whether an amount at this place is said to be the former one (原160)."""
    if _OLD.search(marked.said(max(0, at - 14), at)):
        return True
    start = marked.sentence_start(at)
    return bool(_OLD_FIRST.match(marked.text, start)) and not _TO_NEW.search(marked.text, start, at)


def number_of(value: Value | None) -> Decimal | None:
    """The number of an amount."""
    return value.number if isinstance(value, Amount) else None
