"""Somebody of whom a part is told: his name, where it stands, and the number that reaches him."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from dialogs.reading import Partial, Reading, Understood
from dialogs.understanding.acquainted import full_name, writer_met, writer_named
from dialogs.understanding.atoms import Atom
from dialogs.understanding.marked import Marked
from dialogs.understanding.names import Name
from dialogs.understanding.once import once
from dialogs.understanding.people import names_himself, shaped_as_person
from dialogs.understanding.scene import Scene
from dialogs.understanding.whose_number import ME, number_of
from dialogs.understanding.within.contacts import SAME_NUMBER, known_phone, own_phone, spoken_phone
from model.fields import ContactField, Field, TextField
from model.values import Contact, Phone, Words

_NEAR = 10
"""Characters behind 我 in which the name of whoever writes is looked for."""
_OF_NAME = re.compile(
    r"[\s,、:(]{0,3}(?:就?是[小老]?[\u4e00-\u9fff]{1,3}[\s,])?(?:全名|大名|名字|叫|就?是|姓名)?[\s:]{0,2}"
)
_ITS_OWN = 12
"""Characters between what somebody does and his number, at most."""
_ITS = 8
"""A number so near behind another name is that one's."""
_NAMING = re.compile(
    r"[\s,、:(]{0,2}(?:我?(?:叫|是|姓名是?|名字是?)|名字|[\u4e00-\u9fff]{1,5}的|[\u4e00-\u9fff]{0,3}(?:会计|老师|主任|经理|后勤|财务|总务|行政|办公室|工程部|综合部|前台|人事|出纳|文员|[科处部]))?[\s:]{0,2}"
)


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person with a role: his name, where it stands in this message if it does, and whether he writes himself."""

    text: str
    name: Name | None
    me: bool = False


def last_named(scene: Scene, at: int) -> Somebody | None:
    """The person named last before this place, or in a message before."""
    people = named_before(scene.marked, at)
    if people:
        return Somebody(people[-1].text, people[-1])
    for name in reversed(scene.draft.trail):
        value = scene.before[name].value if name in scene.before else None
        if isinstance(value, Contact):
            return Somebody(value.name, None)
        if isinstance(value, Words) and shaped_as_person(value.text):
            return Somebody(value.text, None)
    return None


_FULLY = re.compile(
    r"(?:本人|自己)?[\s,、:(]{1,2}|(?:本人|自己)?[\s,、(]{0,2}(?:[他她]的?)?(?:全名|大名|本名|真名|名字|姓名|名叫|叫)[是叫作:]{0,2}\s?(?:[\u4e00-\u9fff]{1,2}[,\s])?"
)


def named_behind(scene: Scene, at: int) -> Somebody | None:
    """Whose name is told behind a word for him: 就是他,全名李示例."""
    people = scene.marked.people
    name = next((one for one in people[bisect_left(people, at, key=_start) :] if one.kind == "person"), None)
    if name is None or not _FULLY.fullmatch(scene.marked.text, at, name.start):
        return None
    return Somebody(name.text, name, me=bool(scene.marked.said(max(0, at - 1), at) in "他她"))


def called_here(scene: Scene, at: int) -> Somebody | None:
    """Who is called by his surname and a title at this place: 负责人就是祁工."""
    title = next((one for one in scene.marked.people if one.start == at and one.kind == "title"), None)
    if title is not None and scene.marked.text.startswith("的", title.end):
        return None  # 经办人翁总的内勤 谷示例
    name = full_name(scene, title) if title is not None else None
    if name is None:
        return None
    here = next((one for one in scene.marked.people if one.kind == "person" and one.text == name), None)
    return Somebody(name, here)


def named_before(marked: Marked, at: int) -> list[Name]:
    """The people named before this place."""
    return [one for one in marked.people[: bisect_right(marked.people, at, key=_end)] if one.kind == "person"]


def who_writes(scene: Scene, at: int) -> Somebody | None:
    """Whoever writes or calls: named right behind this place, or anywhere, or told of before as the one to turn to."""
    return _named_himself(scene.marked, at) or (_known_writer(scene) if not _others(scene.marked) else None)


@once
def _named_himself(marked: Marked, at: int) -> Somebody | None:
    people = [one for one in marked.people if one.kind == "person"]
    near = next((one for one in people if 0 <= one.start - at <= _NEAR), None)
    if near is not None and _NAMING.fullmatch(marked.text, at, near.start):
        return Somebody(near.text, near, me=True)
    own = next((one for one in reversed(people) if names_himself(marked.text, one) or "来电" in one.cue), None)
    if own is None and len(people) == 1 and people[0].cue in _NAMED:
        own = people[0]
    return Somebody(own.text, own, me=True) if own is not None else None


_NAMED = ("", "大名", "全名", "本名", "真名")
"""Words before a name that say nothing of its bearer."""


def _others(marked: Marked) -> bool:
    return any(one.kind == "person" for one in marked.people)


def _known_writer(scene: Scene) -> Somebody | None:
    """Who does the errands as far as it is known, else the head that said to be it himself."""
    for name in reversed(scene.draft.trail):
        answer = scene.before.get(name)
        if answer is not None and isinstance(answer.value, Contact):
            return Somebody(answer.value.name, None, me=True)
    for name, said in scene.draft.slips.items():
        if isinstance(scene.form.fields.get(name), ContactField) and shaped_as_person(said):
            return Somebody(said, None, me=True)
    numbered = scene.draft.met.get(ME)
    named = [one for one, number in scene.draft.met.items() if number == numbered and shaped_as_person(one)]
    if numbered and named:
        return Somebody(named[-1], None, me=True)
    if (writer := writer_met(scene) or writer_named(scene)) is not None:
        return Somebody(writer, None, me=True)
    for name in reversed(scene.draft.trail):
        answer = scene.before.get(name)
        if (
            answer is not None
            and answer.certainty == "derived"
            and isinstance(answer.value, Words)
            and shaped_as_person(answer.value.text)
        ):
            return Somebody(answer.value.text, None, me=True)
    return None


def reading_of(scene: Scene, field: Field, person: Somebody, at: int) -> Reading | None:
    """What the field is answered with."""
    if isinstance(field, TextField):
        return Understood(Words(text=person.text))
    phone = _phone_of(scene, person, at)
    if phone is None:
        return Partial("phone", {"name": person.text}, so_far=person.text) if scene.open(field) else None
    return Understood(Contact(name=person.text, phone=phone))


def _phone_of(scene: Scene, person: Somebody, at: int) -> str | None:
    """The number that reaches him: beside his name or his role, told before, or the only one of whoever writes."""
    whose = number_of(scene.marked, ME) if person.me else None
    atom = whose or _beside(scene.marked, person.name, at) or number_of(scene.marked, person.text)
    reading = spoken_phone(scene, atom) if atom is not None else None
    if isinstance(reading, Understood) and isinstance(reading.value, Phone):
        return reading.value.number
    if known := known_phone(scene, person.text):
        return known
    same = SAME_NUMBER.search(scene.marked.said(at, scene.marked.sentence_end(at)))
    return own_phone(scene) if person.me or same else None


def reached_at(scene: Scene, person: Somebody, at: int) -> int:
    """Where the number ends that is told of him here, or this place."""
    atom = _beside(scene.marked, person.name, at) if not person.me else None
    return max(at, atom.end) if atom is not None and atom.start - at <= _ITS_OWN else at


@once
def _beside(marked: Marked, name: Name | None, at: int) -> Atom | None:
    """The telephone number beside a name, or behind the role said of its bearer."""
    if name is not None and (before := _justnamed_before(marked, name)) is not None:
        return before
    begin = name.end if name is not None else at
    next_one = marked.people[bisect_left(marked.people, begin, key=_start) :]
    stop = min((one.start for one in next_one if one.kind == "person" and one.start >= at), default=len(marked.text))
    stop = min(stop, max(marked.sentence_end(at), at + _NEAR))
    return next((one for one in marked.atoms_from(begin, stop) if one.shape == "phone"), None)


@once
def _justnamed_before(marked: Marked, name: Name) -> Atom | None:
    """The number right before a name, that of nobody else: 18500000002 就是小李 全名李示例."""
    start = name.start
    before = [one for one in marked.atoms_from(max(0, start - 30), start) if one.shape == "phone"]
    if not before or not _OF_NAME.fullmatch(marked.text, before[-1].end, start):
        return None
    people = named_before(marked, before[-1].start)
    return None if people and before[-1].start - people[-1].end <= _ITS else before[-1]


def _end(one: Name) -> int:
    return one.end


def _start(one: Name) -> int:
    return one.start
