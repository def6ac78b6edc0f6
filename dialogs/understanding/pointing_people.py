"""People who are pointed at: whoever writes, the one called by a word (法人填俗名, 电话填铁军的)."""

import re

from dialogs.understanding.acquainted import writer_met
from dialogs.understanding.people import names_himself
from dialogs.understanding.scene import Scene
from model.fields import Field, PhoneField, TextField
from model.values import Contact, Phone, Value, Words

_VERBS = frozenset({"写", "填", "登", "叫", "系", "来电", "就叫", "叫做", "姓名", "名字", "全名"})
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
    if name is None and re.search(r"我|本人|自己", said):
        name = writer_met(scene)
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
