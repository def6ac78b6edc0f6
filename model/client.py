"""Systems that use the API: a portal of a county, or the own system of a body (X23, J22, J32)."""

import datetime as dt
from typing import NamedTuple

from model.frozen import Frozen


class Client(Frozen):
    """A system with a key of its own. With a `body` it works on that body's orders; without one it hands in applications."""

    id: str
    county: str
    name: str
    body: str | None = None
    made_at: dt.datetime
    revoked_at: dt.datetime | None = None


class Asked(NamedTuple):
    """What a client has asked for under an idempotency key: when it did so first, and whether it was something else then."""

    at: dt.datetime
    changed: bool
