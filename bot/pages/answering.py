"""The answer to a request, or a page that says why there is none; with the headers every answer has, and a line in the log."""

import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import structlog
from aiohttp import hdrs, web

from bot.journal import where
from bot.pages.problem import BUSY, Problem
from handlers.ports import CoreAway
from storage.away import RECORDS_AWAY
from storage.port import StoreAway, StoreBusy

_LATER: Final = frozenset({429, BUSY})

log = structlog.get_logger()


class Answering:
    """`site` is its name in the log."""

    def __init__(self, site: str, headers: Mapping[str, str]) -> None:
        self._site = site
        self._headers = headers

    async def answered(
        self, route: str, answer: Awaitable[web.StreamResponse], told: Callable[[Problem], web.Response]
    ) -> web.StreamResponse:
        """What `answer` gives, or the page that `told` makes of what went wrong; the log says nothing of a person."""
        began = time.monotonic()
        try:
            response = await answer
        except Exception as error:
            problem = _problem(error)
            response = told(problem)
            if problem.status in _LATER:
                response.headers[hdrs.RETRY_AFTER] = "5"
        if not response.prepared:  # a stream has sent its own
            for name, value in self._headers.items():
                response.headers.setdefault(name, value)
        took = round((time.monotonic() - began) * 1000, 1)
        log.info(self._site, route=route, status=response.status, ms=took)
        return response

    async def refused(self, error: web.HTTPException, told: Callable[[Problem], web.Response]) -> web.StreamResponse:
        """The answer to what no route answers."""

        async def nothing() -> web.StreamResponse:
            raise error

        return await self.answered("", nothing(), told)

    @property
    def headers(self) -> Mapping[str, str]:
        """For an answer that begins before it is returned."""
        return self._headers


def _problem(error: Exception) -> Problem:
    match error:
        case Problem():
            return error
        case web.HTTPMethodNotAllowed():
            return Problem(405, "no_page")
        case web.HTTPRequestEntityTooLarge():
            return Problem(413, "too_large")
        case web.HTTPException():
            return Problem(404, "no_page")
        case StoreAway() | StoreBusy() | CoreAway():
            return Problem(BUSY, "busy")
        case _ if isinstance(error, RECORDS_AWAY):
            return Problem(BUSY, "busy")
    log.error("pages.failed", error=type(error).__name__, where=where(error))
    return Problem(500, "failed")
