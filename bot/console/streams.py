"""Where an open page of the console hears that something has changed."""

from typing import Final

from aiohttp import web

from bot.console.live import Live
from bot.console.route import Route
from bot.console.visit import Visit
from bot.pages.answering import Answering
from bot.pages.problem import Problem
from model.login import ALL

_OF_ALL: Final = frozenset({"calls"})


class Streams:
    """A clerk hears of his own county and of nothing that is another's."""

    def __init__(self, live: Live, answering: Answering) -> None:
        self._live = live
        self._answering = answering

    def routes(self) -> tuple[Route, ...]:
        """One stream for a page, however many topics."""
        return (Route("GET", "/live", ALL, self._stream),)

    async def _stream(self, visit: Visit) -> web.StreamResponse:
        asked = frozenset(one for one in visit.request.query.get("topics", "").split(" ") if one)
        county = visit.clerk.county.id
        if not asked or any(one not in _OF_ALL and one.split(":")[1:2] != [county] for one in asked):
            raise Problem(404, "no_page")
        return await self._live.stream(visit, asked, self._answering.headers)
