"""Kinds of a service told by their barest words: 网和电话都新装, 电话也装一部, 座机俩, 要网要电视要电话.

Alone 电话 says where somebody can be reached (电话13800000000) and 网 the whole service, so they are no words of the options.
"""

import re
from collections.abc import Iterator

from dialogs.reading import Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import fillable
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.unwanted import OFF, OFF_BEFORE
from model.fields import ChoiceField, PhoneField
from model.values import Pick, Picks

_SCORE = 57
_NEAR = 9
"""Characters before it in which the other one begins."""
_AND = re.compile(r"\s?(?:[和跟与及加带连、]|还有|外加|再加|附带|顺带)\s?(?:一个|个)?")
_BESIDE = re.compile(r"[\s,]?(?:也?要)?")
_AHEAD = 12
"""Characters behind it in which it is refused."""
_DONE = re.compile(
    r"(?:也|都|全|一[起块并道同齐]|要|得|给|俩){0,3}"
    r"(?:新?装|办|[迁移搬](?!动)|过户|销|弄|开通|拆|拉|要(?![打找联问留写填换]))(?!个?电话)"
)
_COUNTED = re.compile(
    r"(?:也|还|再|都|就)?(?:要|得|给)?(?:装|安|开|办|牵|拉|来)?(?:个|上)?"
    r"(?:(?:[一二两三四五六七八九十]{1,2}|\d{1,2})\s?[部门台](?![\d:])|俩(?![个\d:])|(?<=[装安开牵拉来])(?:[一两三\d])个(?![\d:]))"
)
"""How many of them are to be put in: 电话8部, 座机俩."""
_LIKEWISE = re.compile(
    r"(?:也|一[起块并道同齐]|跟着|顺带|顺便)(?:要|得|给|都){0,2}(?:新?装|办|[迁移搬](?!动)|过户|销|弄|开通|拆|拉|走)"
)
"""What was said of the one before is said of it too: 网要移机 电话一起移."""
_REACHED = re.compile(r"[\s:是]{0,3}\d{5}|号|联系|[打发短通找说]")
"""Behind the word: a number, or what is done with one."""
_LISTED = re.compile(r"[\s,、]?(?:也?要)?$|[\s,、](?:也?要)?")
_ASKED_FOR = re.compile(r"[要装拉牵开安](?:个|条|根|一[个条根])?$|[和跟与加](?:个)?$")
_IS_DONE = re.compile(
    r"(?:也|都|还|就|先|要|得|给|新){0,3}(?:[装拉牵开安]|要(?=$|[\s,;。了])|[迁移搬](?!动)|过户|销)|[和跟与加、]"
)
"""Before the bare word, or behind it: it is one thing of several, not the name of the service (办网 固话两门)."""


def on_the_same_line(scene: Scene) -> Iterator[Candidate]:
    """The option for the telephone, and for what the service is alone, ticked beside the other one."""
    marked = scene.marked
    for hit, field, option in _telephones(marked):
        yield from _ticked(scene, field, option, hit.start, hit.end)
    for service, (field, option) in fillable(scene.form).plain.items():
        for start, end in _plainly(marked, service, field.id, option):
            yield from _ticked(scene, field, option, start, end)


def _ticked(scene: Scene, field: ChoiceField, option: str, start: int, end: int) -> Iterator[Candidate]:
    if (needs := scene.needs(field)) is not None:
        yield Candidate(
            field.id, Understood(Picks(picks=(Pick(option=option),))), start, end, _SCORE,
            "和同一条线上的一起说", needs, group=(f"several:{field.id}",),
        )  # fmt: skip


@once
def _plainly(marked: Marked, service: str, name: str, option: str) -> tuple[tuple[int, int], ...]:
    """Where the bare word for a service is said beside another kind of it, and wanted: 网要装 电话也装一部."""
    named = [one for hit in marked.hits for one in hit.of("option") if one.field.id == name]
    if any(one.option == option for one in named) or not (
        named or any(field.id == name for _, field, _ in _telephones(marked))
    ):
        return ()
    return tuple(
        (start, end)
        for start, _, options in marked.services
        if options == (service,)
        and marked.text.startswith(service, start)
        and (end := start + len(service))
        and (_ASKED_FOR.search(marked.text[max(0, start - 3) : start]) or _IS_DONE.match(marked.text, end))
        and not OFF.match(marked.text[end : end + _AHEAD])
        and not OFF_BEFORE.search(marked.text[max(0, start - _NEAR) : start])
    )


@once
def _telephones(marked: Marked) -> tuple[tuple[Hit, ChoiceField, str], ...]:
    """The telephones that are applied for in their barest word, with the option each is."""
    return tuple(
        (hit, field, option)
        for hit in marked.hits
        if any(isinstance(one.field, PhoneField) for one in hit.of("label"))
        and not _REACHED.match(marked.text, hit.end)
        and not OFF.match(marked.text[hit.end : hit.end + _AHEAD])  # 电话13800000000, 电视跟座机不要
        for field, option in fillable(marked.form).lines.get(hit.text, ())
        if _is_beside(marked, hit, field, option)
    )


def _is_beside(marked: Marked, hit: Hit, field: ChoiceField, option: str) -> bool:
    """Whether another option of the choice, or the service itself, is named right before and the same is said of both."""
    service = fillable(marked.form).opened_by.get(field.id)
    if _COUNTED.match(marked.text, hit.end):
        return True
    for other in marked.hits_from(max(0, hit.start - _NEAR), hit.start):
        own = {one.option for one in other.of("option") if one.field is field}
        of_service = any(at == other.start and service in options for at, _, options in marked.services)
        if option in own or not (own or of_service):
            continue
        if OFF_BEFORE.search(marked.text[max(0, other.start - _NEAR) : other.start]):
            continue
        between = marked.text[other.end : hit.start]
        if _LIKEWISE.match(marked.text, hit.end):
            return True
        if _AND.fullmatch(between) or (
            _BESIDE.fullmatch(between) and (_DONE.match(marked.text, hit.end) or _is_listed(marked, hit, field))
        ):
            return True
    return False


def _is_listed(marked: Marked, hit: Hit, field: ChoiceField) -> bool:
    """Whether the next thing of a list, or its end, follows: 网 电话 电视, 要网要电视要电话."""
    rest = marked.text[hit.end : marked.sentence_end(hit.start)]
    if "要" in marked.text[max(0, hit.start - 1) : hit.start] and not rest:
        return True
    told = _LISTED.match(rest)
    return bool(told) and any(
        one.field is field for other in marked.hits_from(hit.end, hit.end + 4) for one in other.of("option")
    )
