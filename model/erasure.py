"""What is erased, why, and how it is known to be gone (design §6)."""

import datetime as dt
from typing import Literal

from model.frozen import Frozen

ErasureKind = Literal["draft", "talk", "case", "words", "pushes"]
Rule = Literal["drafts", "talk", "cases", "words", "pushes", "asked", "cancelled", "inbox"]
"""The setting under `retention` that says so; `inbox`: `inbox.keep`, of what was said to staff; `asked`: the person did; `cancelled`:
photos left by a cancelled draft.
"""


class Erasure(Frozen):
    """One record to be erased, or the draft and conversation of one person.

    `record` names it and makes the erasure unique; `case` or `conversation` and `drafts` say where it is, at which
    revision. A draft's id is the record its photos are kept under. `before`: pushes that ended before.
    """

    kind: ErasureKind
    rule: Rule
    county: str
    record: str
    case: str | None = None
    conversation: str | None = None
    revision: int = 0
    drafts: tuple[str, ...] = ()
    before: dt.datetime | None = None


class Marked(Frozen):
    """An erasure that is announced; `destroyed_at`: when its keys were."""

    number: str
    erasure: Erasure
    marked_at: dt.datetime
    destroyed_at: dt.datetime | None = None


class Proof(Frozen):
    """An erasure as it is kept for good: nothing in it tells whose data it was. `proof` says what came of reading."""

    number: str
    kind: ErasureKind
    rule: Rule
    county: str
    record: str
    marked_at: dt.datetime
    destroyed_at: dt.datetime | None
    deleted_at: dt.datetime | None
    proved_at: dt.datetime | None
    counts: dict[str, int]
    proof: str | None
