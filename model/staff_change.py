"""Somebody has changed something of a member of staff: who, what of whom, when. Kept for good, and only added to."""

import datetime as dt
from collections.abc import Mapping
from typing import Final, Literal

from model.frozen import Frozen

What = Literal[
    "added", "changed", "left", "away", "back", "duty", "code", "login", "password", "roles", "logout"
]  # fmt: skip

OPERATOR: Final = "operator"
"""Who changes something at the command line: whoever may use the server."""


class StaffChange(Frozen):
    """One change. `by` is a member of staff, or `OPERATOR`; `number` counts up, 0 before it is kept.

    `about` by what was changed: what it was and what it is, of what has no before only what it is. Never a password or a code.
    """

    county: str
    staff: str
    by: str
    what: What
    about: Mapping[str, tuple[str, ...]] = {}
    at: dt.datetime
    number: int = 0
