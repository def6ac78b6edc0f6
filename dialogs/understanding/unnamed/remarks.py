"""Remarks: before or behind the word (水表没抄 用水备注里写一下), of the service that is named, and several in one go."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from dialogs.asking import asks
from dialogs.reading import Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import Fillable
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.stretches import stretches
from dialogs.understanding.topic_at import TopicAt
from model.fields import Field, TextField
from model.form import Section
from model.values import Words

_SCORE = 94
"""What stands in a remark is free words, whatever else it could be."""
_NEAR, _LEAST = 6, 2
_OF_SERVICE = re.compile(
    r"(?:业务|用水|用电|用气|用网)?[这那]?(?:边|块|栏|行|格|项|里|上|方面|个)?(?:的|里的|里|上)?\s?"
)
_WRITES = re.compile(
    r"\s?(?:这|那)?[一]?(?:栏|格|行|项|块|里头|里面|里|上|处|边)?\s?(?:请|麻烦|帮忙?|帮我|给我|替我|也|还|就|再|要|得|都)*"
    r"(?:写|填|记|加|注|登|标|备|提|说|[改换](?=[成为]))?(?:明|上|成|为|到|个|一?下子?|一?句|一?笔|一?条|清楚|进去)*\s?(?:是|为)?\s?[:,]?\s?"
)
_PUTS = re.compile(
    r"[\s,、]*(?:这个|这条|这句|这一条|这事|这点|这些|都)?(?:要求|希望|务必|客户|对方|请|麻烦|帮忙?|帮我|给我|替我|你|您|也|就|再|把它?)*"
    r"(?:写|填|记|放|加|登|注明?|标|备|录)?(?:到|在|进|入|上|个)?$"
)
_NO_REMARK = re.compile(
    r"^(?:不写|不填|不用|没有|没啥|没什么|无|空着|不要|先不|暂无|就不|免)|(?:不写|不填|空着|不用[填写])[吧呗了]?$"
)
_PARTICLES = re.compile(r"[\s,、;。!~]*(?:吧|啊|呀|哈|谢谢|就行|就好|就可以|可以了)?[\s,、;。!~]*$")
_ADDS = re.compile(r"[再还又也]要?(?:加|写|补|记|添)|补充|补一|加一[句条笔]|还有|另外")
"""Something to be written beside the remark that is there: 备注再加一句."""
_QUOTES = " ,、;。:\"“”'‘’「」【】"
_LEAD = re.compile(r"^(?:对了|哦|还有|另外|麻烦|请|帮我|给我|把|将|[\s,])+")
_WRITTEN = r"(?:[那这]?(?:边|块|栏|行|格|项)|的)?(?:就|要|也|都)?\s?(?:写上?|填上?|记上?|注明|加上?|:)\s?"


def remarks(scene: Scene, fields: Fillable, topic_at: TopicAt) -> Iterator[Candidate]:
    """What is said beside the word for a remark, where every service has one of its own."""
    marked = scene.marked
    own = {one.id: one for one in fields.remarks}
    for hit in marked.labels if own else ():
        meant = [one.field for one in hit.of("label") if one.field.id in own]
        if not meant or scene.needs(meant[0]) is None and len(meant) == 1:
            continue
        begins, service = _service_before(marked, hit)
        start, stop = _behind(marked, hit)
        if _PARTICLES.fullmatch(marked.text, start, stop):
            start, stop = _before(marked, begins)
            field = _of(scene, own, meant, service, topic_at(hit.start))
            if field is not None:
                yield from _taken(scene, field, start, stop, min(start, begins), hit.end, "在“备注”前面")
            continue
        parts = _of_each(scene, own, start, stop)
        if parts:
            for field, (first, last) in parts:
                yield from _taken(scene, field, first, last, first, last, "备注里分开写的")
            continue
        there = topic_at.within(start, start + 3)
        field = _of(scene, own, meant, service, topic_at(hit.start if there is None or service else there))
        if field is not None:
            yield from _taken(scene, field, start, stop, begins, stop, f"在“{hit.text}”后面")


def _taken(
    scene: Scene, field: TextField, start: int, stop: int, begins: int, ends: int, why: str
) -> Iterator[Candidate]:
    said = _LEAD.sub("", scene.marked.said(start, stop)).strip(_QUOTES)
    needs = scene.needs(field)
    if needs is None or len(said) < _LEAST or len(said) > field.most or _NO_REMARK.search(said) or asks(said):
        return
    kept = scene.before.get(field.id)
    if (
        kept is not None
        and isinstance(kept.value, Words)
        and _ADDS.search(scene.marked.said(max(0, begins - 4), start))
    ):
        said = f"{kept.value.text},{said}"[: field.most]
    yield Candidate(field.id, Understood(Words(text=said)), begins, max(ends, stop), _SCORE, why, needs, how="name")


@once
def _service_before(marked: Marked, hit: Hit) -> tuple[int, str]:
    """Where the mention begins with the service it is of (水那栏备注), and the service's option; none: ''."""
    for begin, end, options in reversed(marked.services):
        if end > hit.start:
            continue
        if hit.start - end <= _NEAR and len(options) == 1 and _OF_SERVICE.fullmatch(marked.text, end, hit.start):
            return begin, options[0]
        break
    return hit.start, ""


