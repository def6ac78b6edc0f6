"""One of several things to be done is given up by its verb: 表不挪了 光挪管子; 不挪了, 就原地换块大的."""

import re
from collections.abc import Iterator

from dialogs.reading import Understood
from dialogs.sought import Sought
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import fillable
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.unnamed.left_ticked import WITHOUT
from model.fields import ChoiceField, Field, Option
from model.values import Picks

_GIVEN_UP = Sought(
    r"(?:^|(?<=[ ,。;哦那算表管子道线了]))(?:就|先|还是|也|又){0,2}(?:不|别|甭)(?:用|要|想)?"
    r"(?P<verb>[挪移迁搬换改分动])(?:动|表|管子?|大)?了(?=$|[ ,。;!])"
)
_THING = re.compile(r"(?P<thing>水表|表|管子|水管子?|管道|管线)(?:那边|那个|那块|也|都|就|先|还是)*$")
_ANOTHER_PLACE = re.compile(r"换(?:个)?(?:地方|位置)")
"""Not what is meant by 不换了."""
_MOVES = "挪移迁搬"
_SCORE = 90


def deeds_given_up(scene: Scene) -> Iterator[Candidate]:
    """What stays ticked without what is given up; the last one stays unless another is told."""
    for name in sorted(fillable(scene.form).doings):
        field = scene.form.fields[name]
        if not isinstance(field, ChoiceField) or not field.several:
            continue
        for start, end, gone in without(scene, field):
            kept = scene.before[name].value
            left = tuple(one for one in kept.picks if one.option not in gone) if isinstance(kept, Picks) else ()
            if left:
                group = (f"several:{name}", *(f"{WITHOUT}{one}" for one in gone))
                why = f"“{scene.marked.said(start, end)}”"
                yield Candidate(name, Understood(Picks(picks=left)), start, end, _SCORE, why, group=group)


def instead_of(scene: Scene, field: Field, option: str) -> tuple[str, ...]:
    """For the group of what is told now: what is given up for it."""
    if not isinstance(field, ChoiceField) or not field.several or field.id not in fillable(scene.form).doings:
        return ()
    return tuple(f"{WITHOUT}{one}" for _, _, gone in without(scene, field) for one in gone if one != option)


def without(scene: Scene, field: ChoiceField) -> list[tuple[int, int, tuple[str, ...]]]:
    """Where options of this choice that are ticked are given up, and which."""
    kept = scene.before[field.id].value if field.id in scene.before else None
    ticked = [one for one in field.options if isinstance(kept, Picks) and one.text in kept.options]
    found = list[tuple[int, int, tuple[str, ...]]]()
    for start, end, verb, thing in _said(scene.marked) if ticked else ():
        gone = tuple(one.text for one in ticked if _is_it(one, verb, thing))
        if gone:
            found.append((start, end, gone))
    return found


def _is_it(option: Option, verb: str, thing: str) -> bool:
    """Whether this is the option: 不动 is said of a thing that is named, and takes back any move."""
    verbs = _MOVES if verb == "动" and thing else verb
    return any(
        (not thing or any(thing in of or of in thing for of in act.of))
        and any(one in done and not _ANOTHER_PLACE.search(done) for done in act.done for one in verbs)
        for act in option.acts
    )


@once
def _said(marked: Marked) -> list[tuple[int, int, str, str]]:
    """Where something is given up, by which verb, and of which thing if it is named."""
    found = list[tuple[int, int, str, str]]()
    for match in _GIVEN_UP.finditer(marked.text):
        thing = _THING.search(marked.text, max(0, match.start() - 8), match.start())
        found.append((match.start(), match.end(), match["verb"], thing["thing"] if thing else ""))
    return found
