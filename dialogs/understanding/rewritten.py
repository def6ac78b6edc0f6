"""Numbers inside free words put right: 住宅1260户 and then 住宅录颠倒了 1206户, 电缆1.35公里 and then 电缆长度打反了 是1.53公里."""

import re
from collections.abc import Iterator

from dialogs.folding import fold
from dialogs.reading import Understood
from dialogs.sought import Sought
from dialogs.understanding.atoms import Atom, atoms
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.cues import CUE
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.stretches import stretches
from dialogs.understanding.within.amounts import overtaken
from model.fields import NumberField, TextField
from model.values import Words

_CUE = Sought(
    rf"{CUE.pattern}|颠倒|[复重]测|拉尺|丈量|[说写打填报录看记量算登弄搞抄念听]\S{{0,2}}(?:错|反|岔|偏|多了|少了|倒了)|量过|量了|实际|其实|准确|重新|核对|变成|那就|也?算上|数了|数过"
)
_UNIT_FAMILIES = (("米", "公里", "千米", "m", "km"), ("户", "家"), ("平", "平米", "平方", "平方米", "㎡"), ("栋", "幢"))
_WIDE = re.compile(r"(?:管径|口径|直径|孔径|多粗|粗细|的管|DN|PE|φ)", re.IGNORECASE)
_PIPE = re.compile(r"\s?的?\s?(?:PE|UPVC|PVC|钢|铸铁|球墨|塑料|水|给水|镀锌)?管", re.IGNORECASE)
_SIZED = re.compile(r"(?:DN|PE|DE|φ|管径|口径|直径)\s?$", re.IGNORECASE)
_NOUN = re.compile(r"[\u4e00-\u9fff]{2}(?=(?:大概|大约|约|总|共|全|长|有|是){0,3}$)")
_NEAR = 16


def rewritten(scene: Scene) -> Iterator[Candidate]:
    """The free words that were told before, with the numbers in them that this message puts right."""
    marked = scene.marked
    if not (fresh := _fresh(marked)):
        return
    for name, answer in scene.before.items():
        field = scene.form.fields.get(name)
        if not isinstance(field, TextField) or field.name_only or not isinstance(answer.value, Words):
            continue
        if _is_told_anew(marked, field):
            continue
        old = answer.value.text
        made = _changed(scene, old, fresh, named_only=field.most < _TITLE and not _is_named(marked, field))
        if made is not None:
            text, used = made
            yield Candidate(
                name, Understood(Words(text=text)), used[0].start, used[-1].end, 120, "前面那句话里的数改了", how="own"
            )


_ANEW = 8
_TITLE = 300
"""Free words that may be no longer than this are what something is called: 分两期 does not make 林语一期 another one."""


def _is_told_anew(marked: Marked, field: TextField) -> bool:
    """规模改成 DN100钢管65米: whether all of it is told again behind its name."""
    return any(one.field is field and one.pointed and one.stop - one.begin >= _ANEW for one in stretches(marked))


@once
def _fresh(marked: Marked) -> list[Atom]:
    """The amounts of a message that puts something right."""
    if not _CUE.search(marked.text):
        return []
    return [one for one in marked.amounts[1] if one.number is not None and not overtaken(marked, one)]


def _is_named(marked: Marked, field: TextField) -> bool:
    """Whether the message speaks of this field: 项目名写错了 是二期."""
    return any(sense.field is field for hit in marked.labels for sense in hit.of("label"))


def _changed(scene: Scene, old: str, fresh: list[Atom], *, named_only: bool) -> tuple[str, list[Atom]] | None:
    told = [one for one in atoms(fold(old)) if one.shape == "amount" and one.number is not None]
    if len(fold(old)) != len(old) or not told:
        return None
    places, used = dict[int, tuple[Atom, Atom]](), list[Atom]()
    for atom in sorted(fresh, key=lambda one: not _is_named_in(scene.marked, old, told, one)):
        said = scene.marked.said(max(scene.marked.sentence_start(atom.start), atom.start - _NEAR), atom.end)
        if any(one.number == atom.number and _alike(one, atom) for one in told):
            continue  # 46间 once more
        fits = [one for one in told if _means(old, one, atom, said)]
        named = [one for one in fits if (noun := _noun(old, one)) and noun in said]
        chosen = named or ([] if named_only or _is_elsewhere(scene, atom) else fits)
        if len(chosen) == 1 and chosen[0].start not in places:
            places[chosen[0].start] = (chosen[0], atom)
            used.append(atom)
    for before, after in sorted(places.values(), key=lambda one: -one[0].start):
        wide = _is_wide(old, before)
        number = re.sub(r"[^\d.]*$", "", after.text) if wide and after.text[:1].isdigit() else after.text
        number += before.unit if not wide and not after.unit else ""
        old = f"{old[: before.start]}{number}{old[before.end :]}"
    return (old, sorted(used, key=lambda one: one.start)) if used else None


def _means(old: str, one: Atom, atom: Atom, said: str) -> bool:
    """Whether the new amount may stand in this one's place: of the same kind, or how wide a pipe is."""
    if _is_wide(old, one):
        return atom.unit in ("", "dn", "毫米", "mm") and bool(_WIDE.search(said))
    if one.unit and not atom.unit and f"{one.unit}数" in said:
        return True  # 间数说多了 92
    return bool(one.unit) and _alike(one, atom)


def _alike(one: Atom, other: Atom) -> bool:
    return one.unit == other.unit or any(one.unit in family and other.unit in family for family in _UNIT_FAMILIES)


def _is_wide(old: str, one: Atom) -> bool:
    if one.unit not in ("", "dn", "毫米", "mm"):
        return False
    return one.unit == "dn" or bool(_SIZED.search(old[: one.start]) or _PIPE.match(old, one.end))


def _is_named_in(marked: Marked, old: str, told: list[Atom], atom: Atom) -> bool:
    """Whether the word before one of the numbers told stands before this one too: 底商18户也算上 那就覆盖234户."""
    before = marked.said(max(marked.piece_at(atom.start).start, atom.start - _NEAR), atom.start)
    return any((noun := _noun(old, one)) and noun in before for one in told)


def _noun(old: str, one: Atom) -> str:
    found = _NOUN.search(re.split(r"[\s,，。;；、:：]", old[: one.start])[-1])
    return found[0] if found else ""


def _is_elsewhere(scene: Scene, atom: Atom) -> bool:
    """Whether a number field that was answered, or is named before the amount, is told in this unit."""
    label = scene.marked.label_before(atom.start)
    if (
        label
        and atom.start - label.end <= 2
        and any(isinstance(one.field, NumberField) and scene.needs(one.field) == () for one in label.of("label"))
    ):
        return True
    return any(
        isinstance(field := scene.form.fields.get(name), NumberField)
        and field.unit
        and any(field.unit in family and atom.unit in family for family in (*_UNIT_FAMILIES, (field.unit,)))
        for name, answer in scene.before.items()
        if answer.value is not None
    )
