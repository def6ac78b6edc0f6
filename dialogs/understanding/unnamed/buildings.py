"""Numbers of buildings, and buildings named by pointing at others (和用电同样的楼)."""

import re
from collections.abc import Iterator

from dialogs.reading import Understood
from dialogs.sought import Sought
from dialogs.understanding.atoms import Atom
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import Fillable
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.topic_at import TopicAt, fit, of_all
from dialogs.understanding.within.buildings import BUILDING_OUT, building_of, left_out, listed
from model.fields import BuildingsField
from model.values import Buildings

_LIKE = r"(?:跟|和|同|与|照|按|依|随)"
_AS = r"(?:一样|相同|同样|一致|一个样|一模一样)"
_NUMBERED = r"[\d一二两三四五六七八九十几]{1,3}"
_THOSE = Sought(
    rf"{_LIKE}[^,。;\s]{{0,6}}{_AS}的?楼|{_LIKE}[^,。;\s]{{0,8}}楼(?:号|栋)?(?:也|都)?(?:是)?{_AS}"
    rf"|楼(?:号|栋|幢|座)?(?:也|都|就|范围)?{_LIKE}[^,。;\s]{{0,8}}{_AS}"
    rf"|楼(?:号|栋|幢|座)(?:也|都|就)?{_LIKE}(?:前面|上面)?(?:的|那)?[水电气暖热网燃力然天供][^,。;\s]{{0,6}}"
    rf"|(?:[这那]|上[面述头]|前[面述头])(?:说|写|报|提)?(?:过|到)?(?:的|那|这)?{_NUMBERED}[栋幢]楼?(?![有共都]?[\d一二两三四五六七八九十])"
    rf"|(?<!\d)\d+[栋幢]楼?(?:都|全)"
)
"""The buildings told before: 楼号跟燃气一样, 楼栋同天然气, 也是这7栋, 上面说的那两栋."""
_MORE = re.compile(
    r"[\s,(]{0,2}(?:再|另外?|还|外|多)(?:加|添|有|要)?(?:上|了|个|一个|一栋|1栋|一幢|\s)?(?P<more>\d{1,3}(?:号楼|号|#|栋|幢)(?:[、和跟]\d{1,3}(?:号楼|号|#|栋|幢)){0,6})"
)
"""Behind them: 楼号跟燃气一样,再加一栋9号."""


_SAME = 80


@once
def _those(marked: Marked) -> list[re.Match[str]]:
    return list(_THOSE.finditer(marked.text))


_ASKED = re.compile(r"[什啥]么?时候|多久|哪天|几时|吗|能不能|要不要")


def _of_other(scene: Scene, field: BuildingsField, at: int, topic_at: TopicAt) -> bool:
    """Whether another service is spoken of here, which has no list of buildings, and this list is there: 通信12#也要通."""
    section = topic_at(at)
    return (
        section is not None
        and not scene.open(field)
        and section in scene.service_sections.values()
        and not any(isinstance(one, BuildingsField) for one in section.fields)
    )


_ALONE = re.compile(r"(?:只|就|仅|单|光|改|换|楼号|范围)[^,。;\s]{0,4}[\s:]?$")


def _is_one_of(scene: Scene, field: BuildingsField, atom: Atom) -> bool:
    """Whether a building of the list told before is spoken of, and no other list told: 26号楼只盖了半截."""
    before = scene.before.get(field.id)
    told = before.value.numbers if before is not None and isinstance(before.value, Buildings) else ()
    said = re.findall(r"\d+", atom.text)
    if len(told) < 2 or len(said) != 1 or said[0] not in told:
        return False
    return not _ALONE.search(scene.marked.said(max(0, atom.start - 8), atom.start))


def buildings_named(scene: Scene, fields: Fillable, topic_at: TopicAt) -> Iterator[Candidate]:
    """The fields that each list of buildings could answer."""
    known = next((one.value for one in scene.answers.values() if isinstance(one.value, Buildings)), None)
    for match in _those(scene.marked):
        for field in fields.buildings:
            if (
                known is not None
                and scene.open(field)
                and scene.form.section_of[field.id]
                in (
                    topic_at(match.start()),
                    topic_at(match.end() - 1),
                    topic_at(scene.marked.sentence_start(match.start())),
                )
                and (needs := scene.needs(field)) is not None
            ):
                more = _MORE.match(scene.marked.text, match.end())
                added = re.findall(r"\d+", more["more"]) if more else []
                stop = scene.marked.sentence_end(match.start())
                out = {building_of(one) for one in BUILDING_OUT.finditer(scene.marked.text, match.end(), stop)}
                kept = [one for one in known.numbers if one not in out]
                those = Buildings(numbers=tuple(dict.fromkeys((*(kept or known.numbers), *added))))
                end = more.end() if more else match.end()
                yield Candidate(
                    field.id, Understood(those), match.start(), end, _SAME, "和前面的楼一样", needs, "derived"
                )
    for atom in scene.marked.numbered:
        if atom.shape != "buildings" or left_out(scene.marked, atom.start, atom.end):
            continue
        asked = bool(_ASKED.search(scene.marked.text, atom.end, scene.marked.sentence_end(atom.start)))
        for field in fields.buildings:
            if (needs := scene.needs(field)) is not None and not _of_other(scene, field, atom.start, topic_at):
                if asked and not scene.open(field):
                    continue  # 7号楼什么时候通气
                if _is_one_of(scene, field, atom):
                    continue
                bonus, why = fit(scene, field, atom.start, topic_at)
                reading = listed(scene.marked, atom, scene.context)
                group = (f"all:{atom.start}",) if of_all(scene, field, atom.start, topic_at) else ()
                yield Candidate(
                    field.id,
                    reading,
                    atom.start,
                    atom.end,
                    36 + bonus,
                    "楼号" + (f"，{why}" if why else ""),
                    needs,
                    group=group,
                    how="own" if why else "found",
                )
