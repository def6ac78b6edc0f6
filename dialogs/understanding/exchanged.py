"""One service in place of another: 不是水 是电, 水改成燃气, 说错了 报的是电."""

import re
from itertools import pairwise

from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once

_TO = re.compile(
    r"(?:(?:先|就)?不(?:报|办|装|要|弄|搞|用)了?[ ,]*|那块|的|先)?(?:要|想|给我|帮我)?(?:改|换)(?:成|为|到|报|办|装|弄)*"
)
_NOT = re.compile(r"(?<!是)不是(?:要)?(?:报|办|装)?的?$")
_BUT = re.compile(r"(?:的|了)?[ ,]*(?:我们?|俺们?|咱们?)?(?:而?是|要|报|办|改|换|应该|是要)(?:要|报|办|装|成|的|是)*")
_WRONG = re.compile(r"(?:说|报|选|写|填|弄|搞|点|打|勾|发)(?:错|岔|反)")
_ALSO = re.compile("还|也|再|另外|加")
_SHORT = 24
"""Characters of a message that only puts right which service is meant."""


@once
def exchanged(marked: Marked, before: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The services taken back and those meant instead; `before`: those chosen before this message."""
    text, services = marked.text, marked.services
    for (first, end, old), (start, _, new) in pairwise(services):
        between = text[end:start]
        denied = _NOT.search(text, max(0, first - 6), first) and _BUT.fullmatch(between)
        if denied or (_TO.fullmatch(between) and before.issuperset(old)):
            return frozenset(old), frozenset(new)
    named = frozenset(option for _, _, options in services for option in options)
    if (
        len(before) == 1
        and named
        and named.isdisjoint(before)
        and len(text) <= _SHORT
        and _WRONG.search(text)
        and not _ALSO.search(text)
    ):
        return before, named
    return frozenset(), frozenset()
