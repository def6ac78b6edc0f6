"""A number told before is too much or counts otherwise, and what is to be written instead: 40吨多了 30, 就按4吨 别三吨了."""

from collections.abc import Iterator

from dialogs.kinds.number import check
from dialogs.numerals import NUMBER, read_number
from dialogs.sought import Sought
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import fillable
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.units import fit_units
from model.fields import NumberField
from model.values import Amount

_UNIT = r"(?:\s?(?:个?(?P<{0}>吨|方|立方米?|千帕|千瓦|千伏安|兆|户|平米?|部|台)))?"
_BETWEEN = r"[^\d。;\n一二两三四五六七八九十百]{0,12}?"
_NOTED = r"(?:报|填|写|登|记|按|算)(?:上|成|个)?\s?"


def _told(name: str) -> str:
    return rf"(?P<{name}>{NUMBER}){_UNIT.format('of_' + name)}"


_AGAIN = tuple(
    Sought(one)
    for one in (
        rf"{_told('old')}(?:[写报填说登]得?)?(?:也)?(?:太)?[多少高低大小]了[\s,]{{1,2}}{_BETWEEN}{_told('new')}(?![\d.%年月号])",
        rf"(?:就|还是|先)按{_told('new')}[^\d。;\n]{{0,6}}?别(?:再|写|报|是|按)?{_told('old')}",
        rf"{_told('old')}是[^\s,。;\d]{{1,6}}(?:一[起块]|加起来|合计)的?[\s,]{{1,2}}[^\d。;\n]{{0,12}}?{_NOTED}{_told('new')}",
        rf"应该?[是为]\s?{_told('new')}(?:一?个?小时|每小时|一天|每天)?[\s,]{{1,2}}{_told('old')}(?:没算|没加|漏了|是没)",
    )
)
"""The number that was told, and what it is now; one of both may be without its unit."""
_DOUBTED = Sought(
    rf"{_told('old')}[^\d。;\n]{{0,16}}?(?:打不住|用不[了着完]|能补一?[些点]|不[够止])[\s,]{{1,2}}[^\d。;\n]{{0,4}}?{_NOTED}{_told('new')}"
)
"""一天9吨 旺季打不住 报14吨: in one breath."""


def reported_instead(scene: Scene) -> Iterator[Candidate]:
    """The number in place of one that a field has, or of one that is doubted as soon as it is told."""
    for pattern in (*_AGAIN, _DOUBTED):
        for match in pattern.finditer(scene.marked.text):
            old, new = read_number(match["old"]), read_number(match["new"])
            unit = match["of_new"] or match["of_old"] or ""
            fields = [field for field, value in _held(scene) if value.number == old and _in(field, unit)]
            if pattern is _DOUBTED and not fields:
                fields = [one for one in fillable(scene.form).measured_in(unit) if scene.needs(one) is not None]
            if new is None or len(fields) != 1:
                continue  # of which it is said is not clear
            own = fit_units(fields[0].units or (fields[0].unit,), unit)[0] if unit else None
            reading = check(new, own or _unit(scene, fields[0]), fields[0])
            yield Candidate(
                fields[0].id, reading, *match.span(), 120, "改成后面要报的数", scene.needs(fields[0]) or (), how="own"
            )


def _in(field: NumberField, unit: str) -> bool:
    return not unit or fit_units(field.units or (field.unit,), unit)[0] is not None


def _unit(scene: Scene, field: NumberField) -> str:
    before = scene.before.get(field.id)
    return before.value.unit if before is not None and isinstance(before.value, Amount) else field.unit


def _held(scene: Scene) -> Iterator[tuple[NumberField, Amount]]:
    for field in fillable(scene.form).numbers:
        before = scene.before.get(field.id)
        if before is not None and isinstance(before.value, Amount):
            yield field, before.value
