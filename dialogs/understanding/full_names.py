"""The name in full of somebody who was called by surname and title before: 李工全名李示例, 小刘叫刘示例."""

import re
from collections.abc import Iterator

from dialogs.reading import Understood
from dialogs.understanding.candidate import BESIDE, Candidate
from dialogs.understanding.marked import Marked
from dialogs.understanding.names import Name
from dialogs.understanding.once import once
from dialogs.understanding.people import called_by_title
from dialogs.understanding.scene import Scene
from model.fields import ContactField
from model.values import Contact

_SCORE = 84
_NAMING = re.compile(r"(?:全名|全称|大名|名字|本名|真名|姓名|[就也]?是|叫)[是叫做]{0,2}[\s:]{0,2}$|(?:^|[\s,、;。(])$")


def full_names(scene: Scene) -> Iterator[Candidate]:
    """Every contact told so far by a title alone, with the name that fits it."""
    for field in scene.form.fields.values():
        answer = scene.before.get(field.id) if isinstance(field, ContactField) else None
        if answer is None or not isinstance(answer.value, Contact) or (needs := scene.needs(field)) is None:
            continue
        surname = called_by_title(answer.value.name)
        name = _named(scene.marked, surname) if surname else None
        if name is not None:
            value = Contact(name=name.text, phone=answer.value.phone)
            yield Candidate(
                field.id,
                Understood(value),
                name.start,
                name.end,
                _SCORE,
                "前面那位的全名",
                needs,
                "derived",
                group=(BESIDE,),
            )


@once
def _named(marked: Marked, surname: str) -> Name | None:
    """The only person of this surname whose name is told here."""
    people = [
        one
        for one in marked.people
        if one.kind == "person"
        and one.text.startswith(surname)
        and _NAMING.search(marked.said(max(0, one.start - 8), one.start))
    ]
    return people[0] if len({one.text for one in people}) == 1 else None
