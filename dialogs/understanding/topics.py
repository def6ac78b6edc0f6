"""Which service a place in a message is about: the one named last before it, else the one spoken of before."""

import re
from functools import lru_cache

from dialogs.understanding.marked import Marked, Span
from dialogs.understanding.scene import Scene
from model.form import Section

_AFTER = (
    r"(?=$|[,、 :;。!?()\n|/\d]|一起|一块|全|都|也|就|这|那|算|先|不|我|从|业务|报|办|新|增|过户|销|改|临|是|要|"
    r"接|装|通|移|的|全部|申请|跟|和|两|三|四|备注|方面|呢|么|嘛|还|户|过|等|照|都|那边|再|先)"
)


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    single = "".join(word for word in words if len(word) == 1)
    run = rf"[{single}](?:[和跟与及、+]?[{single}])*"
    return (
        re.compile(rf"(?<![自纯喝饮下雨河污排热冷高低断停发光充亏水电气网来去致回并余省])(?P<run>{run}){_AFTER}")
        if single
        else re.compile(r"(?!)")
    )


def service_marks(scene: Scene) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
    """Where services are named: span and options. 水电气网 names four; single characters only where they stand alone."""
    return _service_marks(scene.marked, scene.services, tuple(sorted(scene.service_words.items())))


@lru_cache(maxsize=4)
def _service_marks(
    marked: Marked, services: str, named: tuple[tuple[str, str], ...]
) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
    words = dict(named)
    closed = bytearray(len(marked.text))
    solid: tuple[Span, ...] = (*marked.places, *marked.firms, *(a for a in marked.atoms if a.shape != "amount"))
    for one in solid:
        closed[one.start : one.end] = b"\x01" * (one.end - one.start)
    found = list[tuple[int, int, tuple[str, ...]]]()
    for match in _pattern(tuple(sorted(words))).finditer(marked.text):
        if 1 not in closed[match.start() : match.end()]:
            options = tuple(dict.fromkeys(words[char] for char in match["run"] if char in words))
            found.append((match.start(), match.end(), options))
    for hit in marked.hits:
        options = tuple(one.option for one in hit.of("option") if one.field.id == services)
        if options and len(hit.text) > 1:
            found.append((hit.start, hit.end, options))
    return tuple(_joined(sorted(found), marked.text))


def _joined(marks: list[tuple[int, int, tuple[str, ...]]], text: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """Services named in one breath (自来水跟燃气, 水、电还有网) are one mark of several."""
    joined = list[tuple[int, int, tuple[str, ...]]]()
    for start, end, options in marks:
        if joined and re.fullmatch(r"\s*(?:[和跟与及、+]|还有|以及|加上?)\s*", text[joined[-1][1] : start]):
            before = joined.pop()
            joined.append((before[0], end, tuple(dict.fromkeys((*before[2], *options)))))
        else:
            joined.append((start, end, options))
    return joined


def topics(scene: Scene) -> list[tuple[int, Section | None]]:
    """From which place on which service is spoken of; the first entry begins at 0."""
    found: list[tuple[int, Section | None]] = [(0, scene.spoken)]
    for start, _, options in service_marks(scene):
        if len(options) == 1 and (section := scene.service_sections.get(options[0])):
            found.append((start, section))
    named = [start for start, _ in found[1:]]
    for hit in scene.marked.hits:
        if not hit.of("label") and any(start <= hit.start for start in named):
            continue  # where services are named, a word of another's options does not change the subject
        sections = {scene.form.section_of[one.field.id].id: scene.form.section_of[one.field.id] for one in hit.senses}
        if len(sections) == 1:
            section = next(iter(sections.values()))
            option = scene.option_of(section)
            if option is not None and (not scene.chosen or option in scene.chosen):
                found.append((hit.start, section))
    return sorted(found, key=lambda one: one[0])
