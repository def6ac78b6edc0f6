"""The line in front of the turns: who is served next, and who is told at once that it would take too long (ADR 7).

One turn of a person at a time, a bounded number of all; whoever leaves goes to the end if he has more to say. So a
person who sends a hundred messages waits for himself, and the others only for one of his.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

_FIRST_GUESS: Final = 0.002
_MEMORY: Final = 0.95
"""How much of the mean pace stays at each new measurement: the last fifty turns or so count."""


class TooLong(Exception):
    """The line is so long that the answer would come too late: tell the person now."""


class TooMany(Exception):
    """This person has too many messages in the line already."""


@dataclass(slots=True)
class _Place:
    entered: float
    served: asyncio.Future[None]


@dataclass(slots=True)
class _Person:
    places: deque[_Place] = field(default_factory=deque)
    at_work: bool = False


class Line:
    """First come, first served, by person. `at_once` turns run, each of another person; `each` is how many messages of
    one person may wait, `most` how many in all, `seconds` the longest wait that is still accepted, both when joining
    and when served.
    """

    def __init__(
        self, *, at_once: int, each: int, most: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._at_once = at_once
        self._each = each
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._persons: dict[str, _Person] = {}
        self._next: deque[str] = deque()
        self._pace = _FIRST_GUESS
        self._left = 0.0
        self.at_work = 0
        self.waiting = 0

    @property
    def expected(self) -> float:
        """Seconds until whoever joins now would be served, at the pace of the last turns."""
        return len(self._next) * self._pace

    async def join(self, person: str) -> None:
        """Waits for the person's turn; who has it must `leave`. Raises TooLong and TooMany."""
        known = self._persons.get(person)
        if known is None and self.at_work < self._at_once and not self._next:
            self._persons[person] = _Person(at_work=True)
            self.at_work += 1
            return
        if known is not None and len(known.places) >= self._each:
            raise TooMany
        if self.waiting >= self._most or self.expected > self._seconds:
            raise TooLong
        place = _Place(self._clock(), asyncio.get_running_loop().create_future())
        if known is None:
            known = self._persons[person] = _Person()
            self._next.append(person)
        known.places.append(place)
        self.waiting += 1
        try:
            await place.served
        except asyncio.CancelledError:
            self._gave_up(person, place)
            raise
        if self._clock() - place.entered > self._seconds:
            self._pass_on(person)
            raise TooLong

    def leave(self, person: str) -> None:
        """The person's turn has ended."""
        now = self._clock()
        if self._left and self.waiting:  # only with a line does the time between two turns say how fast we are
            self._pace += (1 - _MEMORY) * (now - self._left - self._pace)
        self._left = now if self.waiting else 0.0
        self._pass_on(person)

    def _pass_on(self, person: str) -> None:
        self.at_work -= 1
        known = self._persons[person]
        known.at_work = False
        if known.places:
            self._next.append(person)
        else:
            del self._persons[person]
        self._serve()

    def _serve(self) -> None:
        while self._next and self.at_work < self._at_once:
            known = self._persons[self._next.popleft()]
            known.at_work = True
            self.at_work += 1
            self.waiting -= 1
            known.places.popleft().served.set_result(None)

    def _gave_up(self, person: str, place: _Place) -> None:
        known = self._persons[person]
        if place in known.places:
            known.places.remove(place)
            self.waiting -= 1
            if not known.places and not known.at_work:
                self._next.remove(person)
                del self._persons[person]
        else:  # served in the same moment
            self._pass_on(person)
