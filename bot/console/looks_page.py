"""Who has looked at what of applicants, day by day: for whoever watches over the county and whoever runs it (design §6)."""

import datetime as dt
from typing import Final, NamedTuple

from aiohttp import web

from bot.console.pages import Pages
from bot.console.route import Route
from bot.console.visit import Visit
from handlers.ports import RoutingCore
from model.calendar import CHINA
from model.login import Role
from model.look import Look
from storage.looks import Looks

WATCHING: Final = frozenset({Role.SUPERVISOR, Role.ADMIN})
_MOST: Final = 500
_FIRST: Final = dt.date(2020, 1, 1)
"""Nothing was looked at before, and the day before and the next are still days."""


class Seen(NamedTuple):
    """One look, as it is shown."""

    at: dt.datetime
    who: str
    what: str
    number: str
    case: str
    way: str


class LooksPage:
    """`/console/looks`, one day on a page."""

    def __init__(self, looks: Looks, core: RoutingCore, pages: Pages) -> None:
        self._looks = looks
        self._core = core
        self._pages = pages

    def routes(self) -> tuple[Route, ...]:
        """One page."""
        return (Route("GET", "/looks", WATCHING, self._page),)

    async def _page(self, visit: Visit) -> web.Response:
        day = _day(visit)
        since = dt.datetime.combine(day, dt.time(), CHINA)
        found = await self._looks.of_county(visit.clerk.county.id, since, since + dt.timedelta(days=1), _MOST)
        names = {one: await self._core.steward(one) for one in {look.staff for look, _ in found}}
        seen = [_seen(visit, look, number, getattr(names[look.staff], "name", look.staff)) for look, number in found]
        today = visit.now.astimezone(CHINA).date()
        return self._pages.page(
            "looks",
            visit,
            day=day,
            today=today,
            before=day - dt.timedelta(days=1),
            after=day + dt.timedelta(days=1) if day < today else None,
            seen=seen,
            full=len(found) == _MOST,
        )


def _day(visit: Visit) -> dt.date:
    """The day that is asked for; today where that is none, is still to come, or is before there was anything to look at."""
    today = visit.now.astimezone(CHINA).date()
    try:
        day = dt.date.fromisoformat(visit.request.query.get("day", ""))
    except ValueError:
        return today
    return day if _FIRST <= day <= today else today


def _seen(visit: Visit, look: Look, number: str, who: str) -> Seen:
    say = visit.catalogue.say
    return Seen(look.at, who, say(f"looks.{look.what}"), number, look.case or "", say(f"console.looks.ways.{look.way}"))
