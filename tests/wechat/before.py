"""A stand-in for the server that an account had before us: keeps every request as it came, and answers as it is told."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.test_utils import TestServer

ANSWER = b"<xml>\r\n <a>\xe6\x97\xa7\xe7\xb3\xbb\xe7\xbb\x9f</a> </xml>"
"""No reply that anybody could read: what is passed on is not looked at."""


@dataclass
class Request:
    """A request as it came."""

    path: str
    body: bytes
    content_type: str


async def _answers(_: Request) -> web.StreamResponse:
    return web.Response(body=ANSWER, headers={"Content-Type": "text/plain; charset=gbk"})


@dataclass
class Before:
    """The server: what it was asked, and what it does. `url` is its callback address, with a query of its own."""

    url: str = ""
    asked: list[Request] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    answer: Callable[[Request], Awaitable[web.StreamResponse]] = _answers

    async def handle(self, request: web.Request) -> web.StreamResponse:
        came = Request(request.raw_path, await request.read(), request.headers.get("Content-Type", ""))
        self.asked.append(came)
        self.arrived.set()
        return await self.answer(came)


@asynccontextmanager
async def serving_before() -> AsyncIterator[Before]:
    """It runs on loopback, as a previous server in the same computer room would."""
    before = Before()
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", before.handle)
    async with TestServer(app) as server:
        before.url = str(server.make_url("/old/callback?app=7"))
        yield before
