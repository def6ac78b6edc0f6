"""`/console/admin/checks`: what is wrong with the county's data as it lies there now, with the place and what would be valid."""

from typing import Final

from aiohttp import web

from bot.console.admin.checking import Checked, Checking
from bot.console.pages import Pages
from bot.console.route import Route
from bot.console.visit import Visit
from model.login import Role

_ADMIN: Final = frozenset({Role.ADMIN})
_PATH: Final = "/admin/checks"


class ChecksPage:
    """The last check, and a button for another: a check takes seconds, and nobody waits for a page so long."""

    def __init__(self, checking: Checking, pages: Pages) -> None:
        self._checking = checking
        self._pages = pages

    def routes(self) -> tuple[Route, ...]:
        """The page and its form."""
        return (Route("GET", _PATH, _ADMIN, self._page), Route("POST", _PATH, _ADMIN, self._again))

    async def _page(self, visit: Visit) -> web.Response:
        return self._shown(visit, self._checking.last(visit.clerk.county.id))

    async def _again(self, visit: Visit) -> web.Response:
        return self._shown(visit, await self._checking.again(visit.clerk.county.id, visit.now))

    def _shown(self, visit: Visit, found: Checked | None) -> web.Response:
        folder, mistakes = (found.directory, found.mistakes) if found is not None else (None, ())
        rows = [
            (one, one.file.relative_to(folder) if folder and one.file.is_relative_to(folder) else one.file.name)
            for one in mistakes
        ]
        return self._pages.page("admin_checks", visit, checked=found, rows=rows)
