"""Two counts that were confused: 公租房和小户型说反了, each has the number of the other."""

import re
from collections.abc import Iterator

from dialogs.asking import asks
from dialogs.reading import Understood
from dialogs.understanding.candidate import BESIDE, Candidate
from dialogs.understanding.scene import Scene
from model.fields import YesNoField
from model.values import YesNo

_CONFUSED = re.compile(
    r"[写填打弄搞录登报说记]?(?:反|颠倒|岔|串|倒)(?:了|过来)|(?:对|调|互|交)(?:调|换)(?:一下|过来|$)|(?:换|调)过来"
)
_SCORE = 230


def counts_exchanged(scene: Scene) -> Iterator[Candidate]:
    """Two yes with their numbers, both named here, each with the other's number."""
    text = scene.marked.text
    match = _CONFUSED.search(text) if scene.before else None
    if match is None or asks(text):
        return
    named = {
        sense.field.id
        for hit in scene.marked.hits_from(0, match.start())
        for sense in hit.of("label")
        if isinstance(sense.field, YesNoField)
    }
    two = [
        (name, answer.value)
        for name, answer in scene.before.items()
        if name in named and isinstance(answer.value, YesNo) and answer.value.count is not None
    ]
    if len(two) != 2 or any(one.shape == "amount" for one in scene.marked.atoms_from(0, len(text))):
        return
    (first, one), (second, other) = two
    for name, value in ((first, other), (second, one)):
        yield Candidate(name, Understood(value), *match.span(), _SCORE, "两个数对调了", group=(BESIDE,), how="own")
