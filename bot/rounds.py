"""What every worker of the clock does between its rounds: waits, or is woken, and goes on whatever went wrong."""

import asyncio
from abc import ABC, abstractmethod
from contextlib import suppress

import structlog

log = structlog.get_logger()


class Rounds(ABC):
    """Goes a round every `every` seconds, and at once when it is woken; any number of processes may do so."""

    def __init__(self, every: float) -> None:
        """At rest until `run`."""
        self._every = every
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """The clock has jumped: something may be due now."""
        self._woken.set()

    async def run(self) -> None:
        """Goes its rounds until cancelled; a round that broke off is gone again at the next."""
        while True:
            try:
                while await self.round():
                    pass
            except Exception as error:
                log.warning("round.failed", worker=type(self).__name__, error=type(error).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), self._every)
            self._woken.clear()

    @abstractmethod
    async def round(self) -> int:
        """Does what is due now; how much of it was done. As long as there was any, another round follows at once."""
