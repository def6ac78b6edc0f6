"""Changing a county's calendar: what a year as uploaded would change, and storing it as the next version (ADR 0043)."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from handlers.casework import Casework
from handlers.editions import Editions
from model.approval import Approval
from model.arrangement import Arrangement, changed_days
from model.calendar import CHINA, WorkingCalendar
from model.calendar_version import CalendarVersion, arrangements_of, as_of
from model.case import Case
from model.command import Command
from model.commands.clock import Recount
from model.county import County
from model.decision import Refused
from model.events.approvals import ApprovalRecounted
from model.events.clock import ClocksRecounted
from model.message import Actor
from routing.decide import decide
from storage.calendars import Calendars
from storage.deadlines import Deadlines

_CLOCK: Final = Actor(person="", role="clock")
_AT_ONCE: Final = 100
MOST_CASES: Final = 500
"""As many are tried out for a proposal; of more it is told that there are more."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What storing a year would change. `seen`: the newest version it was compared with, 0 none; `before` and `after`: the calendars.

    `moved`: open cases of which a limit gets another day; `settled`: others of which a provisional limit becomes a firm one;
    `tried`: of how many cases that was found out; `more`: there are others.
    """

    year: int
    arrangement: Arrangement | None
    seen: int
    back: int | None
    before: WorkingCalendar
    after: WorkingCalendar
    days: tuple[dt.date, ...]
    moved: int
    settled: int
    tried: int
    more: bool

    @property
    def nothing(self) -> bool:
        """Whether all stays as it is: the same days, and the year is as published as before."""
        return not self.days and self.before.last_year == self.after.last_year


@dataclass(frozen=True, slots=True)
class Overtaken:
    """It was agreed to on seeing another version than the newest, which somebody else has stored meanwhile; None: there is none at all."""

    by: CalendarVersion | None


@dataclass(frozen=True, slots=True)
class NotNow:
    """`over`: the year has passed; `gap`: the year before it has not been published yet."""

    why: str
    year: int


class Rearranging:
    """What the console and the command line do to calendars."""

    def __init__(self, calendars: Calendars, deadlines: Deadlines, core: Casework, counties: Editions) -> None:
        self._calendars = calendars
        self._deadlines = deadlines
        self._core = core
        self._counties = counties

    async def history(self, county: str) -> tuple[CalendarVersion, ...]:
        """The versions, the newest first."""
        return (await self._calendars.versions(county))[::-1]

    async def present(self, county: str) -> tuple[WorkingCalendar, dict[int, CalendarVersion]]:
        """The calendar as it counts now, and which version of each year that was uploaded."""
        versions = await self._calendars.versions(county)
        return as_of(self._counties.seed(county), versions), arrangements_of(versions)

    async def propose(
        self, county: str, year: int, arrangement: Arrangement | None, now: dt.datetime, *, back: int | None = None
    ) -> Proposal | NotNow:
        """What it would change to store this year so; nothing is stored. `arrangement` None: as the files have it again."""
        versions = await self._calendars.versions(county)
        made = self._compared(county, versions, year, arrangement, now)
        if isinstance(made, NotNow):
            return made
        before, after = made
        days = changed_days(before, after)
        seen = versions[-1].number if versions else 0
        moved, settled, tried, more = await self._tried(county, after, days, now)
        return Proposal(year, arrangement, seen, back, before, after, days, moved, settled, tried, more)

    async def propose_back(self, county: str, number: int, now: dt.datetime, year: int = 0) -> Proposal | NotNow | None:
        """The same for an older version, 0: `year` as the files have it. None: there is no such version."""
        if number == 0:
            return await self.propose(county, year, None, now, back=0)
        found = next((one for one in await self._calendars.versions(county) if one.number == number), None)
        return None if found is None else await self.propose(county, found.year, found.arrangement, now, back=number)

    async def store(
        self,
        county: str,
        year: int,
        arrangement: Arrangement | None,
        *,
        seen: int,
        back: int | None,
        by: str,
        now: dt.datetime,
    ) -> CalendarVersion | Overtaken | NotNow:
        """Stores it as the next version after `seen`, which is what somebody agreed to on seeing the proposal."""
        versions = await self._calendars.versions(county)
        if (versions[-1].number if versions else 0) != seen:
            return Overtaken(versions[-1] if versions else None)
        made = self._compared(county, versions, year, arrangement, now)
        if isinstance(made, NotNow):
            return made
        fresh = CalendarVersion(
            county=county,
            number=seen + 1,
            year=year,
            arrangement=arrangement,
            days=changed_days(*made),
            back=back,
            by=by,
            at=now,
        )
        if await self._calendars.add(fresh):
            return fresh
        return Overtaken((await self._calendars.versions(county))[-1])

    def _compared(
        self,
        county: str,
        versions: tuple[CalendarVersion, ...],
        year: int,
        arrangement: Arrangement | None,
        now: dt.datetime,
    ) -> tuple[WorkingCalendar, WorkingCalendar] | NotNow:
        """The calendar before and after."""
        seed = self._counties.seed(county)
        before = as_of(seed, versions)
        if year < now.astimezone(CHINA).year:
            return NotNow("over", year)
        if arrangement is not None and year > before.last_year + 1:
            return NotNow("gap", before.last_year + 1)
        number = versions[-1].number + 1 if versions else 1
        fresh = CalendarVersion(county=county, number=number, year=year, arrangement=arrangement, by="", at=now)
        return before, as_of(seed, (*versions, fresh))

    async def _tried(
        self, name: str, after: WorkingCalendar, days: tuple[dt.date, ...], now: dt.datetime
    ) -> tuple[int, int, int, bool]:
        """How many open cases get another day, how many others a firm one, of how many, and whether there are more."""
        if not days:
            return 0, 0, 0, False
        county = self._counties[name].made_anew(calendar=after)
        since, last, moved, settled, tried = dt.datetime.combine(days[0], dt.time(), CHINA), "", 0, 0, 0
        while found := await self._deadlines.over(name, since, last, _AT_ONCE):
            if tried >= MOST_CASES:
                return moved, settled, tried, True
            for case, _ in (await self._core.several([case for case, _ in found])).values():
                fate = _fate(case, county, days, now)
                moved, settled = moved + (fate == "moved"), settled + (fate == "settled")
            tried, last = tried + len(found), found[-1][0]
        return moved, settled, tried, False


def _fate(case: Case, county: County, days: tuple[dt.date, ...], now: dt.datetime) -> str:
    command = Command(id="", case=case.id, actor=_CLOCK, do=Recount(days=days))
    done = decide(case, command, county, now, ())
    if isinstance(done, Refused):
        return ""
    ends = {(order.id, step): clock.due.at for order in case.orders for step, clock in order.clocks.items()}
    permits = {(one.id, items): clock for one in case.approvals for items, clock in _clocks(one)}
    for event in done:
        if isinstance(event, ClocksRecounted) and any(ends[one.order, one.step] != one.due.at for one in event.limits):
            return "moved"
        if isinstance(event, ApprovalRecounted) and permits[event.approval, event.items] != event.due.at:
            return "moved"
    return "settled"


def _clocks(one: Approval) -> tuple[tuple[bool, dt.datetime | None], ...]:
    clocks = ((False, one.clock), (True, one.items_clock))
    return tuple((items, None if clock is None else clock.due.at) for items, clock in clocks)
