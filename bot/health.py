"""Is the process alive, are its parts ready, what are its figures: three pages on a port of their own (docs/installing.md).

That port is on loopback: what it shows is for the operator, and the proxy in front passes on `/wechat/` only.
"""

import asyncio
import errno
import time
from collections.abc import AsyncGenerator, Awaitable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Final

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.lag import Lag
from bot.metrics import Metrics
from handlers.ports import Clock
from model.county import County
from storage.away import RECORDS_AWAY
from storage.conversations import Conversations, StoreAway, StoreBusy
from storage.engine import Database
from storage.migrate import standing
from storage.outbox import Outbox
from storage.port import Port
from storage.webhook_rows import WebhookRows

PORTS: Final = 64
"""Several processes on one machine take the first free port of so many."""

_LOOK: Final = 1.0
_FRESH: Final = 5.0

log = structlog.get_logger()


class OpsPortTaken(Exception):
    """No port is left for health and metrics; the message names them."""


class Health:
    """What is asked of the process from outside. Nothing here changes anything."""

    def __init__(
        self,
        port: Port,
        store: Conversations,
        database: Database,
        counties: Mapping[str, County],
        metrics: Metrics,
        clock: Clock,
        lag: Lag,
    ) -> None:
        """`port` and `store` reach the same Redis."""
        self._port = port
        self._store = store
        self._database = database
        self._outbox = Outbox(database)
        self._systems = WebhookRows(database)
        self._counties = counties
        self._metrics = metrics
        self._clock = clock
        self._lag = lag
        self._read_at = 0.0

    def app(self) -> web.Application:
        """The three pages."""
        app = web.Application()
        app.router.add_get("/livez", self._alive)
        app.router.add_get("/readyz", self._ready)
        app.router.add_get("/metrics", self._figures)
        return app

    async def parts(self) -> dict[str, str]:
        """Each part of the program: "ok", or what is wrong with it."""
        redis, sql = await asyncio.gather(_asked(self._redis()), _asked(self._sql()))
        return {"redis": redis, "sql": sql, "counties": "ok" if self._counties else "none loaded"}

    async def _redis(self) -> str:
        await write_mark(self._port)
        return "ok"

    async def _sql(self) -> str:
        return "ok" if await standing(self._database) else "schema older than the program"

    async def _alive(self, _: web.Request) -> web.Response:
        return web.json_response({"status": "ok", "loop_lag_ms": round(self._lag.seconds * 1000, 1)})

    async def _ready(self, _: web.Request) -> web.Response:
        parts = await self.parts()
        good = all(part == "ok" for part in parts.values())
        found = {"status": "ok" if good else "not ready", "parts": parts, "county": sorted(self._counties)}
        return web.json_response(found, status=200 if good else 503)

    async def _figures(self, _: web.Request) -> web.Response:
        if time.monotonic() - self._read_at > _FRESH:
            self._read_at = time.monotonic()
            await self._read_stores()
        return web.Response(body=generate_latest(self._metrics.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def _read_stores(self) -> None:
        backlog = keys = rows = None
        with suppress(StoreAway, StoreBusy, TimeoutError):
            async with asyncio.timeout(_LOOK):
                backlog, keys = await self._store.backlog(), await self._port.command("DBSIZE", step=None)
        with suppress(*RECORDS_AWAY):
            async with asyncio.timeout(_LOOK):
                found = await self._outbox.figures()
                rows = {state: (count, oldest.timestamp()) for state, (count, oldest) in found.items()}
                self._metrics.systems(self._clock().timestamp(), await self._systems.standing())
        self._metrics.stores(self._clock().timestamp(), backlog, keys if isinstance(keys, int) else None, rows)


async def write_mark(port: Port) -> None:
    """Asks Redis by writing: one that is full or read-only takes no message. Raises StoreAway and StoreBusy."""
    await port.command("SET", "lianban:ready", "1", "EX", 60, step=None)


@asynccontextmanager
async def listening(health: Health, host: str, port: int) -> AsyncGenerator[str, None]:
    """Serves the pages on `port`, or if another process has it on the next that is free; 0 takes any. Yields the URL.

    Raises OpsPortTaken.
    """
    runner = web.AppRunner(health.app(), access_log=None, handle_signals=False, shutdown_timeout=1)
    await runner.setup()
    try:
        url = await _bound(runner, host, port)
        log.info("ops.listening", url=url)
        yield url
    finally:
        await runner.cleanup()


async def _bound(runner: web.AppRunner, host: str, port: int) -> str:
    for number in range(port, port + (PORTS if port else 1)):
        site = web.TCPSite(runner, host, number)
        try:
            await site.start()
        except OSError as error:
            await site.stop()
            if error.errno != errno.EADDRINUSE:
                raise OpsPortTaken(f"不能在 {host}:{number} 上开监控端口：{error.strerror}。") from error
            continue
        return f"http://{host}:{runner.addresses[0][1]}"
    raise OpsPortTaken(f"监控端口 {port} 到 {port + PORTS - 1} 都被占用，请换一个 LIANBAN_OPS_PORT。")


async def _asked(look: Awaitable[str]) -> str:
    try:
        async with asyncio.timeout(_LOOK):
            return await look
    except (StoreAway, StoreBusy) as error:
        return type(error).__name__ + ": " + error.reason.partition(":")[0]
    except RECORDS_AWAY as error:
        return type(error).__name__
