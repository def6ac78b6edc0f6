"""The worker of the calendar: has limits counted again once their year is published, or days of theirs were changed (R31, ADR 0043)."""

import datetime as dt
from collections.abc import Mapping

import structlog

from bot.rounds import Rounds
from handlers.ports import Clock, CoreAway, RoutingCore
from model.calendar import CHINA
from model.calendar_version import CalendarVersion
from model.command import Command
from model.commands.clock import Recount
from model.county import County
from model.decision import Refused
from model.message import Actor
from storage.calendars import Calendars
from storage.deadlines import Deadlines

_EVERY = 300.0
_AT_ONCE = 100
_SETTLED = dt.timedelta(minutes=1)
"""Every process has looked for a new version by then (`bot.calendar_watch`): no limit is counted by the one before any more."""

log = structlog.get_logger()


class Recounter(Rounds):
    """Looks whether a limit ends in a year that has a calendar by now, or was counted over days that a new version changes; the
    case says what was counted already.
    """

    def __init__(
        self,
        deadlines: Deadlines,
        core: RoutingCore,
        counties: Mapping[str, County],
        calendars: Calendars,
        clock: Clock,
    ) -> None:
        """Over the limits, and the counties with the calendars this program knows."""
        super().__init__(_EVERY)
        self._deadlines = deadlines
        self._core = core
        self._counties = counties
        self._calendars = calendars
        self._clock = clock

    async def round(self) -> int:
        """Has the limits of some cases counted again; of how many cases."""
        counted = 0
        for county in list(self._counties.values()):
            for one in await self._calendars.versions(county.id):
                if one.counted_at is None:
                    counted += await self._version(county, one)
            counted += await self._county(county)
        return counted

    async def _version(self, county: County, one: CalendarVersion) -> int:
        """Every limit that was counted over the days of this version; it is done with once nobody can have the old one any more."""
        begun, after, counted = self._clock(), "", 0
        since = dt.datetime.combine(min(one.days), dt.time(), CHINA) if one.days else begun
        away = False
        while one.days and (found := await self._deadlines.over(county.id, since, after, _AT_ONCE)):
            for case, version in found:
                # By the version of the case: what is as it was the last time is not asked again.
                key = f"clock:{case}:recount:{county.calendar.source}:{one.number}:{version}"
                try:
                    counted += await self._recounted(key, case, one.days)
                except CoreAway:
                    away = True
                after = case
        if not away and begun >= one.at + _SETTLED:
            await self._calendars.counted(county.id, one.number, begun)
        return counted

    async def _county(self, county: County) -> int:
        calendar, counted = county.calendar, 0
        published = dt.datetime(calendar.last_year + 1, 1, 1, tzinfo=CHINA)
        for case in await self._deadlines.provisional(county.id, published, _AT_ONCE):
            # Counted twice, once for each of two calendars, is two commands; by two processes, one.
            try:
                counted += await self._recounted(
                    f"clock:{case}:recount:{calendar.last_year}:{calendar.source}", case, ()
                )
            except CoreAway:
                continue
        return counted

    async def _recounted(self, key: str, case: str, days: tuple[dt.date, ...]) -> bool:
        command = Command(id=key, case=case, actor=Actor(person="", role="clock"), do=Recount(days=days))
        done = await self._core.execute(command, self._clock())
        if isinstance(done, Refused) and done.code != "recount.nothing":
            log.warning("recounter.refused", code=done.code, case=case)
        return not isinstance(done, Refused)
