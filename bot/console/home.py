"""The first page of the console: where a clerk may go, and what waits for him there."""

from aiohttp import web

from bot.console.navigation import places
from bot.console.pages import Pages
from bot.console.route import Route
from bot.console.visit import Visit
from bot.console.waits import Waits
from model.login import ALL


class Home:
    """For everybody who is signed in."""

    def __init__(self, pages: Pages, waits: Waits) -> None:
        self._pages = pages
        self._waits = waits

    def routes(self) -> tuple[Route, ...]:
        """One page."""
        return (Route("GET", "/", ALL, self._page),)

    async def _page(self, visit: Visit) -> web.Response:
        roles, say = visit.clerk.roles, visit.catalogue.say
        return self._pages.page(
            "home",
            visit,
            roles=[say(f"console.roles.{one}") for one in sorted(roles)],
            targets=[(one, await self._waits.at(one.key, visit)) for one in places(roles) if one.key != "home"],
        )
