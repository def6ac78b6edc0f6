"""Two addresses that were confused: 两个地址弄反了, 单位地址和工程地址对调一下, 说反了 先说的是工地."""

import re
from collections.abc import Iterator

from dialogs.asking import asks
from dialogs.reading import Understood
from dialogs.understanding.candidate import BESIDE, Candidate
from dialogs.understanding.scene import Scene
from model.fields import AddressField
from model.values import Address

_CONFUSED = r"(?:[写填打弄搞录登报说记]?(?:反|颠倒|岔|串|倒)(?:了|过来)|(?:对|调|互|交)(?:调|换)|(?:换|调)过来)"
_ADDRESSES = re.compile(rf"(?:地[址点方]|位置|[厂店校新旧老]址)[^。;\d\n]{{0,10}}?{_CONFUSED}")
_SCORE = 230


def addresses_exchanged(scene: Scene) -> Iterator[Candidate]:
    """Both addresses told before, each in the other's place; a place told here says by itself what it is."""
    text = scene.marked.text
    match = _ADDRESSES.search(text) if scene.before else None
    if match is None or asks(text) or scene.marked.places:
        return
    two = [
        (name, answer.value)
        for name, answer in scene.before.items()
        if isinstance(scene.form.fields.get(name), AddressField) and isinstance(answer.value, Address)
    ]
    if len(two) != 2 or two[0][1] == two[1][1]:
        return
    (first, one), (second, other) = two
    for name, value in ((first, other), (second, one)):
        yield Candidate(name, Understood(value), *match.span(), _SCORE, "两个地址对调了", group=(BESIDE,), how="own")
