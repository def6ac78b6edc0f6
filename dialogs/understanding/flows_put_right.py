"""How much one thing takes, put right in the breath that tells it: 夹层锅一口 20方——错了 20是带搅拌的 俺定的16方."""

import re
from collections.abc import Iterator
from dataclasses import replace

from dialogs.understanding.marked import Marked
from dialogs.understanding.row_parts import FoundRow, counts, plain
from dialogs.understanding.within.amounts import amounts
from dialogs.understanding.within.units import fit_units
from model.fields import Column
from model.values import Amount

_SLIP = re.compile(
    r"[\s,、—\-.…]{0,4}(?:哦|噢|诶|哎|啊|呃|嗯)?[\s,]{0,2}(?:不不?|我|俺|又)?(?:[说写看记报念打抄算]?(?:错|岔|串|混)了|口误|不对(?![劲付])|更正)"
)
_WITHIN = 40
"""Characters behind the first number within which the right one stands."""


def flows_put_right(marked: Marked, found: list[FoundRow], numbers: list[Column]) -> Iterator[FoundRow]:
    """The rows, each with the last number told for what one of it takes."""
    count, flow = numbers[0], numbers[-1]
    for place, one in enumerate(found):
        cell = one.cells.get(flow.id)
        following = found[place + 1].start if place + 1 < len(found) else len(marked.text)
        stop = min(following, marked.sentence_end(one.end - 1), one.end + _WITHIN)
        if not isinstance(cell, Amount) or not _SLIP.match(marked.text, one.end, stop):
            yield one
            continue
        right = None
        for atom in amounts(marked, one.end, stop):
            if counts(count, atom.unit) and atom.number != 1:
                break  # 错了 是三台: how many there are is put right
            if atom.unit and atom.number and fit_units((flow.unit,), atom.unit)[0] is not None:
                right = atom
        if right is None or right.number == cell.number:
            yield one
        else:
            put = Amount(number=plain(right.number), unit=flow.unit)
            yield replace(one, cells={**one.cells, flow.id: put}, end=right.end)
