"""The window's list: what of the county's cases waits for it, by due date. Whoever serves at an outlet sees the same (J14)."""

import datetime as dt
from typing import NamedTuple

from aiohttp import web

from bot.console.pages import Pages
from bot.console.route import Route
from bot.console.visit import Visit
from handlers.casework import Casework
from handlers.window_said import named
from model.case import Case
from model.county import County
from model.edition import under
from model.login import Role
from routing.window_waits import Waiting, waiting_at_window

_MOST = 200


class Line(NamedTuple):
    """A case in which something waits: what, each with the name of what it is about; `due`: the first limit."""

    case: Case
    waits: tuple[tuple[Waiting, str], ...]
    due: dt.datetime | None


class WindowList:
    """`/console/window`. A case that has not moved since it was last looked at is not read again."""

    def __init__(self, core: Casework, pages: Pages) -> None:
        self._core = core
        self._pages = pages
        self._known: dict[str, dict[str, tuple[int, Case | None]]] = {}

    def routes(self) -> tuple[Route, ...]:
        """The list."""
        return (Route("GET", "/window", frozenset({Role.WINDOW}), self._page),)

    async def _page(self, visit: Visit) -> web.Response:
        county = visit.clerk.county
        body = visit.request.query.get("body", "")
        lines = [_line(county, case) for case in await self.waiting(county) if not body or _has(case, body)]
        far = dt.datetime.max.replace(tzinfo=dt.UTC)
        lines.sort(key=lambda one: (one.due or far, one.case.accepted_at))
        return self._pages.page(
            "window_list",
            visit,
            topic=f"county:{county.id}",
            lines=lines[:_MOST],
            more=max(0, len(lines) - _MOST),
            body=body if body in county.body else "",
            bodies=county.bodies,
        )

    async def waiting(self, county: County) -> list[Case]:
        """The cases in which something waits. Read anew are those whose version is another one; of all else the version is kept."""
        before, now = self._known.get(county.id, {}), dict[str, tuple[int, Case | None]]()
        for name, version in await self._core.at_work(county.id):
            known = before.get(name)
            if known is None or known[0] != version:
                case = await self._core.case(name)
                known = (version, case if case is not None and waiting_at_window(case) else None)
            now[name] = known
        self._known[county.id] = now
        return [case for _, case in now.values() if case is not None]


def _line(county: County, case: Case) -> Line:
    here = under(county, case.process_version)
    waits = waiting_at_window(case)
    return Line(case, tuple((one, named(here, case, one)) for one in waits), waits[0].due if waits else None)


def _has(case: Case, body: str) -> bool:
    return any(body in (one.candidates or (one.body,)) for one in case.orders) or any(
        one.body == body for one in case.parts
    )
