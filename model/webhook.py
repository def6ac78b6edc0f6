"""A body's own system that hears of its orders by signed webhooks (J32, J33; design §2.4)."""

import datetime as dt
import hashlib

from pydantic import Field

from model.breaker import Breaker
from model.delivery import Notice, Recipient, Row
from model.frozen import Frozen


def system_of(county: str, body: str) -> str:
    """The id of a body's system; bodies of two counties may be called alike."""
    return f"{county}:{body}"


def to_system(county: str, body: str) -> Recipient:
    """The recipient that a body's system is."""
    return Recipient(kind="system", id=system_of(county, body))


def webhook_id(row: Row | Notice) -> str:
    """The `webhook-id`: the same at every attempt and every replay, and without a dot, which the signature parts by."""
    return f"msg_{hashlib.sha256(row.key.encode()).hexdigest()[:32]}"


class Webhook(Frozen):
    """Where a body's system listens, and what its messages are signed with.

    `secret` and, until `previous_until`, the `previous` one: while it is being replaced both sign. `allow_private`: it may
    stand at a private address, and be reached by plain http there. `on` is False once it said that it is gone.
    """

    county: str
    body: str
    url: str = Field(repr=False)
    secret: bytes = Field(repr=False)
    previous: bytes | None = Field(default=None, repr=False)
    previous_until: dt.datetime | None = None
    allow_private: bool = False
    on: bool = True
    breaker: Breaker = Breaker()
    delivered_at: dt.datetime | None = None
    reason: str = ""

    @property
    def id(self) -> str:
        """Its id as a recipient."""
        return system_of(self.county, self.body)

    def secrets(self, now: dt.datetime) -> tuple[bytes, ...]:
        """What signs now, the newest first."""
        if self.previous is not None and self.previous_until is not None and now < self.previous_until:
            return self.secret, self.previous
        return (self.secret,)
