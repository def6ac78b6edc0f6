"""With the sandbox only: its page through our port, and its clock. Absent in production."""

import datetime as dt
from collections.abc import Sequence

import aiohttp
from aiohttp import web

from bot.clock import WallClock
from bot.delivery import Delivery
from bot.keys import SANDBOX_KEYS, key_file
from bot.rounds import Rounds
from bot.settings import Settings

_HOP = {"connection", "keep-alive", "transfer-encoding", "host", "content-length", "content-encoding"}
_PATIENCE = 3.0
"""Seconds: a program that does not answer by then is not running, or not here."""


async def sandbox_offset(origin: str, session: aiohttp.ClientSession) -> dt.timedelta:
    """How far the sandbox's clock is ahead: it tells us only when it moves, and may have moved before we started."""
    try:
        async with session.get(f"{origin.rstrip('/')}/sandbox/clock") as answer:
            return dt.timedelta(seconds=float((await answer.json())["offset"]))
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
        return dt.timedelta()


async def clock_beside(settings: Settings) -> WallClock:
    """The clock of the program that runs beside a command: the sandbox's may be ahead, everywhere else it is the system's."""
    clock = WallClock()
    file = key_file(settings, beside=True)
    if file is not None and file.name == SANDBOX_KEYS:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_PATIENCE)) as session:
            clock.offset = await sandbox_offset(f"http://127.0.0.1:{settings.port}", session)
    return clock


class SandboxDoor:
    """Serves the sandbox's page and API under `/` and `/sandbox/` of our port, and lets it move our clock."""

    def __init__(
        self,
        origin: str,
        session: aiohttp.ClientSession,
        clock: WallClock,
        delivery: Delivery,
        workers: Sequence[Rounds],
    ) -> None:
        """`origin` is where the sandbox listens; `delivery` must be at rest while the clock jumps; it and `workers` hear of it."""
        self._origin = origin.rstrip("/")
        self._session = session
        self._clock = clock
        self._delivery = delivery
        self._workers = workers

    def add_to(self, app: web.Application) -> None:
        """Adds the routes."""
        app.router.add_post("/sandbox-clock", self._set_clock)
        app.router.add_get("/", self._pass_on)
        app.router.add_route("*", "/sandbox/{tail:.*}", self._pass_on)

    async def _set_clock(self, request: web.Request) -> web.Response:
        asked = await request.json()
        offset = asked.get("offset") if isinstance(asked, dict) else None
        if not isinstance(offset, int | float) or abs(offset) > 86_400 * 3660:
            return web.Response(status=400)
        async with self._delivery.still():
            self._clock.offset = dt.timedelta(seconds=offset)
        self._delivery.wake()
        for one in self._workers:
            one.wake()
        return web.json_response({"now": self._clock().isoformat()})

    async def _pass_on(self, request: web.Request) -> web.StreamResponse:
        headers = {name: value for name, value in request.headers.items() if name.lower() not in _HOP}
        body = await request.read() if request.can_read_body else None
        timeout = aiohttp.ClientTimeout(total=None, connect=5)
        try:
            async with self._session.request(
                request.method,
                self._origin + request.path_qs,
                headers=headers,
                data=body,
                timeout=timeout,
                allow_redirects=False,
            ) as answer:
                # One after the other: there may be several cookies.
                kept = [(name, value) for name, value in answer.headers.items() if name.lower() not in _HOP]
                response = web.StreamResponse(status=answer.status, headers=kept)
                await response.prepare(request)
                async for chunk in answer.content.iter_any():
                    await response.write(chunk)
                return response
        except (aiohttp.ClientError, ConnectionResetError, TimeoutError):
            return web.Response(status=502, text="沙箱还没有启动，请稍等再刷新。")
