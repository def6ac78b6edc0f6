"""The own system of one body does not answer: how long the events of the other bodies wait (design §2.4)."""

import asyncio
import datetime as dt
import json
import secrets
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final, NamedTuple

from aiohttp import web

from bench.outage.worker import say_nothing
from bench.processes import free_port
from bench.year.people import application, staff_of
from bench.year.simulate import records_at
from bench.year.world import World
from bot.letters import OutboxLetters
from bot.webhooks.signing import new_secret
from bot.webhooks.working import webhook_delivery
from config.loader import load_counties
from model.calendar import CHINA
from model.webhook import Webhook
from storage.vault import KEY_BYTES, Keyring, Vault
from storage.webhook_rows import WebhookRows
from storage.webhooks import Webhooks

_COUNTY: Final = "xinxiang"
_RATE: Final = 4
"""Applications a second; each is an event or several of every body concerned."""
_AFTER_SECONDS: Final = 12.0
"""Longer than our patience with a system."""


class _Scene(NamedTuple):
    name: str
    status: int
    seconds: float


_SCENES: Final = (
    _Scene("every body's system answers", 204, 0),
    _Scene("one body's system: no answer", 204, 60),
    _Scene("one body's system: each answer takes 5 s", 204, 5),
    _Scene("one body's system: 500", 500, 0),
)


def run(seconds: int = 20) -> None:
    """Prints, scene by scene, the wait from an event to the systems of the bodies that are well."""
    say_nothing()
    print(
        f"slow: {_RATE} applications/s for {seconds} s, an event of every body concerned; from the event to its own system"
    )
    for scene in _SCENES:
        asyncio.run(_play(scene, seconds))


async def _play(scene: _Scene, seconds: int) -> None:
    waits = defaultdict[str, list[float]](list)
    async with records_at(None) as database, _systems(scene, waits) as urls:
        now = _now()
        world = World(load_counties()[_COUNTY], database, now, now + dt.timedelta(days=1), 1)
        for one in staff_of(world.county, 100):
            await world.hire(one)
        hooks = Webhooks(
            database, Vault(Keyring("bench", {"bench": secrets.token_bytes(KEY_BYTES)}), secrets.token_bytes(KEY_BYTES))
        )
        for body, url in urls.items():
            await hooks.put(Webhook(county=_COUNTY, body=body, url=url, secret=new_secret(), allow_private=True))
        rows, letters = WebhookRows(database), OutboxLetters(world.outbox)
        worker = webhook_delivery(hooks, rows, world.core, {_COUNTY: world.county}, world.staffing, letters, _now)
        working = asyncio.create_task(worker.run())
        await _applications(world, seconds, worker.wake)
        await asyncio.sleep(_AFTER_SECONDS)
        worker.stop()
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        _tell(scene, next(iter(urls)), waits, await _waiting(rows))


async def _applications(world: World, seconds: int, written: Callable[[], None]) -> None:
    began = time.monotonic()
    for number in range(seconds * _RATE):
        await asyncio.sleep(max(0.0, began + number / _RATE - time.monotonic()))
        world.now = _now()
        await world.accept(application(world.county, number, world.now, world.chance))
        written()


async def _waiting(rows: WebhookRows) -> dict[str, int]:
    return {system.rpartition(":")[2]: one.waiting for system, one in (await rows.standing()).items()}


def _tell(scene: _Scene, slow: str, waits: dict[str, list[float]], waiting: dict[str, int]) -> None:
    others = sorted(wait for body, all_of_it in waits.items() if body != slow for wait in all_of_it)
    left = sum(number for body, number in waiting.items() if body != slow)
    p50, p99 = (others[int(len(others) * share)] for share in (0.5, 0.99))
    print(
        f"  {scene.name:<42} {len(others):>5} events of others: p50 {p50:6.2f} s, p99 {p99:6.2f} s, longest {others[-1]:6.2f} s;"
        f" not yet sent {left} (its own: {waiting.get(slow, 0)})"
    )


@asynccontextmanager
async def _systems(scene: _Scene, waits: dict[str, list[float]]) -> AsyncIterator[dict[str, str]]:
    """The URLs of the systems, by body; the first is the one that the scene is about."""
    bodies = [one.id for one in load_counties()[_COUNTY].bodies]

    async def heard(request: web.Request) -> web.Response:
        body, event = request.match_info["body"], json.loads(await request.read())
        waits[body].append((_now() - dt.datetime.fromisoformat(event["timestamp"])).total_seconds())
        if body == bodies[0]:
            await asyncio.sleep(scene.seconds)
            return web.Response(status=scene.status)
        return web.Response(status=204)

    app, port = web.Application(), free_port()
    app.router.add_post("/{body}", heard)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield {body: f"http://127.0.0.1:{port}/{body}" for body in bodies}
    finally:
        await runner.cleanup()


def _now() -> dt.datetime:
    return dt.datetime.now(CHINA)
