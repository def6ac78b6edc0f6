"""An SMS gateway on loopback that does as it is told, and remembers."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer

Respond = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Stand:
    """Where it listens, what came, and what it answers next."""

    url: str = ""
    bodies: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    answers: list[Respond] = field(default_factory=list)
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    async def hear(self, request: web.Request) -> web.StreamResponse:
        self.bodies.append(await request.read())
        self.headers.append(dict(request.headers))
        if not self.answers:
            return web.json_response({"code": 0, "data": [{"id": 77}]})
        return await self.answers.pop(0)(request)

    def says(self, body: str, status: int = 200, **headers: str) -> None:
        async def answer(_: web.Request) -> web.StreamResponse:
            return web.Response(text=body, status=status, headers=headers)

        self.answers.append(answer)


@pytest_asyncio.fixture
async def stand() -> AsyncIterator[Stand]:
    made = Stand()
    app = web.Application()
    app.router.add_post("/send", made.hear)
    async with TestServer(app) as server:
        made.url = str(server.make_url("/send"))
        yield made
        made.ended.set()
