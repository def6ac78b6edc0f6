"""The worker of the mornings: has every steward and lead told what lies before him, once a working day."""

import datetime as dt
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

import structlog

from bot.letters import OutboxLetters
from bot.rounds import Rounds
from handlers.covering import cover
from handlers.digest import LEAD, STEWARD
from handlers.ports import Clock, RoutingCore
from model.calendar import CHINA
from model.county import County
from model.staff import Staff
from routing.agenda import morning
from storage.staffing import Staffing

_EVERY = 30.0

log = structlog.get_logger()


class Mornings(Rounds):
    """Looks whether a county has opened. Any number of processes may do so, and restart: the row's key makes it once."""

    def __init__(
        self,
        staffing: Staffing,
        letters: OutboxLetters,
        counties: Mapping[str, County],
        clock: Clock,
        core: RoutingCore | None = None,
        robots: Mapping[str, str] | None = None,
    ) -> None:
        """Over the staff, and the outbox their letters go to; `core` passes on what lies with whoever is on leave today;
        `robots`: the county by WeCom app, where a group robot is told the figures.
        """
        super().__init__(_EVERY)
        self._staffing = staffing
        self._letters = letters
        self._counties = counties
        self._clock = clock
        self._core = core
        self._robots = robots or {}
        self._done: dict[str, dt.date] = {}

    async def round(self) -> int:
        """Puts down the digests of every county that has opened and not reached its first break; how many are new."""
        now = self._clock()
        day = now.astimezone(CHINA).date()
        fresh = 0
        for name, county in self._counties.items():
            hours = morning(county, day)
            if hours is None or not hours.opens <= now < hours.ends or self._done.get(name) == day:
                continue
            people = await self._staffing.of_county(name)
            await self._cover(people, now)
            attending = await self._staffing.attending(name)
            for one in people:
                template = _template(one, attending)
                if template and await self._letters.digest(one, template, day, now, hours.ends):
                    fresh += 1
            for account in (account for account, county_id in self._robots.items() if county_id == name):
                fresh += await self._letters.figures(account, name, day, now, hours.ends)
            self._done[name] = day  # last: a round that broke off is done again
        return fresh

    async def _cover(self, people: Sequence[Staff], now: dt.datetime) -> None:
        """What lies with officers whose leave has begun goes to colleagues, before these read of their day."""
        for one in people:
            if self._core is not None:
                await cover(self._core, one, now)


def _template(one: Staff, attending: AbstractSet[str]) -> str | None:
    """Which digest he gets; what a lead's body has, and whether what was agreed is due, is looked up when it is sent."""
    if not one.reachable:
        return None
    if one.duty == "lead":
        return LEAD
    return STEWARD if one.duty == "steward" and (one.open_tasks or one.id in attending) else None
