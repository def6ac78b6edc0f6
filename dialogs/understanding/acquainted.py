"""Who was named so far, with the number that reaches him: 来电 后勤郝老师 158…, so that 经办就写这位郝老师 finds both."""

import re

from dialogs.reading import Understood
from dialogs.understanding.marked import Marked
from dialogs.understanding.names import Name
from dialogs.understanding.people import called_by_title, names_himself, shaped_as_person
from dialogs.understanding.scene import Scene
from dialogs.understanding.whose_number import ME, number_of
from dialogs.understanding.within.contacts import is_spare, spoken_number
from model.values import Contact, Phone, Words

_MOST = 8
"""So many people are remembered of a conversation."""
_HIS = re.compile(
    r"(?:本人|女士|先生)?[\s,、:(]{0,2}(?:[打来电话的进过致询]{2,5}[\s,:]{0,2})?(?:[他她]?的?(?:联系)?(?:电话|手机号?|号码?|座机)?)[\s:是为,]{0,2}"
)
_CALLS = re.compile(r"(?:本人|女士|先生)?(?:刚才|刚刚|又)?(?:打(?:的)?(?:电话)?[来进过]|打(?:的)?电话|来电|致电)")


def acquainted(known: dict[str, str], marked: Marked, area_code: str) -> dict[str, str]:
    """Whom one can call by name or title after this message, the last named last; no number yet of whoever only named himself."""
    phones = [one for one in marked.numbered if one.shape == "phone" and not is_spare(marked, one)]
    met = dict(known)
    for name in marked.people if phones else ():
        if name.kind != "title" and not name.sure:
            continue
        behind = next((one for one in phones if _HIS.fullmatch(marked.text, name.end, one.start)), None)
        calls = len(phones) == 1 and ("来电" in name.cue or _CALLS.match(marked.text, name.end))
        atom = behind or (phones[0] if calls else None)
        reading = spoken_number(marked, atom, area_code) if atom is not None else None
        if isinstance(reading, Understood) and isinstance(reading.value, Phone):
            met.pop(name.text, None)
            met[name.text] = reading.value.number
    for name in marked.people:
        himself = names_himself(marked.text, name)
        atom = number_of(marked, ME if himself else name.text) if name.kind == "person" and name.sure else None
        if atom is None and not himself and name.cue:
            atom = number_of(marked, name.cue)
        reading = spoken_number(marked, atom, area_code) if atom is not None else None
        if isinstance(reading, Understood) and isinstance(reading.value, Phone):
            met |= {name.text: reading.value.number} | ({ME: reading.value.number} if himself else {})
    for name in marked.people:
        himself = names_himself(marked.text, name) or _signs(marked, name)
        if name.kind == "person" and name.sure and name.text not in met and himself:
            met[name.text] = ""
    return dict(list(met.items())[-_MOST:])


_CLOSES = re.compile(r"此致|敬礼|敬上|敬请|特此|谢谢|劳烦|麻烦|拜托")


def _signs(marked: Marked, name: Name) -> bool:
    """Whether it is the name under a letter: 此致 敬礼 院办 卞示例."""
    before = marked.said(max(0, name.start - _CLOSING), name.start)
    return not marked.said(name.end, len(marked.text)).strip(" 。.") and bool(_CLOSES.search(before))


_CLOSING = 40


def full_name(scene: Scene, title: Name) -> str | None:
    """The name of somebody who is called by his surname and a title here: the only one of that surname who is known."""
    surname = called_by_title(title.text)
    here = {one.text for one in scene.marked.people if one.kind == "person" and one.text.startswith(surname)}
    told = {one for one in (*scene.draft.met, *_answered(scene)) if shaped_as_person(one) and one.startswith(surname)}
    names = here or told
    return names.pop() if surname and len(names) == 1 else None


def writer_met(scene: Scene) -> str | None:
    """Who was named with the number to call, which is that of whoever writes."""
    numbers = {answer.value.number for answer in scene.before.values() if isinstance(answer.value, Phone)}
    names = [one for one, number in scene.draft.met.items() if number in numbers and shaped_as_person(one)]
    return names[-1] if names else None


def writer_named(scene: Scene) -> str | None:
    """Who said that he writes, and has told no number yet."""
    names = [one for one, number in scene.draft.met.items() if not number]
    return names[0] if len(names) == 1 else None


def _answered(scene: Scene) -> list[str]:
    said = list[str]()
    for answer in scene.answers.values():
        if isinstance(answer.value, Contact):
            said.append(answer.value.name)
        elif isinstance(answer.value, Words) and len(answer.value.text) <= 4:
            said.append(answer.value.text)
    return said
