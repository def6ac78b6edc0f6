"""What there is none of, a few words behind its name: 原来有台柴油机 去年处理掉了 现在没有; 对面的有发电机,我家没有."""

import re
from collections.abc import Iterator

from dialogs.reading import Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from model.fields import YesNoField
from model.values import YesNo

_NONE_NOW = re.compile(
    r"(?<![\u4e00-\u9fff])(?:[我俺咱]们?(?:家|这|厂|店|自己)?(?:里|边)?|现在|眼下|如今|目前|就是|等于)(?:可|就|都|也|是|倒|等于){0,2}"
    r"(?:没有|没得|没|无)(?:了|的)?(?=$|[\s,。;])"
)
_FAR, _SCORE = 28, 140


def none_now(scene: Scene) -> Iterator[Candidate]:
    """A no for what is named last before it."""
    for hit, end in _found(scene.marked):
        fields = [one.field for one in hit.of("label", "yes") if isinstance(one.field, YesNoField)]
        for field in fields[:1]:
            if (needs := scene.needs(field)) is not None:
                no = Understood(YesNo(yes=False))
                yield Candidate(field.id, no, hit.start, end, _SCORE, f"“{hit.text}”现在没有", needs)


@once
def _found(marked: Marked) -> list[tuple[Hit, int]]:
    found = list[tuple[Hit, int]]()
    for none in _NONE_NOW.finditer(marked.text):
        near = [
            one
            for one in marked.hits_from(max(0, none.start() - _FAR), none.start())
            if one.of("label", "yes", "option")
        ]
        if near and any(isinstance(one.field, YesNoField) for one in near[-1].of("label", "yes")):
            found.append((near[-1], none.end()))
    return found
