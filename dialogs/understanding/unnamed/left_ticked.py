"""What stays ticked where one of several is not wanted any more: 安广不要了, 电视那个免了."""

from collections.abc import Iterator

from dialogs.reading import Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.scene import Scene
from model.fields import ChoiceField
from model.values import Picks

WITHOUT = "without:"
"""In the group of a candidate: the option that is no longer ticked."""


def left_without(scene: Scene, hit: Hit) -> Iterator[Candidate]:
    """What stays ticked where one of several is not wanted any more: 安广不要了, 不用电信 用移动."""
    for sense in hit.of("option"):
        if isinstance(sense.field, ChoiceField):
            yield from left_of(scene, sense.field, sense.option, hit)


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
