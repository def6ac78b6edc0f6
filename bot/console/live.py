"""Live pages: a browser is told that something has changed, and fetches the part of its page again (server-sent events).

What changed is looked for once for all open pages of this process, not by each of them: two hundred consoles cost the records as much
as one, and a process without an open console asks nothing. They are told one after the other, and only then is looked again: however
many are open, fetching their pages takes no more of the process than `PACE` allows, and less where it has much to do: the chat comes first.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final, NamedTuple

import structlog
from aiohttp import hdrs, web

from bot.console.visit import Visit
from bot.pages.problem import BUSY, Problem
from storage.away import RECORDS_AWAY

Source = Callable[[], Awaitable[Mapping[str, str]]]
"""What may change, by topic: a mark that is another one after every change."""

EVERY: Final = 2.0
"""Seconds between two looks."""
SOONEST: Final = 0.5
PACE: Final = 20.0
"""Pages that are told in a second by a process at rest: twenty consoles hear within one, two hundred within ten. A busy one tells
them by the share of a processor that is left to it.
"""
_LEAST: Final = 0.25
"""Of the pace: so much is left, however busy the process is."""
_BEAT: Final = 20.0
"""Seconds: so often a line is sent on a connection on which nothing happens, or a proxy would end it."""
_MOST: Final = 1000
_EACH: Final = 8

log = structlog.get_logger()


class OpenPage(NamedTuple):
    """An open page: whose it is, what he wants to hear of, and by which request."""

    who: str
    topics: frozenset[str]
    request: web.Request

    @property
    def closed(self) -> bool:
        """Whether his browser has gone on: nobody tells us, and the stream itself finds out when it writes next."""
        return self.request.transport is None or self.request.transport.is_closing()


class Live:
    """The open pages of this process, and what they wait for."""

    def __init__(
        self,
        sources: Sequence[Source],
        busy: Callable[[], float],
        *,
        every: float = EVERY,
        soonest: float = SOONEST,
        pace: float = PACE,
    ) -> None:
        """`busy`: the share of a processor that the process takes now (0 to 1)."""
        self._sources = sources
        self._busy = busy
        self._between = 1 / pace
        self._every = every
        self._soonest = soonest
        self._known: Mapping[str, str] | None = None
        self._open: dict[asyncio.Queue[str], OpenPage] = {}
        self._woken = asyncio.Event()
        self._stopped = asyncio.Event()

    def wake(self) -> None:
        """Something has been written here: look soon."""
        self._woken.set()

    def stop(self) -> None:
        """The program ends: all pages are let go."""
        self._stopped.set()
        for queue in self._open:
            queue.put_nowait("")

    @property
    def watched(self) -> int:
        """How many pages are open."""
        return len(self._open)

    async def run(self) -> None:
        """Looks, as long as anybody waits, until it is cancelled."""
        while True:
            try:
                async with asyncio.timeout(self._every):
                    await self._woken.wait()
            except TimeoutError:
                pass
            self._woken.clear()
            if self._open:
                await self._look()
            await asyncio.sleep(self._soonest)

    async def _look(self) -> None:
        try:
            found = await self._marks()
        except RECORDS_AWAY:
            return
        self._let_go()
        known, self._known = self._known, found
        if known is None:
            return
        changed = {topic for topic in known.keys() | found.keys() if known.get(topic) != found.get(topic)}
        for queue, page in tuple(self._open.items()):
            if page.closed or not page.topics & changed:
                continue
            for topic in page.topics & changed:
                if queue.qsize() < _EACH:  # a page that does not read hears of it once
                    queue.put_nowait(topic)
            await asyncio.sleep(self._between / max(1 - self._busy(), _LEAST))

    def _let_go(self) -> None:
        """Closed pages do not count, and cost nobody a wait."""
        for queue in [queue for queue, page in self._open.items() if page.closed]:
            del self._open[queue]
            queue.put_nowait("")  # it writes, and ends

    async def _marks(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for source in self._sources:
            found |= await source()
        return found

    async def stream(self, visit: Visit, topics: frozenset[str], headers: Mapping[str, str]) -> web.StreamResponse:
        """Tells this page what changes of `topics`, until it is closed. Raises Problem where he has too many open."""
        who = visit.clerk.login.name
        self._let_go()
        if len(self._open) >= _MOST or sum(one.who == who for one in self._open.values()) >= _EACH:
            raise Problem(BUSY, "busy")
        if not self._open:
            self._known = await self._marks()
        queue: asyncio.Queue[str] = asyncio.Queue()
        self._open[queue] = OpenPage(who, topics, visit.request)
        answer = web.StreamResponse(
            headers={**headers, hdrs.CONTENT_TYPE: "text/event-stream", "X-Accel-Buffering": "no"}
        )
        try:
            await answer.prepare(visit.request)
            await answer.write(b"retry: 5000\n\n")
            while not self._stopped.is_set():
                await answer.write(await self._next(queue))
        except ConnectionError:
            pass  # closed
        finally:
            self._open.pop(queue, None)
        return answer

    @staticmethod
    async def _next(queue: asyncio.Queue[str]) -> bytes:
        try:
            async with asyncio.timeout(_BEAT):
                topic = await queue.get()
        except TimeoutError:
            return b": \n\n"
        return f"event: changed\ndata: {json.dumps(topic)}\n\n".encode() if topic else b": \n\n"
