"""What stays ticked where one of several is not wanted any more: 安广不要了, 电视那个免了."""

import re
from collections.abc import Iterator

from dialogs.reading import Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.scene import Scene
from model.fields import ChoiceField
from model.values import Pick, Picks

WITHOUT = "without:"
"""In the group of a candidate: the option that is no longer ticked."""


def left_without(scene: Scene, hit: Hit) -> Iterator[Candidate]:
    """What stays ticked where one of several is not wanted any more: 安广不要了, 不用电信 用移动."""
    for sense in hit.of("option"):
        if isinstance(sense.field, ChoiceField):
            yield from left_of(scene, sense.field, sense.option, hit)


_SETTLED = re.compile(r"(?:那就|要不还是|还是|干脆|索性|改成?|换成?)(?:用|选|要|办|装)?$")
_SO = re.compile(r"(?:的)?(?:吧|好了)(?=$|[\s,。;])")


def settled_on(scene: Scene, hit: Hit) -> Iterator[Candidate]:
    """The one that takes the place of the only one ticked before: 那就电信吧."""
    marked = scene.marked
    if not _SO.match(marked.text, hit.end) or not _SETTLED.search(marked.said(max(0, hit.start - 6), hit.start)):
        return
    for sense in hit.of("option"):
        field = sense.field
        kept = scene.before[field.id].value if field.id in scene.before else None
        if not isinstance(field, ChoiceField) or not field.several or field.id == scene.services:
            continue
        if isinstance(kept, Picks) and len(kept.picks) == 1 and kept.picks[0].option != sense.option:
            group = (f"several:{field.id}", f"{WITHOUT}{kept.picks[0].option}")
            one, needs = Understood(Picks(picks=(Pick(option=sense.option),))), scene.needs(field) or ()
            yield Candidate(field.id, one, hit.start, hit.end, 90, f"“{hit.text}”定了", needs, group=group)


def left_of(scene: Scene, field: ChoiceField, option: str, hit: Hit) -> Iterator[Candidate]:
    """What stays ticked of this choice without one, which these words name."""
    kept = scene.before[field.id].value if field.id in scene.before else None
    if not field.several or not isinstance(kept, Picks) or field.id == scene.services:
        return
    left = tuple(one for one in kept.picks if one.option != option)
    if left and len(left) < len(kept.picks):
        group = (f"several:{field.id}", f"{WITHOUT}{option}")
        why, needs = f"“{hit.text}”不要了", scene.needs(field) or ()
        yield Candidate(field.id, Understood(Picks(picks=left)), hit.start, hit.end, 60, why, needs, group=group)
