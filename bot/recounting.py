"""The worker of the calendar: has provisional limits counted again once their year has been published (R31)."""

import datetime as dt
from collections.abc import Mapping

import structlog

from bot.rounds import Rounds
from handlers.ports import Clock, CoreAway, RoutingCore
from model.calendar import CHINA
from model.command import Command
from model.commands.clock import Recount
from model.county import County
from model.decision import Refused
from model.message import Actor
from storage.deadlines import Deadlines

_EVERY = 3600.0
_AT_ONCE = 100

log = structlog.get_logger()


class Recounter(Rounds):
    """Looks whether a limit ends in a year that has a calendar by now; the case says what was counted already."""

    def __init__(self, deadlines: Deadlines, core: RoutingCore, counties: Mapping[str, County], clock: Clock) -> None:
        """Over the limits, and the counties with the calendars this program knows."""
        super().__init__(_EVERY)
        self._deadlines = deadlines
        self._core = core
        self._counties = counties
        self._clock = clock

    async def round(self) -> int:
        """Has the limits of some cases counted again; of how many cases."""
        return sum([await self._county(county) for county in list(self._counties.values())])

    async def _county(self, county: County) -> int:
        calendar, now, counted = county.calendar, self._clock(), 0
        published = dt.datetime(calendar.last_year + 1, 1, 1, tzinfo=CHINA)
        for case in await self._deadlines.provisional(county.id, published, _AT_ONCE):
            # Counted twice, once for each of two calendars, is two commands; by two processes, one.
            key = f"clock:{case}:recount:{calendar.last_year}:{calendar.source}"
            command = Command(id=key, case=case, actor=Actor(person="", role="clock"), do=Recount())
            try:
                done = await self._core.execute(command, now)
            except CoreAway:
                continue
            if isinstance(done, Refused):
                log.warning("recounter.refused", code=done.code, case=case)
            else:
                counted += 1
        return counted
