"""Options that are told by how many of them there are: 装6门电话, 要两部座机."""

from bisect import bisect_right
from collections.abc import Sequence

from dialogs.understanding.atoms import Atom
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.marked import Marked
from dialogs.understanding.openings import Opening

_COUNTERS = ("部", "门", "台", "个", "套")


def behind_number(marked: Marked, hit: Hit) -> int:
    """Where a word begins without its number: in 6部座机 the 6部 stays to be the answer to how many."""
    starts, amounts = marked.amounts
    at = bisect_right(starts, hit.start) - 1
    return amounts[at].end if at >= 0 and hit.start < amounts[at].end < hit.end else hit.start


def counts_option(marked: Marked, atom: Atom, needs: Sequence[Opening]) -> bool:
    """Whether the option which a number would open is what it counts: it stands right behind it, sharing the unit or not."""
    return atom.unit in _COUNTERS and any(
        hit.end > atom.end and any((one.field.id, one.option) in needs for one in hit.of("option"))
        for hit in marked.hits_from(atom.start, atom.end + 1)
    )
