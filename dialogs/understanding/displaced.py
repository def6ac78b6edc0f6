"""Whoever told his own identity number before his firm's code is its head: 褚示例 4107…, and then 服务部 执照9241…."""

from collections.abc import Iterator, Mapping

from dialogs.reading import Understood
from dialogs.understanding.candidate import BESIDE, Candidate
from dialogs.understanding.fillable import Fillable
from dialogs.understanding.firm_after_all import FOR_ANOTHER
from dialogs.understanding.people import shaped_as_person
from dialogs.understanding.scene import Scene
from model.fields import CodeField
from model.values import Code, Value, Words

_SCORE = 60
_SOLE_TRADER = "92"
"""Such a code is one person's business, and that person is its head."""


def displaced(scene: Scene, fields: Fillable, taken: Mapping[str, Candidate]) -> Iterator[Candidate]:
    """The identity number, and the name told with it, for the fields of the head, where a firm's code takes their place."""
    if any(one.shape == "identity" for one in scene.marked.numbered):
        return
    if FOR_ANOTHER.search(scene.marked.text):
        return  # 我替示例服务部跑腿
    for own in fields.own_codes:
        one, before = taken.get(own.id), scene.before.get(own.id)
        old = before.value if before is not None else None
        new = one.reading.value if one is not None and isinstance(one.reading, Understood) else None
        if one is None or not (isinstance(old, Code) and old.scheme == "identity" and isinstance(new, Code)):
            continue
        if new.scheme != "organisation":
            continue
        name = _applied(scene)
        if any(scene.answers[head.id].value != name for head in fields.heads if head.id in scene.answers):
            return  # somebody else is the head
        unsure = not new.number.startswith(_SOLE_TRADER)
        values: list[tuple[str, Value]] = [(field.id, old) for field in fields.codes if _is_heads(field)]
        if name is not None:
            values += [(head.id, name) for head in fields.heads]
        for field, value in values:
            if field not in scene.before and (needs := scene.needs(scene.form.fields[field])) is not None:
                yield Candidate(
                    field, Understood(value), one.start, one.end, _SCORE, "先前报的是本人", needs, "derived", unsure, (BESIDE,)
                )  # fmt: skip


def _applied(scene: Scene) -> Words | None:
    """The person who was taken for the applicant, before the firm was told."""
    values = (answer.value for answer in scene.before.values())
    people = [one for one in values if isinstance(one, Words) and shaped_as_person(one.text)]
    return people[0] if len(people) == 1 else None


def _is_heads(field: CodeField) -> bool:
    return field.scheme == "identity" and field.by is None
