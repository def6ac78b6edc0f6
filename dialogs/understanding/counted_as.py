"""Numbers told by what counts as one (216间 一间算一户, 户数按客房填), or by so many on each floor (每层1个 一共9层)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from dialogs.kinds.number import check
from dialogs.numerals import NUMBER, read_number
from dialogs.sought import Sought
from dialogs.understanding.atoms import Atom
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import fillable
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.amounts import is_of_each
from model.fields import NumberField

_ROOMS = ("间", "套", "床", "张", "铺", "个床位", "床位")
_ROOM = r"(?:客房|房间|宿舍|公寓|床位|床|铺位|商铺|铺面|门面|铺|间|套)"
_AS = Sought(
    rf"户数?(?:就|先|都|也)?(?:按照?|照|以|拿|用){_ROOM}(?:的)?(?:间数|数量|数|总数)?(?:填|算|报|写|来|计|登|走)?(?:为|作)?"
    rf"|按{_ROOM}(?:的?(?:间数|数量|数))?(?:来|去)?[算计](?:作|做|成)?户数?"
    rf"|{_ROOM}(?:就是|即|就当|就算|顶|当)(?:[一1]个?)?户|多少{_ROOM}就?(?:报|算|填|是)?多少户"
    rf"|(?:[一1每]|按)(?:个|张)?{_ROOM}(?:就|都)?(?:算|按|当|抵|顶|是|为|作|计)?(?:作|做|成)?[一1]个?户"
)
_EACH = Sought(
    rf"每个?(?P<of>层|栋|幢|单元)(?:楼)?(?:都|就|各)?(?:有|设|是|装|配|放)?\s?(?P<each>{NUMBER})\s?(?:个|间)[\s,、]{{0,3}}(?:一共|总共|共|有|楼是|全楼)?(?P<many>{NUMBER})\s?个?(?P=of)"
    rf"|(?<!\d)(?P<before>{NUMBER})\s?个?(?P<of2>层|栋|幢|单元)(?:楼)?[\s,、]{{0,3}}每个?(?P=of2)(?:楼)?(?:都|就|各)?(?:有|设|是|装|配|放)?\s?(?P<each2>{NUMBER})\s?(?:个|间)"
)
_NEAR, _JUST_BEHIND = 8, 4


def counted_as(scene: Scene) -> Iterator[Candidate]:
    """Both, to be read back."""
    yield from _as_households(scene)
    yield from _of_each(scene)


@once
def _rooms(marked: Marked) -> tuple[re.Match[str], Atom] | None:
    """The words that say what counts as a household, and how many of it there are; None if several numbers could be meant."""
    if (match := _AS.search(marked.text)) is None:
        return None
    behind = next(iter(marked.atoms_from(match.end(), match.end() + _JUST_BEHIND)), None)
    if behind is not None and behind.shape == "amount" and behind.number is not None and not behind.unit:
        return match, behind  # 户数以铺位计为240
    found = [
        one
        for one in marked.amounts[1]
        if one.unit in _ROOMS
        and one.number is not None
        and one.number > 1
        and not one.about
        and not is_of_each(marked, one.start, one.end)
    ]
    near = [one for one in found if one.end <= match.start()] or found
    return (match, near[-1]) if near else None


def _as_households(scene: Scene) -> Iterator[Candidate]:
    if (told := _rooms(scene.marked)) is None:
        return
    match, atom = told
    for field in fillable(scene.form).numbers:
        if field.unit != "户" or scene.needs(field) != () or atom.number is None:
            continue
        yield Candidate(
            field.id, check(atom.number, field.unit, field), min(match.start(), atom.start), max(match.end(), atom.end),
            90, "间、床算作户", (), "derived", unsure=True, group=("rooms",), how="own")  # fmt: skip


@once
def _floors(marked: Marked) -> list[tuple[re.Match[str], Decimal]]:
    found = list[tuple[re.Match[str], Decimal]]()
    for match in _EACH.finditer(marked.text):
        each, many = read_number(match["each"] or match["each2"]), read_number(match["many"] or match["before"])
        if each is not None and many is not None:
            found.append((match, each * many))
    return found


def _of_each(scene: Scene) -> Iterator[Candidate]:
    for match, total in _floors(scene.marked):
        label = scene.marked.label_before(match.start())
        if label is None or match.start() - label.end > _NEAR:
            continue
        for sense in label.of("label"):
            field = sense.field
            if isinstance(field, NumberField) and field.unit == "个" and (needs := scene.needs(field)) is not None:
                yield Candidate(
                    field.id, check(total, field.unit, field), label.start, match.end(),
                    96, "每层几个，共几层", needs, "derived", unsure=True,
                )  # fmt: skip
