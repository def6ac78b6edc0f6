"""Numbers told beside who is reached there: the one to call is his too, and that of somebody of whom only the name was told."""

import re
from collections.abc import Iterator

from dialogs.reading import Understood
from dialogs.understanding.candidate import BESIDE, Candidate
from dialogs.understanding.fillable import Fillable
from dialogs.understanding.people import shaped_as_person
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.contacts import SAME_NUMBER, own_phone, spoken_phone
from model.fields import ContactField, PhoneField
from model.values import Contact, Phone

_NUMBER = r"(?:号码?|电话|手机)"
_HIS = rf"(?:负责人|经办人?|老板|法人|[他她我俺])?的?(?:这个|那个|同一个){_NUMBER}?"
_WHO = r"(?:负责人|经办人?|[他她])"
_TO_CALL = re.compile(
    rf"(?:有事[儿情]?[就都直接请]{{0,2}}(?:找|打|联系|叫)(?:[我俺]|这个)|(?:联系|联络)(?:人|的话|电话|方式|号码)?[,\s]?(?:[就也都还是]{{0,2}}(?:找|打|用|拨|留|填|写|登)?)?\s?"
    rf"(?:同号|同一个{_NUMBER}|同上|{_HIS}|{_WHO}))(?=$|[\s,。;])"
)
_SCORE, _HALF_SCORE = 62, 88
_ARRIVED = r"(?:下来了?|办好了?|办下来了?|有了|来了|[要问查]到了?|给我了?|[是为用打:,])"
_RENEWED = (
    rf"(?:那个)?的?(?:联系)?{_NUMBER}码?(?:给我|帮我)?(?:[写打填报说记]?错了?|不对|换了?|改了?|变了?|停了?|不用了|有误){{1,2}}"
    r"(?:一下|成|为|号)?[\s,]{0,2}(?:应该?)?(?:新号码?|新的|现在)?(?:是|用|打|为)?[\s:]{0,2}$"
)
_OWN = rf"(?:本人|自己)?的?(?:联系)?(?:新|手机|电话|号码?){{1,3}}{_ARRIVED}{{0,2}}[\s:,是]{{0,2}}$"


def reached(scene: Scene, fields: Fillable) -> Iterator[Candidate]:
    """The number to call that is said to be somebody's (联系就找他这个号), and 她本人手机156… of whom the name is known."""
    yield from _to_call(scene, fields)
    yield from _of_half_told(scene)
    yield from _of_known(scene)


def _of_known(scene: Scene) -> Iterator[Candidate]:
    """Another number of somebody who was told with one before: 周示例的电话换了 新号155…."""
    for name, answer in scene.before.items():
        known = answer.value
        if not isinstance(known, Contact) or known.name not in scene.marked.text:
            continue
        renewed = re.compile(rf"{re.escape(known.name)}{_RENEWED}")
        for atom in scene.marked.numbered:
            before = scene.marked.said(max(0, atom.start - 30), atom.start)
            reading = spoken_phone(scene, atom) if atom.shape == "phone" and renewed.search(before) else None
            if isinstance(reading, Understood) and isinstance(reading.value, Phone):
                value = Understood(Contact(name=known.name, phone=reading.value.number))
                yield Candidate(name, value, atom.start, atom.end, _HALF_SCORE, "这位换了电话", how="own")


def _to_call(scene: Scene, fields: Fillable) -> Iterator[Candidate]:
    match = _TO_CALL.search(scene.marked.text)
    number = _nearest(scene, match.start(), match.end()) if match is not None else None
    if match is None or number is None:
        return
    for field in fields.reached:
        if isinstance(field, PhoneField) and scene.open(field) and (needs := scene.needs(field)) is not None:
            value = Understood(Phone(number=number))
            yield Candidate(field.id, value, *match.span(), _SCORE, "打同一个电话", needs, "derived", group=(BESIDE,))


def _nearest(scene: Scene, start: int, end: int) -> str | None:
    """The number told last before this place, right behind it, or for somebody before."""
    phones = [one for one in scene.marked.numbered if one.shape == "phone"]
    before = [one for one in phones if one.end <= start]
    behind = [one for one in phones if 0 <= one.start - end <= 2]
    if behind or before:
        reading = spoken_phone(scene, behind[0] if behind else before[-1])
        return reading.value.number if isinstance(reading, Understood) and isinstance(reading.value, Phone) else None
    for name in reversed(scene.draft.trail):
        answer = scene.before.get(name)
        if answer is not None and isinstance(answer.value, Contact):
            return answer.value.phone
    return None


def _of_half_told(scene: Scene) -> Iterator[Candidate]:
    for name, said in scene.draft.slips.items():
        field = scene.form.fields.get(name)
        if not isinstance(field, ContactField) or not shaped_as_person(said) or not scene.open(field):
            continue
        if (needs := scene.needs(field)) is None:
            continue
        whose = re.compile(rf"(?:[他她]|{re.escape(said)})(?:那一?[栏格])?{_OWN}")
        for atom in scene.marked.numbered:
            before = scene.marked.said(max(0, atom.start - 20), atom.start)
            reading = spoken_phone(scene, atom) if atom.shape == "phone" and whose.search(before) else None
            if isinstance(reading, Understood) and isinstance(reading.value, Phone):
                value = Understood(Contact(name=said, phone=reading.value.number))
                yield Candidate(field.id, value, atom.start, atom.end, _HALF_SCORE, "前面那位的电话", needs)
                break
        else:
            at = scene.marked.text.find(said)
            same = (
                SAME_NUMBER.search(scene.marked.said(at + len(said), scene.marked.sentence_end(at)))
                if at >= 0
                else None
            )
            if same and (number := own_phone(scene)):
                value = Understood(Contact(name=said, phone=number))
                end = at + len(said)
                yield Candidate(field.id, value, at, end, _HALF_SCORE, "电话相同", needs, "derived", group=(BESIDE,))
