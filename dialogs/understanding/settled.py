"""A range of which one end is meant: 60到80吨 按80报."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dialogs.understanding.atoms import Atom

_BY = re.compile(r"(?:按|照)(?:着)?\s?$")
_NOTED = re.compile(r"(?:按|照|取|写|报|填|登|算|定)(?:着|成|为)?\s?$")
_RANGING = re.compile(r"\s?(?:到|至|-|~|或者?)\s?")


def settled(text: str, found: Sequence["Atom"]) -> Iterator["Atom"]:
    """60到80吨 按80报: one end of a range once more is so much of the same, and the range itself is no number any more."""
    units, ranges, gone = dict[Decimal, str](), dict[Decimal, tuple["Atom", "Atom"]](), set["Atom"]()
    kept, last = list["Atom"](), None
    for one in (atom for atom in found if atom.shape == "amount" and atom.number is not None):
        assert one.number is not None
        settled = one
        cue = _NOTED if one.number in ranges else _BY
        again = one.number in units and (not one.unit or one.number in ranges)
        if again and cue.search(text, max(0, one.start - 4), one.start):
            settled = replace(one, unit=one.unit or units[one.number])
            gone.update(ranges.get(one.number, ()))
        elif one.unit:
            units[one.number] = one.unit
            if last is not None and last.number is not None and _RANGING.fullmatch(text, last.end, one.start):
                ranges |= {last.number: (last, one), one.number: (last, one)}
                units.setdefault(last.number, one.unit)
        kept.append(settled)
        last = one
    told = {one.start: one for one in kept}
    yield from (told.get(one.start, one) for one in found if one not in gone)
