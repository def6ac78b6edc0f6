"""A circuit breaker: who has failed several times in a row is left alone for a while, and then asked once (design §2.4)."""

import datetime as dt
from typing import Final

from model.frozen import Frozen

FAILURES: Final = 5
"""So many in a row open it."""
FIRST: Final = dt.timedelta(minutes=1)
LONGEST: Final = dt.timedelta(hours=1)


class Breaker(Frozen):
    """Closed while `openings` is 0. Open until `open_until`; after that half open: one attempt is a probe.

    `failures` in a row; `openings` since it last worked, each twice as long as the one before. `open_until` alone is a
    pause the other side asked for (Retry-After): that is no failure.
    """

    failures: int = 0
    openings: int = 0
    open_until: dt.datetime | None = None

    def lets(self, now: dt.datetime) -> bool:
        """Whether an attempt may be made."""
        return self.open_until is None or self.open_until <= now

    @property
    def probing(self) -> bool:
        """Whether the attempt that is let through is a probe."""
        return self.openings > 0

    def failed(self, now: dt.datetime) -> "Breaker":
        """After an attempt that failed."""
        failures = self.failures + 1
        if not self.probing and failures < FAILURES:
            return self.model_copy(update={"failures": failures, "open_until": None})
        pause = min(LONGEST, FIRST * 2 ** min(self.openings, 10))
        return Breaker(failures=failures, openings=self.openings + 1, open_until=now + pause)

    def paused(self, until: dt.datetime) -> "Breaker":
        """The other side asked to be left alone so long."""
        return self.model_copy(update={"open_until": until})
