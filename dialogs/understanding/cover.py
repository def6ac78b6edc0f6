"""The span-coverage rule: of all readings of a message, the best for each span and each field wins (design §3)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from dialogs.understanding.candidate import Candidate

_CERTAIN = 26
_MARGIN = 4
_CLEAR = 55


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
    used = list[Candidate]()  # clearly about a field that a better span answers: about nothing else
    for one in ranked:
        if one.score < _CERTAIN:
            break
        if 1 in asked[one.start : one.end] or any(
            _meet(one, other) and not _shared(one, other) for other in (*taken, *used)
        ):
            continue
        if any(
            other.field == one.field and not any(word == f"several:{one.field}" for word in one.group)
            for other in taken
        ):
            if one.score >= _CLEAR:
                used.append(one)
            continue
        rivals = [
            other for other in alike[one.start, one.end]
            if other.field != one.field and one.score - other.score < _MARGIN
            and not any(done.field == other.field for done in taken) and other.understood and not _shared(one, other)
        ]  # fmt: skip
        if rivals and one.understood:
            unsettled.append((one, *rivals))
            asked[one.start : one.end] = b"\x01" * (one.end - one.start)
        else:
            taken.append(one)
    return Covered(tuple(sorted(taken, key=lambda one: one.start)), tuple(unsettled))


def _meet(one: Candidate, other: Candidate) -> bool:
    return one.start < other.end and other.start < one.end


def _shared(one: Candidate, other: Candidate) -> bool:
    return any(word in other.group for word in one.group)
