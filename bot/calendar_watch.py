"""Every process looks for new versions of calendars, and goes on by them without a restart (ADR 0043)."""

from collections.abc import Callable

import structlog

from bot.rounds import Rounds
from handlers.editions import Editions
from storage.away import RECORDS_AWAY

_EVERY = 3.0

log = structlog.get_logger()


class CalendarWatch(Rounds):
    """Asks for the numbers of the newest versions every few seconds; `told` hears which county has a new one."""

    def __init__(self, counties: Editions, told: Callable[[str], None]) -> None:
        """At rest until `run`."""
        super().__init__(_EVERY)
        self._counties = counties
        self._told = told

    async def round(self) -> int:
        """Takes up what is new."""
        await self.look()
        return 0

    async def look(self) -> None:
        """The same, at once: this process has just stored one. A database that is away teaches nothing."""
        try:
            found = await self._counties.look()
        except RECORDS_AWAY as error:
            log.warning("calendar.away", error=type(error).__name__)
            return
        for county in found:
            log.info("calendar.changed", county=county, source=self._counties[county].calendar.source)
            self._told(county)
