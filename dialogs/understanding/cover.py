"""The span-coverage rule: of all readings of a message, the best for each span and each field wins (design §3)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from dialogs.understanding.candidate import BESIDE, Candidate

_CERTAIN = 26
_MARGIN = 4
_CLEAR = 55
_STRETCH = 16


@dataclass(frozen=True, slots=True)
class Covered:
    """What was taken, in the order of the text; and spans whose best readings are too close to choose between."""

    taken: tuple[Candidate, ...]
    open: tuple[tuple[Candidate, ...], ...] = ()


def cover(candidates: Iterable[Candidate]) -> Covered:
    """Each span answers one field, and each field is answered once; a later span of the same weight corrects an earlier one."""
    ranked = sorted(candidates, key=lambda one: (-one.score, one.start, one.field))
    alike = defaultdict[tuple[int, int], list[Candidate]](list)
    for one in ranked:
        alike[one.start, one.end].append(one)
    taken, unsettled = list[Candidate](), list[tuple[Candidate, ...]]()
    asked = bytearray(max((one.end for one in ranked), default=0))
    answered = set[str]()
    spans = (
        _Spans()
    )  # of what is taken, and what is clearly about a field that a better span answers: about nothing else
    for one in ranked:
        if one.score < _CERTAIN:
            break
        if 1 in asked[one.start : one.end] or spans.hold(one):
            continue
        if one.field in answered and f"several:{one.field}" not in one.group:
            if one.score >= _CLEAR:
                spans.add(one)
            continue
        rivals = [
            other for other in alike[one.start, one.end]
            if other.field != one.field and one.score - other.score < _MARGIN
            and other.field not in answered and other.understood and not _shared(one, other)
        ]  # fmt: skip
        if rivals and one.understood:
            unsettled.append((one, *rivals))
            asked[one.start : one.end] = b"\x01" * (one.end - one.start)
        else:
            taken.append(one)
            answered.add(one.field)
            spans.add(one)
    return Covered(tuple(sorted(taken, key=lambda one: one.start)), tuple(unsettled))


class _Spans:
    """Spans that are given away, by the stretches of the text they lie in: few have to be looked at for another one."""

    def __init__(self) -> None:
        self._within = defaultdict[int, list[Candidate]](list)

    def add(self, one: Candidate) -> None:
        """It is given away."""
        for place in _places(one):
            self._within[place].append(one)

    def hold(self, one: Candidate) -> bool:
        """Whether any of its text is given away to what does not share it."""
        within = self._within
        return any(
            _meet(one, other) and not _shared(one, other)
            for place in _places(one)
            if place in within
            for other in within[place]
        )


def _places(one: Candidate) -> range:
    return range(one.start // _STRETCH, max(one.start, one.end - 1) // _STRETCH + 1)


def _meet(one: Candidate, other: Candidate) -> bool:
    return one.start < other.end and other.start < one.end


def _shared(one: Candidate, other: Candidate) -> bool:
    if BESIDE in one.group or BESIDE in other.group:
        return True
    return bool(one.group and other.group) and any(word in other.group for word in one.group)