@once
def _behind(marked: Marked, hit: Hit) -> tuple[int, int]:
    """What stands behind the mention, without 里写一下."""
    glue = _WRITES.match(marked.text, hit.end)
    stop = max((one.stop for one in stretches(marked) if one.hit is hit), default=hit.end)
    if hit.end < len(marked.text):
        stop = max(stop, marked.sentence_end(hit.start))
    start = min(glue.end() if glue else hit.end, stop)
    following = next((one for one in marked.labels if one.start >= start and one.text.endswith(hit.text[-2:])), None)
    if following is not None and following.start < stop:
        stop = _service_before(marked, following)[0]
    return start, max(start, stop)


@once
def _before(marked: Marked, begins: int) -> tuple[int, int]:
    """What stands before it in its sentence, from the last comma on, without 写到."""
    start = marked.sentence_start(begins)
    puts = _PUTS.search(marked.text, start, begins)
    stop = puts.start() if puts else begins
    if puts and stop == start and start > 0:  # 五月份停电三次。要求写进用电那块的备注
        stop = start - 1
        start = marked.sentence_start(stop)
    comma = marked.text.rfind(",", start, stop)
    return (comma + 1 if comma >= 0 else start), stop


def _of_each(
    scene: Scene, own: Mapping[str, TextField], start: int, stop: int
) -> list[tuple[TextField, tuple[int, int]]]:
    """电写“…”,水写“…”,网不写: what is to be written for each service."""
    found = list[tuple[TextField | None, int, int]]()
    for each in _each(tuple(scene.service_words)).finditer(scene.marked.text, start, stop):
        field = _of(scene, own, (), scene.service_words[each["service"]], None)
        found.append((None if each["none"] else field, each.start(), each.end()))
    if not found or found[0][1] > start + 1 or not any(field for field, _, _ in found):
        return []
    ends = [*(begin for _, begin, _ in found[1:]), stop]
    return [(field, (first, last)) for (field, _, first), last in zip(found, ends, strict=True) if field is not None]


@lru_cache(maxsize=16)
def _each(words: tuple[str, ...]) -> re.Pattern[str]:
    said = "|".join(re.escape(one) for one in sorted(words, key=len, reverse=True))
    return re.compile(
        rf"(?:(?<=[,;。 :\"”])|(?<![\u4e00-\u9fff]))(?P<service>{said})(?:(?P<none>(?:的|那边)?不[写填用])|{_WRITTEN})"
    )


def _of(
    scene: Scene, own: Mapping[str, TextField], meant: Sequence[Field], service: str, topic: Section | None
) -> TextField | None:
    """The remark that is meant: of the service that is named, else of the one spoken of, else of the only one."""
    if len(meant) == 1 and isinstance(meant[0], TextField):
        return meant[0]
    if service:
        section = scene.service_sections.get(service)
        return next((one for one in own.values() if scene.form.section_of[one.id] is section), None)
    if topic is not None:
        found = next((one for one in own.values() if scene.form.section_of[one.id] is topic), None)
        if found is not None:
            return found
    shown = [one for one in own.values() if one.id in scene.visible]
    return shown[0] if len(shown) == 1 else None
