"""What says that something is new says what there was before: 临时用电 原来没电, and the former capacity is 0."""

import re
from collections.abc import Iterator
from decimal import Decimal

from dialogs.reading import Understood
from dialogs.understanding.candidate import BESIDE, Candidate
from dialogs.understanding.fillable import Fillable
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.denied import asked_whether
from model.condition import Has
from model.fields import NumberField
from model.values import Amount

_NONE = re.compile(
    r"(?:以往|此前|从来|历来|眼下|以前|之前|从前|原先|原来|先前|本来|过去|一直|从来|从|还|压根)[^\s,。;]{0,6}(?:没有?|未|无)(?!\s?[\d多少几])"
)
_SCORE = 46


def none_before(scene: Scene, fields: Fillable) -> Iterator[Candidate]:
    """The numbers that are 0 where what is to be done is 新装, if a word for that says that there was none."""
    numbers = [(one, one.zero_when) for one in fields.told if isinstance(one, NumberField)]
    for hit in scene.marked.hits:
        if not _NONE.match(hit.text):
            continue
        named = {(sense.field.id, sense.option) for sense in hit.of("option")}
        for field, when in numbers:
            if not isinstance(when, Has) or not any((when.field, option) in named for option in when.has):
                continue
            if asked_whether(scene.marked, hit.start):
                continue
            if (needs := scene.needs(field)) == ():
                zero = Understood(Amount(number=Decimal(0), unit=field.unit))
                yield Candidate(
                    field.id, zero, hit.start, hit.end, _SCORE, f"“{hit.text}”：原来没有", needs, group=(BESIDE,)
                )
