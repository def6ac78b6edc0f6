"""How many there are in each building or on each floor, and how large all of them are: 楼6栋 一栋一个电信间 一间12平, 每栋设电信间俩."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from dialogs.kinds.number import check
from dialogs.numerals import NUMBER, read_number
from dialogs.reading import Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import fillable
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.amounts import amounts, is_of_each, measured_once, multiplied
from dialogs.understanding.within.finding import Finding
from dialogs.understanding.within.units import fit_unit
from model.fields import NumberField
from model.values import Amount

_HAS = r"(?:都|各|就|均)?(?:有|设置?|配|放|留|装|是|建|安排|做)?(?:了)?\s?"
_IN_EACH = rf"(?:每|[一1]|单)个?(?P<of>栋|幢|座|层|单元)(?:楼)?(?:底下|一楼|1楼|底层|首层)?{_HAS}"
_AHEAD = re.compile(rf"{_IN_EACH}(?P<each>{NUMBER}|俩)?\s?(?:个|间)?\s?$")
_ALONE = re.compile(rf"[\s,]{{0,2}}(?:的话)?(?:是)?{_IN_EACH}(?P<each>{NUMBER}|俩)\s?(?:个|间)?")
_COUNT = re.compile(rf"\s?{_HAS}(?P<each>{NUMBER}|俩)\s?(?:个|间)?(?![\d平㎡m.])")
_SIZE = re.compile(r"[^\d;。]{0,12}?(?:总面积|面积|合起来|加起来|合计|总共|一共|共计|拢共|[\s,]合)[^\d;。]{0,8}$")
_OF_EACH = re.compile(r"(?:每|单)[个间座]?$")
_BEFORE_NAME = re.compile(
    rf"(?<![每第\d.])(?P<only>只有|就|只|有|设|留|共|配)?(?<![\d.])(?P<number>{NUMBER}|俩)\s?(?:个|间)\s?(?:大|小)?$"
)
_FLOORS = re.compile(rf"(?P<many>{NUMBER})\s?个?(?:层|单元)(?:楼)?")
_BUILDINGS = ("栋", "幢", "座")
_FAR, _SIZE_FAR = 12, 40
_PLAIN = ("面积", "总面积")
_SCORE = 98


def of_each_building(scene: Scene) -> Iterator[Candidate]:
    """The number of things that each building has, and the size of all of them."""
    for hit in scene.marked.labels:
        for sense in hit.of("label"):
            field = sense.field
            if not isinstance(field, NumberField) or (needs := scene.needs(field)) is None:
                continue
            if field.unit == "个" and (told := _told(scene.marked, hit)) is not None:
                each, of, start, end = told
                many = _many(scene, of)
                if many is not None and many > 1:
                    yield Candidate(
                        field.id, check(each * many, field.unit, field), start, end, _SCORE, f"每{of}几个", needs,
                        "derived", unsure=True,
                    )  # fmt: skip
            elif field.unit == "个" and (number := _ahead(scene.marked, hit)) is not None:
                yield Candidate(
                    field.id,
                    check(number[0], field.unit, field),
                    number[1],
                    hit.end,
                    _SCORE - 6,
                    "名字前面的个数",
                    needs,
                )
            yield from _sizes(scene, field, hit)


@once
def _told(marked: Marked, hit: Hit) -> tuple[Decimal, str, int, int] | None:
    """How many of this each has, each of what, and where that is said."""
    text = marked.text
    start = max(marked.sentence_start(hit.start), hit.start - _FAR)
    if ahead := _AHEAD.search(text, start, hit.start):
        each = _number(ahead["each"])
        if each is not None:
            return each, ahead["of"], ahead.start(), hit.end
        if count := _COUNT.match(text, hit.end):
            each = _number(count["each"])
            return (each, ahead["of"], ahead.start(), count.end()) if each is not None else None
        return None
    alone = _ALONE.match(text, hit.end)
    each = _number(alone["each"]) if alone else None
    return (each, alone["of"], hit.start, alone.end()) if alone and each is not None else None


@once
def _ahead(marked: Marked, hit: Hit) -> tuple[Decimal, int] | None:
    """两个电信间: how many, told before the name."""
    ahead = _BEFORE_NAME.search(marked.text, max(marked.piece_at(hit.start).start, hit.start - _FAR), hit.start)
    number = _number(ahead["number"]) if ahead else None
    if ahead is None or number is None or (number == 1 and not ahead["only"]):
        return None
    return number, ahead.start("number")


def _number(said: str | None) -> Decimal | None:
    return Decimal(2) if said == "俩" else read_number(said) if said else None


def _many(scene: Scene, of: str) -> Decimal | None:
    """How many buildings there are, or floors and entrances of the one that is spoken of."""
    if of in _BUILDINGS:
        for field in fillable(scene.form).measured_in("栋"):
            answer = scene.answers.get(field.id)
            if answer is not None and isinstance(answer.value, Amount):
                return answer.value.number
        return None
    told = [match for match in _FLOORS.finditer(scene.marked.text) if of in match[0]]
    numbers = [number for match in told if (number := read_number(match["many"])) is not None and number > 1]
    return numbers[0] if len(numbers) == 1 else None


def _for_all(scene: Scene, field: NumberField, found: Finding) -> Finding | None:
    """每个弱电间8平: as many times."""
    many = scene.answers.get(field.per or "")
    value = found.reading.value if isinstance(found.reading, Understood) else None
    if many is None or not isinstance(many.value, Amount) or not isinstance(value, Amount):
        return None
    total = check(value.number * many.value.number, value.unit, field)
    return replace(found, reading=total, unsure=True, certainty="derived")


def _sizes(scene: Scene, counted: NumberField, hit: Hit) -> Iterator[Candidate]:
    """电信间6间,总面积72㎡: the size of what is counted."""
    marked = scene.marked
    for field in fillable(scene.form).numbers:
        if field.per != counted.id or field.unit == "元" or (needs := scene.needs(field)) is None:
            continue
        stop = min(marked.sentence_end(hit.start), hit.end + _SIZE_FAR)
        for atom in amounts(marked, hit.end, stop):
            if (
                not atom.unit
                or fit_unit(field, atom.unit)[0] is None
                or not (
                    _SIZE.search(marked.text, hit.end, atom.start)
                    or (atom.start == hit.end and _OF_EACH.search(marked.text, max(0, hit.start - 3), hit.start))
                )
            ):
                continue
            if any(other.text not in _PLAIN and other.of("label") for other in marked.hits_from(hit.end, atom.start)):
                break  # 电信间5个,供热总面积6万平
            found = measured_once(marked, field, atom)
            if found is None or is_of_each(marked, atom.start, atom.end):
                break
            if _OF_EACH.search(marked.text, max(0, hit.start - 3), hit.start):
                found = _for_all(scene, field, found)
            if found is None:
                break
            if (found := multiplied(scene, field, atom, found)) is not None:
                yield Candidate(
                    field.id, found.reading, atom.start, atom.end, _SCORE, f"“{hit.text}”的面积", needs,
                    found.certainty, found.unsure,
                )  # fmt: skip
            break
