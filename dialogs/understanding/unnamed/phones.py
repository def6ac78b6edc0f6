"""Telephone numbers, told by their shape."""

import re
from collections.abc import Iterator

from dialogs.reading import Understood
from dialogs.understanding.atoms import Atom
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.cues import corrects
from dialogs.understanding.fillable import Fillable
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.stretches import Stretch, stretches
from dialogs.understanding.within.contacts import is_spare, spoken_phone
from model.fields import ContactField, PhoneField
from model.values import Contact, Phone


def phones(scene: Scene, fields: Fillable) -> Iterator[Candidate]:
    """The fields that each telephone number could answer, with the person named beside it where one is asked for."""
    for atom in scene.marked.numbered:
        if atom.shape != "phone":
            continue
        for field in fields.reached:
            if isinstance(field, PhoneField) and (needs := scene.needs(field)) is not None:
                score = 34 + (6 if scene.open(field) else 0) + (6 if scene.focused == field.id else 0)
                if is_spare(scene.marked, atom) and _others(scene, atom):
                    continue
                if not scene.open(field) and _is_somebodys(scene.marked, atom) and not corrects(scene.marked):
                    score -= 18
                if not scene.open(field) and _is_ones_own(scene.marked, atom):
                    score -= 14
                if _serves(scene.marked, atom) and _others(scene, atom):
                    score -= 8 if scene.open(field) else 18
                shared = _also_of_contact(scene.marked, atom)
                group = (f"both:{shared}",) if shared is not None and scene.open(field) else ()
                yield Candidate(
                    field.id, spoken_phone(scene, atom), atom.start, atom.end, score, "电话的样子", needs, group=group
                )
            elif isinstance(field, ContactField) and scene.focused == field.id:
                person = next((one for one in scene.marked.people if one.kind == "person"), None)
                reading = spoken_phone(scene, atom)
                if person is not None and isinstance(reading, Understood) and isinstance(reading.value, Phone):
                    value = Contact(name=person.text, phone=reading.value.number)
                    yield Candidate(
                        field.id,
                        Understood(value),
                        min(person.start, atom.start),
                        max(person.end, atom.end),
                        48,
                        "姓名和电话",
                        (),
                    )


def _others(scene: Scene, atom: Atom) -> bool:
    """Whether another number to call is known or told, one that is no spare."""
    told = any(
        one.shape == "phone" and one is not atom and not is_spare(scene.marked, one) for one in scene.marked.numbered
    )
    return told or any(isinstance(one.value, Phone) for one in scene.before.values())


@once
def _is_somebodys(marked: Marked, atom: Atom) -> bool:
    """Whether a person is named or spoken of before the number: it is his, and the one to call was told before."""
    before = marked.said(max(marked.sentence_start(atom.start), atom.start - _ASIDE), atom.start)
    if _TO_CALL.search(before):
        return False
    near = any(
        0 <= atom.start - one.end <= (_ASIDE if one.kind == "person" else _CLOSE)
        and not re.search(r"[\d;。]", marked.said(one.end, atom.start))
        for one in marked.people
    )
    return near or bool(_HIS.search(before))


def is_his(scene: Scene, stretch: Stretch) -> bool:
    """Whether the number is somebody's who is spoken of, and the one to call was told before: 他的座机…."""
    atom = next(iter(scene.marked.atoms_from(stretch.begin, stretch.stop)), None)
    told = atom is not None and atom.shape == "phone" and _is_somebodys(scene.marked, atom)
    return told and not corrects(scene.marked)


_ASIDE, _CLOSE = 16, 3
_HIS = re.compile(r"[他她](?:本人|自己)?的?(?:联系)?(?:手机号?|电话|座机|固话|号码?|那边的?)[是为:,\s]{0,2}$")
_TO_CALL = re.compile(r"联系|联络|有事|找我|找人|打这|总机")


@once
def _is_ones_own(marked: Marked, atom: Atom) -> bool:
    """Whether it is that of whoever does the errands or is in charge: 经办示例,号错了,我自己138…."""
    own = _MY_OWN.search(marked.said(max(0, atom.start - 8), atom.start))
    return bool(own) and any(isinstance(one.field, ContactField) for hit in marked.labels for one in hit.of("label"))


_MY_OWN = re.compile(r"(?:[我俺]自己|本人|我的?)(?:的|用|手机|电话|是|号)*\s?$")


@once
def _serves(marked: Marked, atom: Atom) -> bool:
    """Whether the number is that of somebody with a part of his own: 经手就写我 138…."""
    label = marked.label_before(atom.start)
    if label is None or atom.start - label.end > _NEAR:
        return False
    return all(isinstance(one.field, ContactField) for one in label.of("label"))


_NEAR = 10
_REACHED = re.compile(r"(?:联系|联络|对接)(?:人|电话|方式|就?找)[^。;\n]{0,8}$")


@once
def _also_of_contact(marked: Marked, atom: Atom) -> int | None:
    """Where the words for a contact begin, if this number is his and also the one to call: 联系人也就是经办人靳示例 138…."""
    for one in stretches(marked):
        if isinstance(one.field, ContactField) and one.begin <= atom.start < one.stop:
            return one.begin if _REACHED.search(marked.said(max(0, one.hit.start - 16), one.hit.start)) else None
    return None
