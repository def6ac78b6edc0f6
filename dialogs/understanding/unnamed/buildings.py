"""Numbers of buildings, and buildings named by pointing at others (和用电同样的楼)."""

import re
from collections.abc import Iterator

from dialogs.reading import Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import Fillable
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.topic_at import TopicAt, fit, of_all
from dialogs.understanding.within.buildings import left_out, listed
from model.fields import BuildingsField
from model.values import Buildings

_THOSE = re.compile(
    r"(?:跟|和|同|与)[^,。;\s]{0,4}(?:同样|一样|相同)的?楼|(?:跟|和|同|与)[^,。;\s]{0,8}楼(?:号|栋)?(?:也|都)?(?:是)?(?:一样|相同|同样)|[这那]几[栋幢]楼?|(?<!\d)\d+[栋幢]楼?(?:都|全)|(?:楼|楼号|楼栋)(?:也|都)?(?:跟|和|同)[^,。;\s]{0,8}一样"
)


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


def buildings_named(scene: Scene, fields: Fillable, topic_at: TopicAt) -> Iterator[Candidate]:
    """The fields that each list of buildings could answer."""
    known = next((one.value for one in scene.answers.values() if isinstance(one.value, Buildings)), None)
    for match in _those(scene.marked):
        for field in fields.buildings:
            if (
                known is not None
                and scene.open(field)
                and scene.form.section_of[field.id] is topic_at(match.start())
                and (needs := scene.needs(field)) is not None
            ):
                yield Candidate(
                    field.id, Understood(known), match.start(), match.end(), 72, "和前面的楼一样", needs, "derived"
                )
    for atom in scene.marked.numbered:
        if atom.shape != "buildings" or left_out(scene.marked, atom.start, atom.end):
            continue
        asked = bool(_ASKED.search(scene.marked.text, atom.end, scene.marked.sentence_end(atom.start)))
        for field in fields.buildings:
            if (needs := scene.needs(field)) is not None and not _of_other(scene, field, atom.start, topic_at):
                if asked and not scene.open(field):
                    continue  # 7号楼什么时候通气
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
                )
