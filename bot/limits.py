"""How much one person may send: a token bucket per person in this process, and one clear word when it is empty (ADR 8)."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final

PEOPLE: Final = 20_000
"""Buckets kept; the one used longest ago makes room. Whoever comes back after that finds a full one."""


@dataclass(frozen=True)
class Limits:
    """What one process takes on (docs/installing.md).

    `at_once` turns under way, none begun while the event loop stays more than `lag` seconds late; `waiting` messages in
    line before them, `each` of them of one person, none longer than `wait` seconds; `burst` messages of one person at
    once and `rate` a second from then on, after which he is not heard for `silence` seconds; `text` characters in one
    message.
    """

    at_once: int = 16
    lag: float = 0.15
    waiting: int = 2048
    each: int = 16
    wait: float = 0.5
    burst: float = 60
    rate: float = 2
    silence: float = 10
    text: int = 2000


class Allowance(Enum):
    """Whether a message is heard."""

    HEARD = "heard"
    TOLD = "told"  # not heard, and the person is told so
    SILENT = "silent"  # not heard, and the person was told a moment ago


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled: float
    silent_until: float = -math.inf


class Buckets:
    """`burst` messages at once and `rate` a second from then on, for each person. Who has spent them is told once, and
    then not heard for `silence` seconds.
    """

    def __init__(
        self,
        *,
        burst: float,
        rate: float,
        silence: float,
        people: int = PEOPLE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._burst = burst
        self._rate = rate
        self._silence = silence
        self._people = people
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def take(self, person: str) -> Allowance:
        """Counts one message of this person."""
        bucket = self._filled(person)
        if bucket.filled < bucket.silent_until:
            return Allowance.SILENT
        if bucket.tokens < 1:
            bucket.silent_until = bucket.filled + self._silence
            return Allowance.TOLD
        bucket.tokens -= 1
        return Allowance.HEARD

    def spend(self, person: str) -> Allowance:
        """Takes all this person has, who sends faster than he can be answered."""
        bucket = self._filled(person)
        told = bucket.filled < bucket.silent_until
        bucket.silent_until = bucket.filled + self._silence
        return Allowance.SILENT if told else Allowance.TOLD

    def _filled(self, person: str) -> _Bucket:
        now = self._clock()
        bucket = self._buckets.get(person)
        if bucket is None:
            bucket = self._buckets[person] = _Bucket(self._burst, now)
            if len(self._buckets) > self._people:
                self._buckets.popitem(last=False)
        else:
            self._buckets.move_to_end(person)
        bucket.tokens = min(self._burst, bucket.tokens + (now - bucket.filled) * self._rate)
        bucket.filled = now
        return bucket
