"""Numbers that belong to a yes or to a printed row named before them (自备电源 柴油机300千瓦, 第一路 1000千伏安)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from dialogs.kinds.number import check
from dialogs.reading import Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import fillable
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.amounts import amounts, is_old, measured_once, overtaken
from dialogs.understanding.within.find import find
from dialogs.understanding.within.finding import Finding
from dialogs.understanding.within.units import fit_unit, with_unit
from model.fields import Field, NumberField, YesNoField


def dependants(scene: Scene, field: Field, hit: Hit, begin: int, stop: int, score: int) -> Iterator[Candidate]:
    """自备电源 柴油机300千瓦: the number asked beside a yes, behind the name of what is answered yes."""
    if not isinstance(field, YesNoField):
        return
    for one in fillable(scene.form).counted(field.id):
        needs = scene.needs(one)
        found = (
            (_together(scene, one, begin, stop) or find(scene, one, begin, stop, strong=False))
            if needs is not None
            else None
        )
        if (
            needs is not None
            and found is not None
            and isinstance(found.reading, Understood)
            and scene.marked.said(found.start, found.end)[-1:] not in "0123456789"
        ):
            yield Candidate(
                one.id,
                found.reading,
                found.start,
                found.end,
                score - 4,
                f"“{hit.text}”的数",
                needs,
                found.certainty,
                found.unsure,
            )


_OF = re.compile(r"\s?的?\s?")


def ahead(scene: Scene, field: Field, hit: Hit, score: int) -> Iterator[Candidate]:
    """备着一台12千瓦的柴油机: the number asked beside a yes, right before the name of what is there."""
    if not isinstance(field, YesNoField):
        return
    marked = scene.marked
    atom = next(iter(amounts(marked, max(0, hit.start - 12), hit.start)), None)
    for last in amounts(marked, max(0, hit.start - 12), hit.start):
        atom = last
    if atom is None or not atom.unit or not _OF.fullmatch(marked.text, atom.end, hit.start):
        return
    for one in fillable(scene.form).counted(field.id):
        needs, found = scene.needs(one), measured_once(marked, one, atom)
        if needs is not None and found is not None and isinstance(found.reading, Understood):
            yield Candidate(
                one.id, found.reading, atom.start, hit.end, score + 14, f"“{hit.text}”前面的数", needs,
                found.certainty, found.unsure,
            )  # fmt: skip


def _together(scene: Scene, field: NumberField, begin: int, stop: int) -> Finding | None:
    """6台每台1800千瓦; 一台500一台300合起来: the number of all together, to be read back."""
    found = list(amounts(scene.marked, begin, max(stop, scene.marked.sentence_end(begin))))
    fits = [one for one in found if one.number is not None and fit_unit(field, one.unit)[0] is not None]
    if len(fits) > 1 and (
        begin <= _last_sum(scene.marked) or all(_is_another(scene.marked, one.start) for one in fits)
    ):
        total = sum((one.number for one in fits if one.number), Decimal(0))
        return Finding(check(total, field.unit, field), fits[0].start, fits[-1].end, True, "derived")
    count = next(
        (one for one in found if one.unit in ("台", "个", "组") and one.number and fits and one.start < fits[0].start),
        None,
    )
    if (
        count
        and count.number
        and fits
        and fits[0].number
        and _OF_EACH.search(scene.marked.said(max(0, fits[0].start - 8), fits[0].start))
    ):
        several = count.number > 1
        reading = check(count.number * fits[0].number, field.unit, field)
        return Finding(reading, count.start, fits[0].end, several, "derived" if several else "said")
    return None


_OF_EACH = re.compile(
    r"(?:每|单|[一1])[台个组](?:都|各)?(?:是)?\s*$|各(?:是|为)?\s*$|[\d一二两三四五六七八九十][台个组](?:都|各|全)?(?:是)?\s*$"
)


@once
def _is_another(marked: Marked, at: int) -> bool:
    """一台500千瓦一台300千瓦: whether the amount here is that of one of them."""
    return bool(re.search(r"(?:[一1]|另一?)[台个组](?:是)?\s*$", marked.said(max(0, at - 5), at)))


_SUMS = re.compile(r"合起来|加起来|合在一起|合计|加一块|合着|一共|总共")


@once
def _last_sum(marked: Marked) -> int:
    """Where it is said for the last time that numbers are to be added up; -1 if nowhere."""
    return max((one.start() for one in _SUMS.finditer(marked.text)), default=-1)


GROWS = re.compile(r"到|增|加|换|容量|还是|申请|变压器|箱变|保持")


def siblings(scene: Scene, field: Field, hit: Hit, begin: int, stop: int, score: int) -> Iterator[Candidate]:
    """第一路 1000千伏安: the other cells of a printed row, behind the name of the row."""
    if field.cell is None or not isinstance(field, NumberField):
        return
    for one in fillable(scene.form).row(field.cell):
        if one is field:
            continue
        needs = scene.needs(one)
        if needs is None:
            continue
        for atom in amounts(scene.marked, begin, stop):
            old = is_old(scene.marked, atom.start)
            told = with_unit(scene, one, atom)
            if (
                (not told.unit and not ("申请" in one.called and GROWS.search(scene.marked.text, begin, atom.start)))
                or old != ("原" in one.called)
                or overtaken(scene.marked, atom)
            ):
                continue
            found = measured_once(scene.marked, one, told)
            if found is not None and isinstance(found.reading, Understood):
                yield Candidate(
                    one.id,
                    found.reading,
                    atom.start,
                    atom.end,
                    score - (0 if told.unit else 2),
                    f"“{hit.text}”这一行",
                    needs,
                    found.certainty,
                    found.unsure,
                )
                break
