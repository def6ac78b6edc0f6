"""Numbers that belong to a yes or to a printed row named before them (自备电源 柴油机300千瓦, 第一路 1000千伏安)."""

import re
from collections.abc import Iterator, Sequence

from dialogs.reading import Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import fillable
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.marked import Marked
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.amounts import amounts, is_old, measured_once, overtaken
from dialogs.understanding.within.find import find
from dialogs.understanding.within.finding import Finding
from dialogs.understanding.within.units import with_unit
from model.fields import Field, NumberField, YesNoField


def dependants(scene: Scene, field: Field, hit: Hit, begin: int, stop: int, score: int) -> Iterator[Candidate]:
    """自备电源 柴油机300千瓦: the number asked beside a yes, behind the name of what is answered yes."""
    if not isinstance(field, YesNoField):
        return
    beside = fillable(scene.form).counted(field.id)
    yield from _right_behind(scene, beside, hit, score)
    money = any(one.unit == "元" for one in beside)
    for one in beside:
        needs = scene.needs(one)
        found = find(scene, one, begin, stop, strong=False) if needs is not None else None
        if (
            needs is not None
            and found is not None
            and isinstance(found.reading, Understood)
            and scene.marked.said(found.start, found.end)[-1:] not in "0123456789"
            and not (money and one.unit != "元" and _is_bare(scene.marked, found))
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


_SO_MANY = re.compile(r"[\s:*x×共是有]{0,3}")


def _right_behind(scene: Scene, beside: Sequence[Field], hit: Hit, score: int) -> Iterator[Candidate]:
    """热表564: how many, told without a unit."""
    many = [one for one in beside if isinstance(one, NumberField) and one.whole]
    lead = _SO_MANY.match(scene.marked.text, hit.end)
    if len(many) != 1 or lead is None or (needs := scene.needs(many[0])) is None:
        return
    for atom in amounts(scene.marked, lead.end(), min(lead.end() + 12, len(scene.marked.text))):
        found = measured_once(scene.marked, many[0], atom) if atom.start == lead.end() and not atom.unit else None
        if found is not None and atom.text[0].isdigit() and not overtaken(scene.marked, atom):
            why = f"“{hit.text}”的数"
            yield Candidate(many[0].id, found.reading, hit.start, atom.end, score + 8, why, needs)
        return


def _is_bare(marked: Marked, found: Finding) -> bool:
    """配套费一百六十六万: a number without a unit is money, where money is asked."""
    return any(not one.unit for one in amounts(marked, found.start, found.end))


_OF = re.compile(r"\s?的\s?|(?!\s)")


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
                    how="line",
                )
                break
