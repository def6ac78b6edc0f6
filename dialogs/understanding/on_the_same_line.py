"""A telephone named beside what runs on the same line: 宽带和座机一起新装, 网 电话都要, 宽带加电话.

Alone these words say where somebody can be reached (电话13800000000), so they are no words of the option.
"""

import re
from collections.abc import Iterator

from dialogs.reading import Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import fillable
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.marked import Marked
from dialogs.understanding.scene import Scene
from dialogs.understanding.unwanted import OFF, OFF_BEFORE
from model.fields import ChoiceField, PhoneField
from model.values import Pick, Picks

_SCORE = 57
_NEAR = 9
"""Characters before it in which the other one begins."""
_AND = re.compile(r"\s?(?:[和跟与及加带连、]|还有|外加|再加|附带|顺带)\s?(?:一个|个)?")
_BESIDE = re.compile(r"[\s,]")
_AHEAD = 12
"""Characters behind it in which it is refused."""
_DONE = re.compile(
    r"(?:也|都|全|一[起块并道同齐]|要|得|给|俩){0,3}"
    r"(?:新?装|办|[迁移搬](?!动)|过户|销|弄|开通|拆|拉|要(?![打找联问留写填换]))(?!个?电话)"
)
_REACHED = re.compile(r"[\s:是]{0,3}\d{5}|号|联系|[打发短通找说]")
"""Behind the word: a number, or what is done with one."""


def on_the_same_line(scene: Scene) -> Iterator[Candidate]:
    """The option for the telephone, ticked beside the other one."""
    marked, lines = scene.marked, fillable(scene.form).lines
    for hit in marked.hits:
        if not any(isinstance(one.field, PhoneField) for one in hit.of("label")):
            continue
        if _REACHED.match(marked.text, hit.end) or OFF.match(marked.text[hit.end : hit.end + _AHEAD]):
            continue  # 电话13800000000, 电视跟座机不要
        for field, option in lines.get(hit.text, ()):
            if (needs := scene.needs(field)) is not None and _is_beside(marked, hit, field, option):
                yield Candidate(
                    field.id, Understood(Picks(picks=(Pick(option=option),))), hit.start, hit.end, _SCORE,
                    "和同一条线上的一起说", needs, group=(f"several:{field.id}",),
                )  # fmt: skip


def _is_beside(marked: Marked, hit: Hit, field: ChoiceField, option: str) -> bool:
    """Whether another option of the choice, or the service itself, is named right before and the same is said of both."""
    service = fillable(marked.form).opened_by.get(field.id)
    for other in marked.hits_from(max(0, hit.start - _NEAR), hit.start):
        own = {one.option for one in other.of("option") if one.field is field}
        of_service = any(at == other.start and service in options for at, _, options in marked.services)
        if option in own or not (own or of_service):
            continue
        if OFF_BEFORE.search(marked.text[max(0, other.start - _NEAR) : other.start]):
            continue
        between = marked.text[other.end : hit.start]
        if _AND.fullmatch(between) or (
            (not between or _BESIDE.fullmatch(between)) and _DONE.match(marked.text, hit.end)
        ):
            return True
    return False
