"""Numbers that are told to be the same as another one's: 面积同入网面积, 入网面积和建面一样, 建面3900平 入网同数."""

import re
from collections.abc import Iterator

from dialogs.reading import Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import fillable
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from model.fields import Field, NumberField
from model.values import Amount

_OF = r"[\s,]?(?:的?面积|的?数目?|那[个栏]|也|就|都|是|为|即|填|写|报){0,3}"
_LIKE = re.compile(rf"{_OF}(?:跟|和|同|与|照|等于|同于|等同于?|取)的?$")
_LIKENED = re.compile(r"[^\d,。;]{0,4}?(?:一样|相同|一致|同样|走|来|算|填|写|报)?(?=$|[\s,。;)])")
_SAME = re.compile(
    rf"{_OF}(?:(?:与|和|跟|同)(?:之|它|前者)(?:相同|相等|一样|一致)|同数|同一个数|一个数|一样的?数|一样多?|相等|同样|相同|一致|同上|同前)(?=$|[\s,。;)])"
)
_RUN = re.compile(r"[、,和跟及 ]{0,2}")
_NOT = re.compile(r"不|没|吗|么|\?")
_NEAR, _SHORT = 10, 4
_SCORE = 96


@once
def _same(marked: Marked) -> list[tuple[Hit, Hit | None, int]]:
    """The names whose number is another's, with the name of that one if it is told, and where the words end."""
    found, labels = list[tuple[Hit, Hit | None, int]](), marked.labels
    for number, hit in enumerate(labels):
        if same := _SAME.match(marked.text, hit.end):
            if number and _RUN.fullmatch(marked.text, labels[number - 1].end, hit.start):
                continue  # 户数栋数同上: each its own
            found.append((hit, None, same.end()))
            continue
        other = labels[number + 1] if number + 1 < len(labels) else None
        if other is None or other.start - hit.end > _NEAR or not _LIKE.fullmatch(marked.text, hit.end, other.start):
            continue
        behind = _LIKENED.match(marked.text, other.end)
        if behind and not _NOT.search(marked.text, hit.end, behind.end()):
            found.append((hit, other, behind.end()))
    return found


def likened(scene: Scene) -> Iterator[Candidate]:
    """The number of the other one, which may be told before or in the same message."""
    for hit, other, end in _same(scene.marked):
        for sense in hit.of("label"):
            field = sense.field
            if not isinstance(field, NumberField) or field.id in fillable(scene.form).row_of or not field.unit:
                continue
            needs, base = scene.needs(field), _base(scene, field, hit, other)
            if needs is None or base is None or (needs and not _opened(scene.marked, hit, {name for name, _ in needs})):
                continue
            own = Understood(base.model_copy(update={"unit": field.unit}))
            yield Candidate(
                field.id, own, hit.start, end, _SCORE, "和另一项一样", needs, "derived", how="own")  # fmt: skip


def _base(scene: Scene, field: NumberField, hit: Hit, other: Hit | None) -> Amount | None:
    """The number of the one that is named, else of the one named last before it in the sentence."""
    before = [] if other else scene.marked.labels_before(hit.start, 3)
    start = scene.marked.sentence_start(hit.start)
    names = [other] if other else [one for one in reversed(before) if one.start >= start]
    for name in names:
        for sense in name.of("label"):
            answer = scene.answers.get(sense.field.id)
            if (
                sense.field is not field
                and answer
                and isinstance(answer.value, Amount)
                and (answer.value.unit == field.unit or _both_count(field, sense.field))
            ):
                return answer.value
    return None


def _both_count(field: NumberField, other: Field) -> bool:
    """Whether both are numbers of things: 热表数目同户数."""
    return field.whole and isinstance(other, NumberField) and other.whole


def _opened(marked: Marked, hit: Hit, wanted: set[str]) -> bool:
    """Whether a long name says what the number is asked beside, or that is named before it in the sentence."""
    start = marked.sentence_start(hit.start)
    near = {
        sense.field.id for one in marked.labels_before(hit.start, 4) if one.start >= start for sense in one.of("label")
    }
    return len(hit.text) >= _SHORT or wanted <= near
