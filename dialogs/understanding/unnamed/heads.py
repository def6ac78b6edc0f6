"""Who is said to be the head of what applies, and to apply himself: 老板李示例 我自己, 理事长李示例 本人打的, 老板李示例 3425…."""

import re
from collections.abc import Iterator

from dialogs.derived import derived
from dialogs.reading import Understood
from dialogs.understanding.candidate import BESIDE, Candidate
from dialogs.understanding.lexicon import Sense, lexicon
from dialogs.understanding.marked import Marked
from dialogs.understanding.names import Name
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from model.fields import ChoiceField
from model.form import Form
from model.values import Pick, Picks

_HEAD = re.compile(r"法人|法定代表人|法代|老板娘?|经营者|店主|掌柜的?|董事长|理事长|场长")
_HIMSELF = re.compile(r"[\s,、(]{0,2}(?:[我他她](?:本人|自己)|本人|自己(?:来|打|办)|就是我|来电本人)")
_NO_CLERK = re.compile(r"替|代办|经办|委托|跑[腿手]|让我|叫我|派我|帮")
_SAID = "我就是老板"
"""What says so in any county's words."""


def heads(scene: Scene) -> Iterator[Candidate]:
    """The option that says so; it is read back where it only follows from the identity number behind the name."""
    told = _told(scene.form)
    if told is None or not scene.open(field := scene.form.fields[told.name]) or not isinstance(field, ChoiceField):
        return
    if (needs := scene.needs(field)) is None or _NO_CLERK.search(scene.marked.text):
        return
    found = _head(scene.marked)
    if found is not None:
        name, sure = found
        value = Picks(picks=(Pick(option=told.option),))
        yield Candidate(
            field.id,
            Understood(value),
            name.start,
            name.end,
            44 if sure else 30,
            "老板自己",
            needs,
            "said" if sure else "guessed",
            not sure,
            (BESIDE,),
        )


@derived
def _told(form: Form) -> Sense | None:
    hits = lexicon(form).scan(_SAID)
    return next((sense for hit in hits if hit.text == _SAID for sense in hit.of("option")), None)


@once
def _head(marked: Marked) -> tuple[Name, bool] | None:
    """The head named in the message, and whether it is said that he applies himself."""
    people = [one for one in marked.people if one.kind == "person"]
    for one in people:
        if not _HEAD.fullmatch(one.cue):
            continue
        if _HIMSELF.match(marked.text, one.end):
            return one, True
        follows = marked.atoms_from(one.end, one.end + 12)
        if len(people) == 1 and any(atom.shape == "identity" for atom in follows):
            return one, False
    return None
