"""What is said so often that it says nothing more: of the same words in one message only the first and the last are looked at."""

from collections import Counter
from collections.abc import Sequence
from typing import Protocol, TypeVar


class Said(Protocol):
    """Anything with its words."""

    @property
    def text(self) -> str:
        """The words."""


One = TypeVar("One", bound=Said)


def not_too_often(found: Sequence[One], most: int) -> tuple[One, ...]:
    """Those found, in their order: of the same words at most the first `most` and as many of the last.

    Nobody means a word that stands there a hundred times a hundred times, but each would be weighed against each field.
    """
    if len(found) <= 2 * most:
        return tuple(found)
    total, seen, kept = Counter(one.text for one in found), Counter[str](), list[One]()
    for one in found:
        seen[one.text] += 1
        if seen[one.text] <= most or seen[one.text] > total[one.text] - most:
            kept.append(one)
    return tuple(kept)
