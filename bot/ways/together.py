"""What else waits for the same person is told in the same message (X162)."""

import datetime as dt
from collections.abc import Awaitable, Callable

from bot.delivery import Announce
from bot.ways.gate import CUSTOM
from handlers.letter import Letter
from handlers.merging import Compose, merged
from handlers.ports import Clock
from model.delivery import Row
from storage.outbox import AlongGone

Beside = Callable[[Row, dt.datetime], Awaitable[tuple[Row, ...]]]
"""What else waits for the recipient of a row, and may be told in the same message."""


class Together:
    """Announces a letter with those that go along. A card has room for one notice only: this is for texts."""

    def __init__(self, compose: Compose, clock: Clock, beside: Beside | None = None) -> None:
        """Without `beside` each notice is a message of its own."""
        self._compose = compose
        self._clock = clock
        self._beside = beside

    async def announced(self, row: Row, letter: Letter, announce: Announce) -> Letter:
        """The letter as it goes: with what else waits for its reader, unless one of them waits no more."""
        beside = await self._beside(row, self._clock()) if self._beside else ()
        together, along = await merged(letter, beside, self._compose)
        try:
            await announce(CUSTOM, None, along)
        except AlongGone:
            await announce(CUSTOM, None)
            return letter
        return together
