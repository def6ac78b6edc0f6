"""Services told as all that is left of those chosen: 只办水电, 就水和电吧."""

import re

from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once

_ONLY = re.compile(
    r"(?:^|[\s,。;])(?:那|这次|这回|先|还是|算了|我们?|就|,|\s)*(?:只|就|单|仅)(?:先|能|想|要|是|办|报|装|弄|搞|留|做|接|开|申请|需要|保留)*(?:下|个)?$"
)
_ENOUGH = re.compile(
    r"(?:这?[两二三](?:个|样|项|块))?(?:的)?(?:了|吧|就行|就可以|就够|就好|即可|得了|行了|算了|呗)*(?=$|[\s,。;])"
)
_SHORT = 24
"""Characters of a message that says so."""


@once
def only_these(marked: Marked, before: frozenset[str]) -> frozenset[str]:
    """Of the services chosen before those that are not among the only ones still wanted."""
    if len(before) < 2 or len(marked.text) > _SHORT or not marked.services or "?" in marked.text:
        return frozenset()
    start, end, options = marked.services[0]
    named = {one for _, _, more in marked.services[1:] for one in more}
    if not named.isdisjoint(options) or not _ONLY.search(marked.text[:start]) or not _ENOUGH.match(marked.text, end):
        return frozenset()
    return before.difference(options) if before.issuperset(options) else frozenset()
