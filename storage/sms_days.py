"""How many SMS went to one number today, shared by all processes; the number itself is not kept, only its mark."""

import datetime as dt
from typing import Final

from model.calendar import CHINA
from storage.port import Port, Script
from storage.steps import Step

GARBAGE_MS: Final = 2 * 86_400_000
"""A day, in China, and whatever clocks differ."""

_COUNT = Script.read("day_count")


class SmsDays:
    """Counts by mark. Raises `StoreAway` and `StoreBusy`."""

    def __init__(self, port: Port, *, prefix: str = "lianban:") -> None:
        self._port = port
        self._prefix = prefix

    async def spend(self, mark: str, most: int, now: dt.datetime) -> bool:
        """One more today; False where `most` have gone."""
        return await self._count(mark, most, 1, now) == 1

    async def give_back(self, mark: str, now: dt.datetime) -> None:
        """It surely was not sent."""
        await self._count(mark, 0, -1, now)

    async def _count(self, mark: str, most: int, by: int, now: dt.datetime) -> object:
        day = now.astimezone(CHINA).date().isoformat()
        key = f"{self._prefix}sms:{{{mark}}}"
        return await self._port.call(_COUNT, (key,), (day, most, by, GARBAGE_MS), step=Step.QUOTA)
