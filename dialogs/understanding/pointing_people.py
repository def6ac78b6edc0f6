"""People who are pointed at: she who was just named, whoever writes, the one called by a word (法人填俗名, 电话填铁军的)."""

import re
from bisect import bisect_right

from dialogs.reading import Understood
from dialogs.understanding.atoms import Atom
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.marked import Marked
from dialogs.understanding.names import Name
from dialogs.understanding.once import once
from dialogs.understanding.people import names_himself
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.contacts import spoken_phone
from dialogs.understanding.within.finding import Finding
from model.fields import ContactField, Field, PhoneField, TextField
from model.values import Contact, Phone, Value, Words

_MOST = 60
"""Characters behind a name in which it may be said what he is."""
_BACK = re.compile(r"(?:[他她]|这人|这位|本人|来电的?人?)(?:就|也|算|还)?(?:是|兼|做|当|为)?\s*$")
_LINK = re.compile(r"[\s,、:(]{0,3}(?:本人|同时|自己)?(?:[也就还又]?(?:是|为|即|系|算)|兼任?|=)[\s:]{0,2}")
_BARE = re.compile(r"[\s,、(]{1,3}")
_VERBS = frozenset({"写", "填", "登", "叫", "系", "来电", "就叫", "叫做", "姓名", "名字", "全名"})


def said_before(scene: Scene, field: Field, hit: Hit) -> Finding | None:
    """The person named just before what he is: 她是经办, 范文秀 也是法人, 石岩峰 法人; with his number where one is asked for."""
    contact = isinstance(field, ContactField)
    if not contact and not (isinstance(field, TextField) and field.name_only and field.names == "person"):
        return None
    person = _just_named(scene.marked, hit)
    if person is None:
        return None
    if not contact:
        return Finding(Understood(Words(text=person.text)), hit.start, hit.end, certainty="said", why="前面的人")
    phone = _number_of(scene.marked, person, hit.start)
    reading = spoken_phone(scene, phone) if phone is not None else None
    if not isinstance(reading, Understood) or not isinstance(reading.value, Phone):
        return None
    value = Contact(name=person.text, phone=reading.value.number)
    return Finding(Understood(value), hit.start, hit.start + 1, certainty="derived", why="前面的人")


@once
def _just_named(marked: Marked, hit: Hit) -> Name | None:
    """Who is named last before this word, where what stands between says that he is that."""
    at = hit.start
    before = marked.people[: bisect_right(marked.people, at, key=_end)]
    person = next((one for one in reversed(before) if one.kind == "person"), None)
    if person is None or at - person.end > _MOST or marked.sentence_start(at) > person.start:
        return None
    if _BACK.search(marked.said(max(person.end, at - 6), at)):
        return person
    between, place = "", person.end
    for one in marked.atoms_from(person.end, at):
        if one.shape in ("phone", "identity"):
            between, place = between + marked.said(place, one.start), one.end
    between += marked.said(place, at)
    if _LINK.fullmatch(between):
        return person
    label = marked.label_before(person.start)
    named = label is not None and person.start - label.end <= len(person.cue) + 2
    follows = next((one for one in marked.people if one.start >= hit.end), None)
    own = follows is not None and follows.start - hit.end <= 3
    return person if _BARE.fullmatch(between) and not named and not own else None


def _number_of(marked: Marked, person: Name, stop: int) -> Atom | None:
    beside = marked.atoms_from(person.end, max(person.end + 8, stop))
    return next((one for one in beside if one.shape == "phone"), None)


def _end(one: Name) -> int:
    return one.end


_TO = re.compile(
    r"(?:也|就|都)?(?:是|为|写|填|留|打|用|登|找|记)(?:上|成)?\s?(?P<who>[^\s,。;的]{2,6})的?(?=$|[\s,。;吧])"
)


def by_person(scene: Scene, field: Field, said: str) -> Value | None:
    """The value that belongs to whoever is called so: 法人填俗名, 联系电话填铁军的."""
    to = _TO.match(said)
    if to is None:
        return None
    who = to["who"]
    if isinstance(field, PhoneField):
        contacts = [one.value for one in scene.answers.values() if isinstance(one.value, Contact)]
        found = next((one for one in contacts if one.name == who or one.name[1:] == who), None)
        return Phone(number=found.phone) if found is not None else None
    person = next((one for one in scene.marked.people if one.cue == who and who not in _VERBS), None)
    if person is None:
        return None
    if isinstance(field, TextField) and field.name_only and field.names == "person":
        return Words(text=person.text)
    return None


def person_pointed(scene: Scene, said: str, near: list[Value | None], rest: list[Value | None]) -> Value | None:
    """Name and telephone of a person already spoken of."""
    contact = next((one for one in (*near, *rest) if isinstance(one, Contact)), None)
    written = next((one for one in scene.marked.people if one.kind == "person" and one.text in said), None)
    name = (
        written.text
        if written
        else next((one.text for one in near if isinstance(one, Words) and len(one.text) <= 6), None)
    )
    if name is None and re.search(r"他|她|这个人|来电", said):
        before = [one.text for one in scene.marked.people if one.kind == "person" and one.sure]
        name = before[-1] if before else None
    if name is None and re.search(r"我|本人|自己", said):
        name = next((one.text for one in scene.marked.people if names_himself(scene.marked.text, one)), None)
    if name is None and re.search(r"法人|老板|我|本人", said):
        people = [
            answer.value.text
            for key, answer in scene.answers.items()
            if isinstance(answer.value, Words)
            and isinstance(one := scene.form.fields.get(key), TextField)
            and one.name_only
            and len(answer.value.text) <= 4
        ]
        name = people[-1] if people else None
    phone = next((one for one in (*near, *rest) if isinstance(one, Phone)), None)
    if name is not None:
        known = next((one for one in (*near, *rest) if isinstance(one, Contact) and one.name == name), None)
        number = known.phone if known else phone.number if phone else None
        return Contact(name=name, phone=number) if number else None
    return contact
