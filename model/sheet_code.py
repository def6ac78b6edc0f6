"""A code by which a department's surveyor signs its row of a survey sheet without a login (X38, X156, X159)."""

import datetime as dt
from typing import Final, Literal

from model.frozen import Frozen

CODE_BYTES: Final = 16
"""128 bits, drawn at random: nobody guesses one."""
VALID: Final = dt.timedelta(hours=24)
TRIES: Final = 20
"""So often something may be handed in that the core does not take; then somebody makes another code."""

CodeState = Literal["open", "taken", "used", "void"]
"""Nobody has used it; what was handed in is being recorded; it is recorded; a newer one stands in its place."""


class SheetCode(Frozen):
    """Who made it (`by`, a staff id) and as what: for the window, or as a steward of the body that leads. Whoever has it writes
    the row of `body` in his name. `said`: a keyed hash of what was handed in; `signature`: the digest of what was drawn.
    """

    case: str
    body: str
    by: str
    role: Literal["staff", "steward"]
    made_at: dt.datetime
    until: dt.datetime
    state: CodeState = "open"
    tries: int = 0
    said: str | None = None
    signed_at: dt.datetime | None = None
    signature: str | None = None
