"""The span-coverage rule: of all readings of a message, the best for each span and each field wins (design §3)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from dialogs.understanding.candidate import Candidate

_CERTAIN = 26
_MARGIN = 4


@dataclass(frozen=True, slots=True)
class Covered:
    """What was taken, in the order of the text; and spans whose best readings are too close to choose between."""

    taken: tuple[Candidate, ...]
    open: tuple[tuple[Candidate, ...], ...] = ()


def cover(candidates: Iterable[Candidate]) -> Covered:
    """Each span answers one field, and each field is answered once; a later span of the same weight corrects an earlier one."""
    ranked = sorted(candidates, key=lambda one: (-one.score, one.start, one.field))
    taken, unsettled = list[Candidate](), list[tuple[Candidate, ...]]()
    beside = defaultdict[tuple[int, int], list[Candidate]](list)
    for one in ranked:
        beside[one.start, one.end].append(one)
    asked = bytearray(max((one.end for one in ranked), default=0))
    for one in ranked:
        if one.score < _CERTAIN:
            break
        if any(_meet(one, other) and not _shared(one, other) for other in taken) or 1 in asked[one.start : one.end]:
            continue
        if any(other.field == one.field and not (_shared(one, other) and one.group.startswith("several")) for other in taken):
            continue
        rivals = [
            other for other in beside[one.start, one.end]
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
    return bool(one.group) and one.group == other.group
