"""The system of a body, over a real socket; it checks signatures by code of its own, as docs/webhooks.md shows it."""

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Reaction = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Got:
    """A request as it came."""

    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def message(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found

    def signed_with(self, secret: str) -> bool:
        """Whether one of its signatures was made with this secret (whsec_…)."""
        key = base64.b64decode(secret.split("_", 1)[1])
        signed = b".".join([self.id.encode(), self.headers["webhook-timestamp"].encode(), self.body])
        wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        given = [one.split(",", 1) for one in self.headers["webhook-signature"].split(" ")]
        return any(version == "v1" and hmac.compare_digest(one, wanted) for version, one in given)


async def taken(_request: web.Request) -> web.StreamResponse:
    return web.Response(status=204)


@dataclass
class System:
    """Where it listens, what it got, and how it answers: `react` may be changed at any time."""

    url: str = ""
    got: list[Got] = field(default_factory=list)
    react: Reaction = taken
    at_once: int = 0
    most_at_once: int = 0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.got.append(Got({name.lower(): value for name, value in request.headers.items()}, await request.read()))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            return await self.react(request)
        finally:
            self.at_once -= 1

    def types(self) -> list[str]:
        return [one.message["type"] for one in self.got]

    def answers(self, *statuses: int, **headers: str) -> None:
        """These in turn, the last one from then on."""
        left = list(statuses)

        async def react(_request: web.Request) -> web.StreamResponse:
            return web.Response(status=left.pop(0) if len(left) > 1 else left[0], headers=headers)

        self.react = react


@asynccontextmanager
async def listening() -> AsyncIterator[System]:
    """One on a free port of this machine."""
    system = System()
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", system.handle)
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    system.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    try:
        yield system
    finally:
        await runner.cleanup()


async def forever(_request: web.Request) -> web.StreamResponse:
    """Never answers."""
    await asyncio.Event().wait()
    raise AssertionError
